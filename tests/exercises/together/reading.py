"""The pages on which two people read what they show each other, as they are read."""

import re

from django.test import Client

TOGETHER = "/together/"


def page_of(browser: Client, path: str = TOGETHER) -> str:
    """A whole page."""
    response = browser.get(path)
    assert response.status_code == 200
    return response.content.decode()


def main_of(browser: Client, path: str = TOGETHER) -> str:
    """What stands between top and foot."""
    found = re.search("<main.*</main>", page_of(browser, path), re.DOTALL)
    assert found
    return found.group()


def everything(browser: Client, path: str = TOGETHER) -> tuple[dict[str, str], str]:
    """Headers and body, whole."""
    response = browser.get(path)
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    return headers | {"status": str(response.status_code)}, response.content.decode()


def rows_of(html: str, heading: str) -> list[str]:
    """The rows under a heading, as they are read out."""
    section = re.search(rf'<h2 id="{heading}">.*?</section>', html, re.DOTALL)
    found = re.findall("<li>(.*?)</li>", section.group() if section else "", re.DOTALL)
    return [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in found]


def words_of(browser: Client, path: str = TOGETHER) -> str:
    """What stands between top and foot, as it is read out."""
    return " ".join(re.sub("<[^>]*>", " ", main_of(browser, path)).split())
