"""A Chromium that leaves no trace on the machine and speaks to nobody but the page's server."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ARGUMENTS = [
    # A container has no room for Chromium's own sandbox; only our own pages are opened.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoChromium(Exception):
    """This machine has no Chromium; says how to get one."""


def find(playwright: Playwright) -> str:
    """The path of ``CHROMIUM``, else of the system's browser, else of Playwright's own.

    Raises ``NoChromium``.
    """
    names = [os.environ.get("CHROMIUM"), "chromium", "google-chrome", "chromium-browser"]
    found = [path for name in names if name and (path := shutil.which(name))]
    found += [path for path in [playwright.chromium.executable_path] if Path(path).exists()]
    if not found:
        raise NoChromium(
            "no browser here. On Debian `apt-get install chromium` brings one; elsewhere set "
            "CHROMIUM to the path of a Chromium or Chrome."
        )
    return found[0]


def launch(playwright: Playwright, home: Path, *, keeps_pages: bool = False) -> Browser:
    """A running browser; what it would keep in the home folder goes to ``home``.

    Playwright turns off what keeps whole pages for Back, unless ``keeps_pages``; then its own
    ``go_back`` waits in vain for a page to load.
    """
    elsewhere = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return playwright.chromium.launch(
        executable_path=find(playwright),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"] if keeps_pages else None,
        env={**elsewhere, "HOME": str(home)},
    )
