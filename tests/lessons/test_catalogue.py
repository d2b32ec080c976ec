import os

import pytest
from django.core.signals import request_started

from lessons.catalogue import Shelf, catalogue


@pytest.fixture
def served(content, settings):
    """What the next request gets: its titles."""
    settings.CONTENT_DIRS = [content.root]

    def titles():
        request_started.send(sender=None)
        return [lesson.title for course in catalogue().courses for lesson in course.lessons]

    return titles


def change(content, old, new):
    """Changes the first lesson; the time of the file differs even on a coarse clock."""
    path = content.root / "trust/01-first/01-first.md"
    before = path.stat().st_mtime_ns
    path.write_text(path.read_text().replace(old, new))
    os.utime(path, ns=(before + 1_000_000, before + 1_000_000))


def test_a_changed_file_is_live_at_the_next_request(content, served):
    assert served() == ["A lesson"]
    change(content, "A lesson", "Another")
    assert served() == ["Another"]


def test_a_new_file_is_live_at_the_next_request(content, served):
    assert served() == ["A lesson"]
    content.lesson("02-second/02-second.md", "second")
    assert served() == ["A lesson", "A lesson"]


def test_within_one_request_nothing_changes(content, served):
    served()
    before = catalogue()
    change(content, "A lesson", "Another")
    assert catalogue() is before


def test_without_a_change_the_snapshot_stays_the_same(served):
    served()
    before = catalogue()
    served()
    assert catalogue() is before


def test_a_broken_edit_keeps_the_last_good_content_and_says_so_once(content, served, capsys):
    assert served() == ["A lesson"]
    change(content, "minutes: 8", "minutes: 0")
    assert served() == ["A lesson"]
    assert served() == ["A lesson"]
    path = content.root / "trust/01-first/01-first.md"
    assert capsys.readouterr().err == (
        f'Faults in the content:\n{path}:5: "minutes" must be at least 1, not the number 0. '
        "Write a number that is at least 1.\n"
    )
    change(content, "title: A lesson", "title: Still broken")
    assert served() == ["A lesson"]
    assert capsys.readouterr().err == ""
    change(content, "minutes: 0", "minutes: 9")
    assert served() == ["Still broken"]
    assert capsys.readouterr().err == ""
    change(content, "minutes: 9", "minutes: 0")
    assert served() == ["Still broken"]
    assert "minutes" in capsys.readouterr().err


def test_what_is_sound_is_served_if_there_was_never_anything_better(content, served, capsys):
    content.lesson("02-second/02-b.md", "b", ("minutes: 8", "minutes: 0"))
    content.lesson("02-second/03-c.md", "c", ("minutes: 8", "minutes: 0"))
    assert served() == ["A lesson"]
    content.lesson("02-second/02-b.md", "b", ("A lesson", "B"))
    assert served() == ["A lesson", "B"]
    assert len(capsys.readouterr().err.splitlines()) == 5


def test_in_production_the_content_is_read_once(content, served, settings):
    settings.PRODUCTION = True
    assert served() == ["A lesson"]
    change(content, "A lesson", "Another")
    content.lesson("02-second/02-second.md", "second")
    assert served() == ["A lesson"]


def test_drafts_are_never_served_in_production(content, served, settings):
    content.lesson("01-first/02-d.md", "d", ("minutes: 8", "draft: true\nminutes: 8"))
    settings.SHOW_DRAFTS = True
    assert served() == ["A lesson", "A lesson"]
    settings.PRODUCTION = True
    assert served() == ["A lesson"]


def test_no_content_at_all(tmp_path, capsys):
    shelf = Shelf((tmp_path / "nowhere",), drafts=False)
    assert shelf.catalogue().courses == ()
    assert "does not exist" in capsys.readouterr().err
