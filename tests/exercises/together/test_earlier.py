"""Who wrote what together, and when; comparing, and bringing an earlier version back."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from exercises import access
from tests.exercises.together.test_ours import CRANE, EGRET, HERON, words

pytestmark = pytest.mark.postgres


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-04 12:00Z", tick=True) as clock:
        yield clock


@pytest.fixture
def written(mine, theirs, clock):
    """Twice the writer, then the partner, then after a pause the writer again."""
    base = ""
    saves = [(mine, "one", 0), (mine, "one two", 5), (theirs, EGRET, 5), (mine, HERON, 90)]
    for page, text, pause in saves:
        clock.shift(timedelta(minutes=pause))
        base = page.saved("line", text, base=base)
    return mine


def versions(page):
    return access.revisions_of(page.row)


def bring_back(page, version, **changes):
    form = {"revision": version.pk, "base": page.row.head_id}
    return page.press("bring-back", **(form | changes))


class TestHistory:
    def test_who_wrote_what_and_when(self, written, theirs):
        def told(page):
            sittings = page.get("line", "history").context["sittings"]
            return [(one.last.who, one.last.text, f"{one.began:%H:%M}") for one in sittings]

        assert told(written) == [
            ("You", HERON, "13:40"),
            ("Your partner", EGRET, "12:10"),
            ("You", "one two", "12:00"),
        ]
        assert [who for who, _, _ in told(theirs)] == ["Your partner", "You", "Your partner"]

    def test_no_name_and_no_address_stand_there(self, written, theirs, writer, partner):
        for page, other in ((written, partner), (theirs, writer)):
            shown = page.get("line", "history").content.decode()
            assert (other.email in shown, str(other.pk) in shown) == (False, False)

    def test_one_version_is_compared_with_the_newest(self, written):
        first = versions(written)[0]
        response = written.browser.get(written.at("line", "history") + f"?version={first.pk}")
        assert response.context["changes"] == "<del>one</del><ins>the heron is ours</ins>"
        assert response.context["chosen"].who == "You"

    @pytest.mark.parametrize("version", ["x", "00000000000000000000000000000001", "%00"])
    def test_no_such_version(self, written, version):
        path = written.at("line", "history")
        assert written.browser.get(f"{path}?version={version}").status_code == 404

    def test_a_version_of_ones_own_is_none_of_ours(self, written, own):
        version = own.saved("line", CRANE)
        path = written.at("line", "history")
        assert written.browser.get(f"{path}?version={version}").status_code == 404

    def test_what_was_kept_aside_is_named(self, written, theirs):
        theirs.save("line", "aside", base=str(versions(written)[0].pk))
        assert "(kept aside)" in words(written.get("line", "history"))


class TestBringBack:
    def test_it_is_the_newest_again_whoever_wrote_it(self, written, theirs):
        response = bring_back(theirs, versions(written)[0])
        assert response.status_code == 200
        assert "Brought back, for both of you." in words(response)
        assert written.said()[-1] == ("one", "theirs", False)
        assert [text for text, _, _ in written.said()] == ["one", "one two", EGRET, HERON, "one"]

    def test_from_an_old_page_the_newer_text_stays(self, written, theirs):
        old = versions(written)
        response = bring_back(theirs, old[0], base=old[2].pk)
        assert "A newer version was saved meanwhile." in words(response)
        assert written.newest() == HERON

    def test_twice_is_once(self, written):
        form = {"token": uuid.uuid4(), "base": written.row.head_id}
        for _ in range(2):
            bring_back(written, versions(written)[0], **form)
        assert len(written.said()) == 5

    def test_a_version_of_ones_own_does_not_get_there(self, written, own):
        own.saved("line", CRANE)
        answer = own.answer("line")
        assert bring_back(written, answer.head).status_code == 404
        assert len(written.said()) == 4

    @pytest.mark.parametrize("part", ["revision", "token"])
    def test_a_garbled_form(self, written, part):
        assert bring_back(written, versions(written)[0], **{part: "x"}).status_code == 422
        assert len(written.said()) == 4
