"""What browsers send and show when somebody is invited."""

import re


def join(browser, typed, **more):
    """What the form of joining sends."""
    return browser.post("/together/join/", {"invitation": typed, **more})


def accept(browser, typed, **more):
    """What the page that names the inviter sends."""
    return join(browser, typed, accept="yes", **more)


def masked(response, *typed):
    """The page without the token of its form and without what was typed."""
    page = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", response.content.decode())
    for text in typed:
        page = page.replace(text, "<typed>")
    return page
