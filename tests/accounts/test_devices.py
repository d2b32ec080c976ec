"""A browser in words that its owner recognises."""

import pytest

from trustbook.accounts.devices import BROWSERS, SYSTEMS, device_label
from trustbook.accounts.models import Session

CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (CHROME.format("Windows NT 10.0; Win64; x64"), "Chrome on Windows"),
        (CHROME.format("Linux; Android 14; K"), "Chrome on Android"),
        (CHROME.format("X11; CrOS x86_64"), "Chrome on Chromebook"),
        (CHROME.format("Windows NT 10.0") + " Edg/130.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Firefox/131.0", "Firefox on Linux"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) FxiOS/131.0 Safari/605", "Firefox on iPad"),
        ("", "A browser"),
        ("curl/8.0", "A browser"),
        ("<script>" * 100, "A browser"),
    ],
)
def test_the_label(agent, label):
    assert device_label(agent) == label


def test_every_label_has_room():
    labels = [f"{one} on {other}" for one in BROWSERS.values() for other in SYSTEMS.values()]
    room = Session._meta.get_field("device").max_length
    assert room is not None
    assert max(map(len, labels)) <= room
