"""Taking over promises from one's own list: one by one, by a press that shows the words."""

import re
import uuid
from pathlib import Path

import pytest

from exercises import access
from exercises.models import Promise
from exercises.together.own_list import own_list
from tests.exercises.together.ledger import PROMISES, text_of, views, write
from tests.exercises.workbook import Workbook

OWN = "Call my mother on Sundays"
GATE = "Mend the gate"
KEYS = "I hand over the car keys on arrival"


@pytest.fixture
def book(couple, writing, writer):
    """The writer's own list holds two promises."""
    page = Workbook(writing, writer)
    page.saved("given", rows((OWN, "me", "each week"), (GATE, "them", "")))
    return page


def rows(*promises):
    return {
        f"{number}.{column}": text
        for number, (what, by, until) in enumerate(promises, start=1)
        for column, text in {
            "id": uuid.uuid5(uuid.NAMESPACE_OID, what).hex,
            "what": what,
            "by": by,
            "until": until,
            "state": "kept",
        }.items()
    }


def own(person, what=OWN):
    couple = access.own_couple(person)
    return next(one for one in own_list(person, couple) if one.given.what == what)


def address(promise):
    return f"{PROMISES}mine/{promise.token}/"


def test_nobody_but_oneself_finds_it(book, writing, beside, couple):
    assert f"{OWN} I promised · each week Copy it into ours" in text_of(writing.get(PROMISES))
    theirs = beside.get(PROMISES)
    for words in (OWN, GATE, "From your own list"):
        assert words not in theirs.content.decode()
    assert not Promise.objects.exists()


def test_the_other_s_page_is_the_same_whatever_is_in_the_list(couple, writing, writer, beside):
    def seen():
        html = beside.get(PROMISES).content.decode()
        return re.sub(r'(name="(?:csrfmiddlewaretoken|promise:token)" value=)"[^"]*"', r"\1", html)

    before = seen()
    Workbook(writing, writer).saved("given", rows((OWN, "me", "")))
    writing.get(address(own(writer)))
    assert seen() == before


def test_a_page_shows_the_words_before_anything_is_copied(book, writing, writer):
    found = own(writer)
    response = writing.get(address(found))
    html = response.content.decode()
    assert "Your partner will see exactly what stands below" in text_of(response)
    assert f">\n{OWN}</textarea>" in html
    assert 'value="each week"' in html
    assert f'name="promise:token" value="{found.token}"' in html
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["me"]
    assert not Promise.objects.exists()


def test_after_the_press_it_is_in_ours_and_marked_in_mine_only(book, writing, writer, beside):
    found = own(writer)
    sent = {"by": "me", "what": OWN, "until": "each week", "promise:token": found.token}
    for _ in range(2):
        assert write(writing, writer, **sent).status_code == 302
    assert views(writer) == [(OWN, "open", "open")]
    assert f"{OWN} I promised · each week Written down here" in text_of(writing.get(PROMISES))
    assert "Written down here" not in text_of(beside.get(PROMISES))
    copied = Promise.objects.get().pk
    response = writing.get(address(found))
    assert (response.status_code, response["Location"]) == (302, f"{PROMISES}{copied}/")
    assert own(writer, GATE).copied is None
    assert str(found.token) not in beside.get(f"{PROMISES}{copied}/").content.decode()


def test_what_the_own_list_says_of_it_stays_there(book, writing, writer, beside):
    """In the list it is kept; in the ledger nobody has said anything yet."""
    found = own(writer)
    write(writing, writer, what=OWN, **{"promise:token": found.token})
    assert views(writer) == [(OWN, "open", "open")]
    assert book.value("given")[0]["state"] == "kept"


def test_removed_from_ours_it_can_be_copied_again(book, writing, writer):
    write(writing, writer, **{"promise:token": own(writer).token})
    copied = own(writer).copied
    writing.post(f"{PROMISES}{copied}/remove/")
    assert own(writer).copied is None
    assert writing.get(address(own(writer))).status_code == 200


def test_the_other_cannot_open_it(book, writer, beside, strange):
    found = own(writer)
    assert {one.get(address(found)).status_code for one in (beside, strange)} == {404}


def test_what_is_in_no_list_is_not_there(book, writing):
    assert writing.get(f"{PROMISES}mine/{uuid.uuid4()}/").status_code == 404


def test_the_token_follows_from_nothing_that_is_stored_in_the_clear(book, writer, partner, couple):
    """Another person with the same list has other tokens, and so has another couple."""
    answer = book.answer("given")
    [one, _] = own_list(writer, couple)
    assert one.token != uuid.UUID(hex=answer.open(answer.head, writer).value[0]["id"])
    other = type(couple)(id=uuid.uuid4())
    assert own_list(writer, other)[0].token != one.token


COURSE = """\
id: changing
title: Changing
summary: One table.
parts:
  - {folder: 01-only, title: Only, summary: One part.}
"""
LESSON = """\
---
id: changing
title: Changing
summary: One table.
minutes: 3
exercise:
  prompts:
    - id: changes
      kind: table
      ask: What changes?
      columns: {change: The change, shows: What shows it}
      promise: change
---
A text.
"""


@pytest.fixture
def changing(tmp_path, settings):
    """A lesson with a table of promises."""
    course = tmp_path / "changing"
    (course / "01-only").mkdir(parents=True)
    (course / "course.yaml").write_text(COURSE, "utf-8")
    lesson: Path = course / "01-only" / "01-changing.md"
    lesson.write_text(LESSON, "utf-8")
    settings.CONTENT_DIRS = [tmp_path]
    return lesson


def test_a_column_of_a_table_may_hold_promises(changing, couple, writing, writer):
    page = Workbook(writing, writer, "changing")
    base = page.saved("changes", {"1.change": KEYS, "1.shows": "The tin", "2.shows": "A bus"})
    [found] = own_list(writer, couple)
    assert (found.given.what, found.given.by, found.given.until) == (KEYS, "", "")
    response = writing.get(address(found))
    assert f">\n{KEYS}</textarea>" in response.content.decode()
    assert " checked" not in response.content.decode()
    write(writing, writer, what=KEYS, **{"promise:token": found.token})
    page.saved("changes", {"1.change": "Another", "2.change": KEYS, "3.change": KEYS}, base=base)
    listed = [(one.given.what, one.copied) for one in own_list(writer, couple)]
    assert listed == [("Another", None), (KEYS, Promise.objects.get().pk)]


def test_an_answer_to_another_question_is_left_out(changing, couple, writing, writer):
    """Its columns are no longer those of today."""
    page = Workbook(writing, writer, "changing")
    page.saved("changes", {"1.change": KEYS})
    changing.write_text(LESSON.replace("shows:", "seen:"), "utf-8")
    writing.get("/healthz")  # the files are looked at when a request begins
    assert own_list(writer, couple) == []


@pytest.mark.parametrize("count", [1, 3])
def test_two_queries_whatever_is_in_it(couple, writing, writer, django_assert_num_queries, count):
    promises = [(f"Promise {number}", "me", "") for number in range(count)]
    Workbook(writing, writer).saved("given", rows(*promises))
    writer.data_key()
    with django_assert_num_queries(2):
        assert len(own_list(writer, couple)) == count
