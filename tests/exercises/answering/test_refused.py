"""Whatever can't be kept is refused with a sentence, and the text comes back.

Never a 500, never a redirect, and nothing of a refused text is stored.
"""

import uuid
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from tests.conftest import signed_in
from tests.exercises.workbook import FORM, SCRIPT, Workbook, post_form
from trustbook.accounts.models import Session

pytestmark = pytest.mark.postgres

PROMPT, PAGE, PLACE = (
    "/workbook/save/every-kind/moment/",
    "/workbook/save/every-kind/",
    "/workbook/place/every-kind/",
)
NESTED = "[" * 100_000 + "]" * 100_000


def rows(number: int) -> dict[str, str]:
    return {f"{row}.line": "x" for row in range(1, number + 1)}


REFUSED = {
    "NUL": ("moment", "a\0b", "invisible character (NUL)"),
    "too long": ("moment", "x" * 20_001, "20,001 characters long; 20,000 can be kept"),
    "too long a line": ("signs", {"7.line": "x" * 2_001}, "Row 7: This is 2,001 characters"),
    "too many rows": ("signs", rows(201), "There are 201 rows; 200 can be kept"),
    "no option": ("place", "moon", "not offered here"),
    "two options": ("place", ["home", "outside"], "Only one of these"),
    "too many options": ("helps", ["talk", "walk", "rest"], "at most 2 can be kept"),
    "no step": ("sure", "8", "Choose a number from 1 to 7"),
    "no number": ("sure", "٣", "Choose a number from 1 to 7"),
    "no statement's step": ("week", {"safety": "9"}, "Choose a number from 1 to 7"),
    "no state": ("given", {"1.what": "x", "1.by": "me", "1.state": "?"}, "choose how it stands"),
    "too long as a whole": (
        "signs",
        {f"{row}.line": "ä" * 2_000 for row in range(1, 200)},
        "too long as a whole",
    ),
}


@pytest.mark.parametrize(("prompt", "typed", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_a_script_is_told_why(page, prompt, typed, says):
    response = page.save(prompt, typed)
    assert (response.status_code, response.json()["error"]) == (422, "refused")
    assert says in response.json()["message"]
    assert page.nothing_saved()


@pytest.mark.parametrize(("prompt", "typed", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_a_page_without_scripts_comes_back_with_the_text(page, prompt, typed, says):
    fields = {**page.fields(prompt, typed)}
    response = page.send(fields)
    shown = response.content.decode()
    assert response.status_code == 422
    assert says in shown
    assert [text for text in texts_of(fields) if not is_there(text, shown)] == []
    assert page.nothing_saved()


def is_there(text: str, page: str) -> bool:
    """Whether ``page`` shows a text and would send it again."""
    ticked = f'value="{text}" checked autocomplete="off"> {text}</label>'
    return f"{text}</textarea>" in page or ticked in page


def texts_of(fields: dict[str, Any]) -> list[str]:
    """What a person typed or chose in a form."""
    chosen = [value for name, value in fields.items() if ":" not in name]
    return [text for value in chosen for text in ([value] if isinstance(value, str) else value)]


def test_what_is_not_utf_8_is_refused_not_altered(page):
    for broken in (b"%ED%A0%80", b"%ff", b"\xff", b"%C3"):
        fields = urlencode({"owner": page.owner, "moment:token": uuid.uuid4()}).encode()
        response = post_form(page.browser, PROMPT, fields + b"&moment=a" + broken)
        assert response.status_code == 400
        assert "broken character" in response.json()["message"]
    assert page.nothing_saved()


def test_brackets_are_a_text_like_any_other(page):
    page.saved("moment", NESTED[:20_000])
    assert page.value("moment") == NESTED[:20_000]


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""]
)
def test_only_a_form_is_read(page, kind):
    for body in (NESTED, '{"moment": ', '{"moment": "a"}'):
        response = page.browser.post(PROMPT, body, content_type=kind, headers=SCRIPT)
        assert response.status_code == 415
        assert FORM in response.json()["message"]
    assert page.nothing_saved()


def test_a_form_in_parts_comes_back_with_its_text(page):
    fields = {"owner": page.owner} | page.fields("moment", "a text")
    response = page.browser.post(PAGE, fields)
    assert response.status_code == 415
    assert "a text</textarea>" in response.content.decode()
    assert page.nothing_saved()


def test_a_file_is_never_taken(page, tmp_path):
    (tmp_path / "file").write_bytes(b"x" * 100_000)
    with (tmp_path / "file").open("rb") as file:
        response = page.browser.post(PAGE, {"owner": page.owner, "moment": file})
    assert response.status_code == 415
    assert page.nothing_saved()


def test_a_broken_form_in_parts(page):
    response = page.browser.post(PAGE, "--x", content_type="multipart/form-data; boundary=x")
    assert response.status_code == 415
    response = page.browser.post(PAGE, "--x", content_type="multipart/form-data")
    assert response.status_code == 400


def test_5_mb_are_refused_while_they_come(page):
    body = urlencode({"owner": page.owner, "moment": "x" * 5_000_000})
    for path in (PROMPT, PAGE, PLACE, "/workbook/answers/"):
        response = post_form(page.browser, path, body)
        assert (response.status_code, response.json()["error"]) == (413, "refused")
        assert "4 MB" in response.json()["message"]
        assert post_form(page.browser, path, body, script=False).status_code == 413
    assert page.nothing_saved()


def test_100_mb_are_refused_and_forgotten_as_they_come(page):
    """They are read to the end, or no browser would show the answer; but never all at once."""

    class Endless:
        left, most = 100 * 1024 * 1024, 0

        def read(self, size: int) -> bytes:
            self.most = max(self.most, size)
            self.left -= min(size, self.left)
            return bytes(size)

        def readline(self, size: int = -1) -> bytes:
            return b""

    body = Endless()
    response = page.browser.generic(
        "POST",
        PROMPT,
        headers=SCRIPT,
        CONTENT_TYPE=FORM,
        CONTENT_LENGTH=str(body.left),
        **{"wsgi.input": body},
    )
    assert (response.status_code, response.json()["error"]) == (413, "refused")
    assert (body.left, body.most) == (0, 64 * 1024)
    assert page.nothing_saved()


def test_too_many_fields(page):
    body = "&".join(f"f{number}=" for number in range(5_001))
    response = post_form(page.browser, PROMPT, body)
    assert (response.status_code, response.json()["error"]) == (413, "refused")


@pytest.mark.parametrize("token", [None, "", "x", "0" * 33, "é", "{" * 40])
def test_a_missing_or_garbled_token(page, token):
    fields = {"owner": page.owner, "moment": "a text", "moment:base": ""}
    if token is not None:
        fields["moment:token"] = token
    for path in (PROMPT, PAGE):
        response = page.post(path, fields, script=False)
        assert response.status_code == 422
        assert "a text</textarea>" in response.content.decode()
    assert page.nothing_saved()


@pytest.mark.parametrize(
    ("prompt", "typed"),
    [
        ("signs", "a text"),
        ("moment", {"1.line": "a text"}),
        ("said", {"1.said": "six", "1.felt": "a text"}),
        ("said", {"12345.said": "a text"}),
        ("plan", {"when": "it rains", "who": "a text"}),
        ("sure", {"openness": "a text"}),
    ],
)
def test_a_question_that_was_of_another_kind_when_the_page_was_opened(page, prompt, typed):
    """Nothing typed is dropped in silence, though the lesson has no place for it by now."""
    response = page.save(prompt, typed)
    assert response.status_code == 422
    assert "This question has changed" in response.json()["message"]
    assert "a text</textarea>" in page.send(page.fields(prompt, typed)).content.decode()
    assert page.nothing_saved()


def test_blank_fields_of_another_kind_are_no_matter(page):
    assert page.save("signs", {"1.line": "x", "1.gone": " "}).status_code == 200
    assert page.save("moment", {"1.line": ""}).status_code == 200


@pytest.mark.parametrize("base", ["x", "é", "0" * 31, "null"])
def test_a_garbled_base(page, base):
    response = page.save("moment", "a text", base=base)
    assert response.status_code == 422
    assert page.nothing_saved()


def test_a_base_that_is_no_revision_of_this_answer_keeps_both(page):
    elsewhere = page.saved("sorry", {"harm": "elsewhere"})
    page.saved("moment", "a")
    for base in (elsewhere, str(uuid.uuid4()), ""):
        assert page.save("moment", f"from {base}", base=base).status_code == 409
    assert len(page.history("moment")) == 4
    assert page.value("moment") == "a"


@pytest.mark.parametrize("mark", [None, "", "0" * 32, "é"])
@pytest.mark.parametrize("path", [PROMPT, PAGE, PLACE])
def test_a_missing_or_garbled_mark_of_the_owner(page, mark, path):
    fields = page.fields("moment", "a text") | ({} if mark is None else {"owner": mark})
    response = page.post(path, fields, script=False)
    assert response.status_code == 403
    assert "a text</textarea>" in response.content.decode()
    assert page.nothing_saved()


def test_a_page_of_one_person_never_saves_for_another(page, strange):
    others = Workbook(strange, page.person)
    response = others.save("moment", "the writer's text")
    assert (response.status_code, response.json()["error"]) == (403, "owner")
    response = others.send(others.fields("moment", "the writer's text"))
    assert response.status_code == 403
    assert "the writer&#x27;s text</textarea>" in response.content.decode()
    assert page.nothing_saved()


@pytest.mark.parametrize(
    "path", ["nowhere/moment/", "nowhere/", "every-kind/nothing/", "looking-back/moment-then/"]
)
def test_a_lesson_or_question_that_is_gone(page, path):
    fields = {"owner": page.owner} | page.fields("moment", "a text")
    response = page.post(f"/workbook/save/{path}", fields, script=False)
    shown = response.content.decode()
    assert response.status_code == 404
    assert "no longer part of the lesson" in shown
    assert "a text</textarea>" in shown
    assert "Send it again" not in shown
    assert page.nothing_saved()


def test_a_withdrawn_lesson(page, settings):
    settings.CONTENT_DIRS = [settings.BASE_DIR / "content"]
    assert page.save("moment", "a text").json()["error"] == "gone"
    assert page.nothing_saved()


@pytest.mark.parametrize("path", [PROMPT, PAGE, PLACE])
def test_signed_out_meanwhile(page, path):
    Session.objects.all().delete()
    fields = {"owner": page.owner} | page.fields("moment", "a text")
    assert page.post(path, fields).json()["error"] == "signed-out"
    response = page.post(path, fields, script=False)
    assert (response.status_code, response.get("Location")) == (401, None)
    assert "a text</textarea>" in response.content.decode()
    assert page.nothing_saved()


@pytest.mark.parametrize("path", [PROMPT, PAGE, PLACE])
def test_without_a_csrf_token(page, writer, path):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(writer).cookies
    fields = urlencode({"owner": page.owner} | page.fields("moment", "a text"))
    response = post_form(strict, path, fields)
    assert (response.status_code, response.json()["error"]) == (403, "token")
    response = post_form(strict, path, fields, script=False)
    assert response.status_code == 403
    assert "a text</textarea>" in response.content.decode()
    assert page.nothing_saved()


def test_signed_out_and_without_a_csrf_token(page):
    strict = Client(enforce_csrf_checks=True)
    fields = urlencode({"owner": page.owner} | page.fields("moment", "a text"))
    assert post_form(strict, PROMPT, fields).json()["error"] == "signed-out"
    response = post_form(strict, PAGE, fields, script=False)
    assert response.status_code == 401
    assert "a text</textarea>" in response.content.decode()


def test_the_id_of_a_promise_is_sent_along_unseen(page):
    Session.objects.all().delete()
    mark = "0123456789abcdef" * 2
    promise = {"1.id": mark, "1.what": "Call at noon", "1.by": "me"}
    shown = page.send(page.fields("given", promise)).content.decode()
    assert shown.count(mark) == 1
    assert f'<input type="hidden" name="given.1.id" value="{mark}">' in shown
    assert is_there("me", shown)
    assert "Call at noon</textarea>" in shown


def test_what_comes_back_is_escaped(page):
    nasty = "</textarea><script>alert(1)</script>"
    Session.objects.all().delete()
    fields = {"owner": page.owner, 'a"><script>': nasty} | page.fields("moment", nasty)
    shown = page.post(PAGE, fields, script=False).content.decode()
    assert "<script>alert" not in shown
    assert '"><script>' not in shown
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in shown


def test_what_came_back_can_be_sent_again(page, writer):
    """Signed out while writing: the page that came back is sent after signing in, and is saved."""
    page.browser.logout()
    fields = page.fields("moment", "\r\na text")
    assert page.send(fields).status_code == 401
    again = Workbook(signed_in(writer), writer)
    assert again.send(fields).status_code == 200
    assert again.history("moment") == ["\na text"]


@pytest.mark.parametrize("place", ["", "-1", "1.5", "٣", "x", "1" * 5, "0" * 7 + "9" * 20])
def test_no_place(page, place):
    response = page.post(PLACE, {"owner": page.owner, "place": place})
    assert (response.status_code, response.json()["error"]) == (422, "refused")


def test_the_limits_are_those_of_a_page_of_answers():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 4 * 1024 * 1024
    assert settings.FILE_UPLOAD_HANDLERS == []
