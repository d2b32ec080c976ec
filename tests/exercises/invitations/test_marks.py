"""What opens an invitation, and what is kept of it."""

import re

import pytest

from exercises.invitations import marks
from exercises.invitations.marks import Handed

SECRET = "AbCdEfGhIjKlMnOpQrS-_w"
CODE = "0123456ABZ"


@pytest.mark.parametrize(
    "typed",
    [
        SECRET,
        f"  {SECRET}\n",
        f"#{SECRET}",
        f"https://workbook.example.org/join/#{SECRET}",
        f"<https://workbook.example.org/join/#{SECRET}>.",
    ],
)
def test_a_link_however_it_is_pasted(typed):
    assert marks.read(typed) == Handed("secret", SECRET)


@pytest.mark.parametrize(
    "typed",
    [
        "0123456ABZ",
        "01234-56ABZ",
        "01234 56abz",
        "o123456abz",
        "OI23456ABZ",
        "0l23456ABZ",
        " 0 1 2 3 4\u00a05\u20116\u2013A\tB-z ",
    ],
)
def test_a_code_however_it_is_typed(typed):
    assert marks.read(typed) == Handed("code", CODE)


@pytest.mark.parametrize(
    "typed", ["", "0123456AB", "0123456ABZ0", "U123456ABZ", "٣123456ABZ", SECRET[1:], f"#{SECRET}w"]
)
def test_what_is_neither(typed):
    assert marks.read(typed) is None


def test_what_is_made_can_be_read_and_is_not_made_twice():
    made = {one() for one in (marks.new_secret, marks.new_code) for _ in range(200)}
    assert len(made) == 400
    assert {marks.read(one.text) for one in made} == made
    assert {marks.read(marks.grouped(one.text)) for one in made if one.kind == "code"} <= made
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", marks.grouped(marks.new_code().text))


def test_a_code_uses_every_character_of_the_alphabet_and_no_other():
    assert {sign for _ in range(200) for sign in marks.new_code().text} == set(marks.ALPHABET)
    assert len(marks.ALPHABET) == 32


def test_a_mark_depends_on_the_secret_of_the_installation(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old", []
    old = Handed("code", CODE).mark
    settings.SECRET_KEY = "new"
    assert Handed("code", CODE).mark != old
    settings.SECRET_KEY_FALLBACKS = ["old"]
    assert Handed("code", CODE).where == {"code_mark__in": [Handed("code", CODE).mark, old]}


def test_marks_of_different_things_are_never_the_same():
    kinds = ("secret", "code", "address")
    assert len({mark for kind in kinds for mark in marks.marks(kind, CODE)}) == 3


def test_a_token_tells_nothing_of_the_address(settings):
    token = marks.never_token("Somebody@Example.org")
    assert token == marks.never_token("somebody@example.org")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{43}", token)
    assert marks.mark_in(token) == marks.marks("address", "somebody@example.org")[0]
    assert marks.mark_in(token) != marks.marks("address", "another@example.org")[0]


@pytest.mark.parametrize("token", ["", "x", "x.y", "é", "\0", "." * 87])
def test_a_token_that_was_not_made_here(token):
    assert marks.mark_in(token) is None
