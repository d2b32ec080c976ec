"""What an eye that passes by can read: titles, the icon, and the name that a person chose."""

import re

import pytest

from tests.access.table import ROWS
from tests.access.test_addresses import ask, body
from tests.access.world import World
from trustbook.accounts.models import User

PRIVATE = [row for row in ROWS if not row.public]
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
TELLING = re.compile(r"trust|partner|couple|relationship|answer to|therap|promise", re.IGNORECASE)
SETTINGS = {"display_name": "", "time_zone": "UTC"}


def titles(world: World, role: str) -> list[str]:
    """The titles of all private pages that there are for this role."""
    found = []
    for row in PRIVATE:
        _, response = ask(world, row, role, "GET")
        there = response.status_code != 404
        if there and response.headers.get("Content-Type", "").startswith("text/html"):
            found += TITLE.findall(body(response).decode())
    return found


def test_no_private_title_tells_what_this_is(trial, writer, stranger):
    world = World(writer, stranger)
    for role in ("owner", "visitor"):
        found = titles(world, role)
        assert len(found) > 5
        assert [title for title in found if TELLING.search(title)] == []
        assert [title for title in found if not title.endswith(" · Workbook")] == []


def test_the_icon_is_a_sheet_of_paper_without_a_word(settings):
    icon = (settings.BASE_DIR / "static" / "img" / "favicon.svg").read_text()
    assert "<text" not in icon
    assert TELLING.search(icon) is None


def test_another_name_stands_on_every_private_page(trial, writer, stranger):
    world = World(writer, stranger)
    User.objects.filter(pk=writer.pk).update(workbook_name="Notes & more")
    for title in titles(world, "owner"):
        assert title.endswith((" · Notes &amp; more", " · Workbook"))
    for path in ("/workbook/", "/workbook/trial/every-kind/", "/accounts/settings/"):
        page = world.browser("owner").get(path).content.decode()
        head, _, _ = page.partition("<main")
        assert head.count("Notes &amp; more") == 2
        assert "trustbook" not in page.replace("trustbook-", "")
        assert "Workbook" not in head


def test_it_is_nobody_elses(trial, writer, stranger):
    world = World(writer, stranger)
    User.objects.filter(pk=writer.pk).update(workbook_name="Notes")
    for role in ("visitor", "stranger"):
        assert [title for title in titles(world, role) if "Notes" in title] == []


@pytest.mark.parametrize("path", ["/", "/lessons/trial/every-kind/", "/help/", "/nowhere/"])
def test_public_pages_do_not_know_it(trial, writing, visiting, writer, path):
    User.objects.filter(pk=writer.pk).update(workbook_name="Notes", rest=15)
    assert writing.get(path).content == visiting.get(path).content


def test_it_is_chosen_in_the_settings(writing, writer):
    writing.post("/accounts/settings/", {**SETTINGS, "workbook_name": "  Notes "})
    writer.refresh_from_db()
    assert writer.workbook_name == "Notes"
    too_long = {**SETTINGS, "workbook_name": "x" * 31}
    assert writing.post("/accounts/settings/", too_long).status_code == 422
    writing.post("/accounts/settings/", {**SETTINGS, "workbook_name": ""})
    writer.refresh_from_db()
    assert writer.workbook_name == ""
