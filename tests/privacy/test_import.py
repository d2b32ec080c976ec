"""Bringing an export in: whole or not at all, checked like a save, over nothing, twice as once."""

import io
import json
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exercises import deletion
from exercises.models import (
    Answer,
    AnswerRevision,
    JointAnswer,
    Keepsake,
    KeepsakeRevision,
    Pulse,
    PulseRevision,
    Reading,
)
from tests.conftest import just_proved, signed_in
from tests.exercises.workbook import Workbook
from tests.privacy.lives import Life
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark
from trustbook.privacy import importing, workbook


@pytest.fixture(autouse=True)
def _without_pdf(monkeypatch):
    """Nothing here looks at the PDF."""
    monkeypatch.setattr(workbook, "pdf", lambda *_: b"%PDF")


PATH = "/privacy/import/"
KNOWN = "Everything in this file was here already. Nothing was added."


@pytest.fixture
def mine(trial, writer) -> Life:
    """The writer's."""
    return Life(writer, "heron", datetime(2025, 3, 1, tzinfo=UTC), care=False)


@pytest.fixture
def newcomer(trial, stranger: User) -> User:
    """Somebody who has written nothing yet."""
    return stranger


def archive_of(person: User) -> bytes:
    """The ZIP, as it is downloaded."""
    return b"".join(just_proved(person).post("/privacy/export/"))


def document_of(person: User) -> dict[str, Any]:
    """The document in it."""
    archive = zipfile.ZipFile(io.BytesIO(archive_of(person)))
    held: dict[str, Any] = json.loads(archive.read("workbook.json"))
    return held


def bring(person: User, file: bytes, **fields: str) -> Any:
    """Uploads a file, as the page does; the page that is shown then."""
    upload = SimpleUploadedFile("workbook.zip", file)
    form = {"owner": owner_mark(person), "file": upload} | fields
    return signed_in(person).post(PATH, form, follow=True)


def bring_document(person: User, held: dict[str, Any]) -> Any:
    """Uploads the document by itself."""
    return bring(person, json.dumps(held).encode())


def told(response: Any) -> str:
    """What the page says was done."""
    assert response.status_code == 200, response.content.decode()
    return " ".join(str(message) for message in response.context["messages"])


def faults(response: Any) -> list[tuple[str, str]]:
    """The places in the file with what is wrong there."""
    assert response.status_code == 422
    return list(response.context["faults"])


def masked(held: dict[str, Any]) -> dict[str, Any]:
    """What must be the same in another account: ids are numbered as they come."""
    kept = ("answers", "pulses", "week_notes", "keepsakes")
    work = {key: deepcopy(held[key]) for key in ("readings", *kept)}
    for row in (row for key in kept for row in work[key]):
        numbers = {one["id"]: n for n, one in enumerate(row["revisions"])}
        row["id"], row["newest"] = "", numbers[row["newest"]]
        for one in row["revisions"]:
            one["id"], one["base"] = numbers[one["id"]], numbers.get(one["base"])
    return work


def stored() -> list[int]:
    """How many rows there are."""
    kinds = (Answer, AnswerRevision, Pulse, PulseRevision, Reading)
    return [kind._default_manager.count() for kind in kinds]


def test_what_was_taken_along_is_the_same_elsewhere(mine, newcomer):
    before = document_of(mine.person)
    said = told(bring(newcomer, archive_of(mine.person)))
    assert masked(document_of(newcomer)) == masked(before)
    rows = before["answers"] + before["pulses"] + before["week_notes"] + before["keepsakes"]
    versions = sum(len(row["revisions"]) for row in rows)
    assert said == (
        f"Brought in: {versions} versions. New here: {len(rows)} answers and weeks. "
        "2 lessons count as opened or finished now."
    )


def test_the_document_by_itself_will_do(mine, newcomer):
    held = document_of(mine.person)
    bring_document(newcomer, held)
    assert masked(document_of(newcomer)) == masked(held)


def test_twice_is_once(mine, newcomer):
    file = archive_of(mine.person)
    bring(newcomer, file)
    once, there = stored(), document_of(newcomer)
    assert told(bring(newcomer, file)) == KNOWN
    assert stored() == once
    assert masked(document_of(newcomer)) == masked(there)


def test_where_it_came_from_nothing_is_added_and_back_again(mine, newcomer):
    bring(newcomer, archive_of(mine.person))
    once = stored()
    assert told(bring(mine.person, archive_of(mine.person))) == KNOWN
    assert told(bring(mine.person, archive_of(newcomer))) == KNOWN
    assert stored() == once


def test_the_account_stays_as_it_is(mine, newcomer):
    before = document_of(newcomer)
    bring(newcomer, archive_of(mine.person))
    after = document_of(newcomer)
    for held in (before, after):
        held["account"].pop("last_login")  # each browser of these tests signs in
    same = ("account", "addresses", "second_steps")
    assert [after[key] for key in same] == [before[key] for key in same]


def test_what_is_here_stays_the_newest(mine, newcomer):
    book = Workbook(signed_in(newcomer), newcomer)
    book.saved("moment", "My own words")
    said = told(bring(newcomer, archive_of(mine.person)))
    assert "In 1 place what you had here stays the newest" in said
    assert book.value("moment") == "My own words"
    answer = book.answer("moment")
    theirs = answer.revisions.exclude(pk=answer.head_id)
    assert [row.aside for row in theirs] == [True] * 4
    assert sorted(book.history("moment")) == sorted(
        ["My own words", *(word for word in mine.words if word in texts_of(mine))]
    )
    assert told(bring(newcomer, archive_of(mine.person))) == KNOWN


def texts_of(life: Life) -> list[str]:
    """What was saved at the first prompt."""
    return Workbook(signed_in(life.person), life.person).history("moment")


def test_a_file_that_goes_on_brings_the_newest(mine, newcomer):
    bring(newcomer, archive_of(mine.person))
    theirs = Workbook(signed_in(mine.person), mine.person)
    theirs.saved("moment", "One day later", base=str(theirs.answer("moment").head_id))
    theirs.saved("week", {"openness": "1"}, base=str(pulse_of(mine.person).head_id))
    assert told(bring(newcomer, archive_of(mine.person))) == (
        "Brought in: 2 versions. New here: 0 answers and weeks."
    )
    assert masked(document_of(newcomer)) == masked(document_of(mine.person))
    assert Workbook(signed_in(newcomer), newcomer).value("moment") == "One day later"


def pulse_of(person: User) -> Pulse:
    """This week's."""
    newest: Pulse = Pulse.objects.of(person).reverse()[0]
    return newest


def test_a_lesson_finished_there_is_finished_here(mine, newcomer):
    signed_in(newcomer).get("/workbook/trial/every-kind/")
    opened = Reading.objects.get(reader=newcomer, lesson_id="every-kind")
    bring(newcomer, archive_of(mine.person))
    now = Reading.objects.get(pk=opened.pk)
    finished = Reading.objects.get(reader=mine.person, lesson_id="every-kind").finished_at
    assert (now.finished_at, now.opened_at, now.place) == (finished, opened.opened_at, 0)


def test_nobody_else_is_touched(mine, newcomer):
    before = masked(document_of(mine.person))
    held = document_of(mine.person)
    for row in held["answers"]:
        row["revisions"] = row["revisions"][:1]
        row["newest"] = row["revisions"][0]["id"]
    bring_document(newcomer, held)
    assert masked(document_of(mine.person)) == before
    assert Answer.objects.of(mine.person).filter(pk=held["answers"][0]["id"]).exists()


Change = Callable[[dict[str, Any]], None]


def at(path: str, value: Any) -> Change:
    """Puts ``value`` at a place such as ``answers.0.newest``."""

    def change(held: dict[str, Any]) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        place: Any = held
        for step in steps:
            place = place[step]
        place[last] = value

    return change


def valued(prompt: str, value: Any) -> Change:
    """Answers ``prompt`` with ``value``."""

    def change(held: dict[str, Any]) -> None:
        [row] = [row for row in held["answers"] if row["prompt_id"] == prompt]
        held["answers"] = [row]
        row["revisions"][0]["value"] = value

    return change


def without(key: str) -> Change:
    """Leaves ``key`` out."""

    def change(held: dict[str, Any]) -> None:
        del held[key]

    return change


FIRST = "answers[0].revisions[0]"
LATER = (datetime.now(UTC) + timedelta(days=3)).isoformat()
NOT_THEN = "This time lies before the year 2000 or in the future."
NO_QUESTION = "This is no question that is answered in this place."
UNKNOWN = "Nothing that can be brought in is called so."
NO_ANSWER = "This is no answer to its question."
WRONG: dict[str, tuple[Change, str, str]] = {
    "another format": (at("format", "x"), "format", "Input should be 'trustbook workbook'."),
    "another version": (at("version", 2), "version", "Input should be 1."),
    "an unknown key": (at("secret", 1), "secret", UNKNOWN),
    "an unknown key within": (
        at("answers.0.more", 1),
        "answers[0].more",
        UNKNOWN,
    ),
    "no account": (without("account"), "account", "This is missing."),
    "a lesson that is none": (
        at("answers.0.lesson_id", "../../x"),
        "answers[0].lesson_id",
        "String should match pattern '^(own:)?[a-z0-9]+(-[a-z0-9]+)*$'.",
    ),
    "no newest": (
        at("answers.0.newest", "00000000-0000-0000-0000-000000000000"),
        "answers[0].newest",
        "No revision has this id.",
    ),
    "no revision": (
        at("answers.0.revisions", []),
        "answers[0].revisions",
        "List should have at least 1 item after validation, not 0.",
    ),
    "the future": (at("answers.0.revisions.0.saved_at", LATER), f"{FIRST}.saved_at", NOT_THEN),
    "long ago": (
        at("answers.0.revisions.0.saved_at", "1999-12-31T00:00:00Z"),
        f"{FIRST}.saved_at",
        NOT_THEN,
    ),
    "a time without its zone": (
        at("answers.0.revisions.0.saved_at", "2025-01-01T00:00:00"),
        f"{FIRST}.saved_at",
        "Input should have timezone info.",
    ),
    "no question": (at("answers.0.revisions.0.asked", {}), f"{FIRST}.asked", NO_QUESTION),
    "another question": (at("answers.0.revisions.0.asked.id", "b"), f"{FIRST}.asked", NO_QUESTION),
    "a wording with a control": (
        at("answers.0.revisions.0.asked.ask", "a\x02b"),
        f"{FIRST}.asked",
        NO_QUESTION,
    ),
    "no Monday": (
        at("pulses.0.week", "2025-01-07"),
        "pulses[0].week",
        "This is no Monday of a week that has begun.",
    ),
    "a week to come": (
        at("pulses.0.week", "2099-01-05"),
        "pulses[0].week",
        "This is no Monday of a week that has begun.",
    ),
    "a place that is none": (
        at("readings.0.place", -1),
        "readings[0].place",
        "Input should be greater than or equal to 0.",
    ),
    "a text that is a number": (valued("moment", 5), f"{FIRST}.value", NO_ANSWER),
    "a text that is too long": (
        valued("moment", "x" * 20_001),
        f"{FIRST}.value",
        "This is 20,001 characters long; 20,000 can be kept in one field. "
        "Shorten it, or go on in another answer.",
    ),
    "an invisible character": (
        valued("moment", "a\x00b"),
        f"{FIRST}.value",
        "The text contains an invisible character (NUL) that cannot be saved. "
        "Remove what was pasted last and try again.",
    ),
    "too many rows": (
        valued("signs", ["x"] * 201),
        f"{FIRST}.value",
        "There are 201 rows; 200 can be kept. "
        "Join some of them, or empty those that you no longer need.",
    ),
    "more rows than have numbers": (
        valued("signs", ["x"] * 10_500),
        f"{FIRST}.value",
        "There are 9999 rows; 200 can be kept. "
        "Join some of them, or empty those that you no longer need.",
    ),
    "a cell that is too long": (
        valued("said", [{"said": "x" * 2_001, "did": ""}]),
        f"{FIRST}.value",
        "Row 1: This is 2,001 characters long; 2,000 can be kept in one field. "
        "Shorten it, or go on in another answer.",
    ),
    "too much as a whole": (
        valued("signs", ["\N{SNOWMAN}" * 1_999] * 100),
        f"{FIRST}.value",
        "This answer is too long as a whole. Shorten it, or go on in another one.",
    ),
    "an option that is not offered": (valued("place", "moon"), f"{FIRST}.value", NO_ANSWER),
    "more than may be ticked": (
        valued("helps", ["talk", "walk", "rest"]),
        f"{FIRST}.value",
        NO_ANSWER,
    ),
    "a step too far": (valued("sure", 8), f"{FIRST}.value", NO_ANSWER),
}


def test_what_cannot_be_kept_is_refused_with_its_place(mine, newcomer):
    good, before = document_of(mine.person), stored()
    found = {}
    for name, (change, *_) in WRONG.items():
        held = deepcopy(good)
        change(held)
        found[name] = faults(bring_document(newcomer, held))[0]
    assert found == {name: tuple(expected) for name, (_, *expected) in WRONG.items()}
    assert stored() == before


def test_the_same_place_twice(mine, newcomer):
    held = document_of(mine.person)
    for key in ("answers", "pulses", "readings"):
        held[key].append(held[key][0])
    assert [place for place, _ in faults(bring_document(newcomer, held))] == [
        f"answers[{len(held['answers']) - 1}]",
        f"pulses[{len(held['pulses']) - 1}]",
        f"readings[{len(held['readings']) - 1}]",
    ]


def test_lists_may_be_left_out(mine, newcomer):
    held = document_of(mine.person)
    for key in (
        "addresses",
        "sessions",
        "second_steps",
        "readings",
        "pulses",
        "week_notes",
        "keepsakes",
    ):
        del held[key]
    assert "New here: 12 answers and weeks." in told(bring_document(newcomer, held))


def test_one_fault_at_the_end_keeps_everything_out(mine, newcomer):
    held = document_of(mine.person)
    held["pulses"][-1]["revisions"][-1]["value"]["safety"] = 9
    before = stored()
    [(place, _)] = faults(bring_document(newcomer, held))
    assert place.startswith("pulses[")
    assert stored() == before


def test_a_bad_file_names_twenty_faults_at_most(mine, newcomer):
    held = document_of(mine.person)
    for row in held["answers"]:
        for one in row["revisions"]:
            one["saved_at"] = LATER
    assert len(faults(bring_document(newcomer, held))) == 20


def zipped(name: str, text: bytes, **options: Any) -> bytes:
    """A ZIP of one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text, **options)
    return made.getvalue()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"", "Choose the file first"),
        (b"not json", "Invalid JSON"),
        (b'{"format": "trustbook', "Invalid JSON"),
        (b'{"format": "\xff"}', "Invalid JSON"),
        (b'{"format": "\\ud83d"}', "Invalid JSON"),
        (b"[" * 100_000, "Invalid JSON"),
        (b"PK\x03\x04 and then nothing", "This ZIP file is damaged"),
        (zipped("workbook.json", b"{}" * 999)[:-30], "This ZIP file is damaged"),
        (zipped("other.json", b"{}"), "There is no workbook.json in this ZIP file."),
        (zipped("workbook.json", b" " * (importing.MOST_UNFOLDED + 1)), "This file is too large"),
        (b"[" + b"1," * (importing.MOST_PARTS + 1), "This file is too large"),
    ],
    ids=["empty", "text", "cut", "bytes", "half", "deep", "zip", "cut zip", "other", "bomb", "all"],
)
def test_what_is_no_workbook(newcomer, file, message):
    [(place, said), *_] = faults(bring(newcomer, file))
    assert (place, said[: len(message)]) == ("", message)


def test_nothing_chosen(newcomer):
    response = signed_in(newcomer).post(PATH, {"owner": owner_mark(newcomer)})
    assert faults(response) == [("", importing.NO_FILE)]


def test_a_page_of_another_person_brings_nothing_in(mine, newcomer, writer):
    before = stored()
    response = bring(newcomer, archive_of(writer), owner=owner_mark(writer))
    assert faults(response) == [("", importing.ANOTHER_PERSON)]
    assert stored() == before


def test_more_than_may_be_sent_is_kept_nowhere(newcomer, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(importing, "MOST_BYTES", 10_000)
    response = bring(newcomer, b"x" * 10_000)
    assert response.status_code == 413
    assert list(response.context["faults"]) == [("", importing.TOO_LARGE)]


def test_a_large_file_is_kept_in_memory_only(newcomer, monkeypatch):
    def refused(*_, **__):
        raise AssertionError("a file was made")

    for name in ("tempfile.NamedTemporaryFile", "django.core.files.temp.NamedTemporaryFile"):
        monkeypatch.setattr(name, refused)
    faults(bring(newcomer, b'{"x": "' + b"y" * 6_000_000 + b'"}'))


def test_without_its_token_the_form_is_refused(newcomer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(newcomer)
    form = {"owner": owner_mark(newcomer), "file": SimpleUploadedFile("workbook.json", b"{}")}
    assert browser.post(PATH, form).status_code == 403
    token = browser.get(PATH).context["csrf_token"]
    assert browser.post(PATH, form | {"csrfmiddlewaretoken": str(token)}).status_code == 422


class TestKeepsakes:
    """What was kept of a workbook shared by two, or of therapy, comes back as that, undated."""

    def test_twice_is_once(self, mine, newcomer):
        held = document_of(mine.person)
        for _ in range(2):
            bring_document(newcomer, held)
        assert masked(document_of(newcomer)) == masked(held)
        assert (Keepsake.objects.count(), KeepsakeRevision.objects.count()) == (3, 6)

    def test_where_it_is_already(self, mine):
        held = document_of(mine.person)
        assert told(bring_document(mine.person, held)) == KNOWN
        assert document_of(mine.person)["keepsakes"] == held["keepsakes"]

    def test_what_two_write_together_now_is_not_brought_in(self, mine, newcomer):
        bring_document(newcomer, document_of(mine.person))
        assert "joint_answers" not in document_of(newcomer)
        assert JointAnswer.objects.count() == 1

    def test_another_text_is_kept_beside_the_one_that_is_here(self, mine, newcomer):
        held = document_of(mine.person)
        bring_document(newcomer, held)
        other = deepcopy(held)
        other["keepsakes"][0]["revisions"][1]["value"] = "another text"
        bring_document(newcomer, other)
        kept, *_ = document_of(newcomer)["keepsakes"]
        newest = [one["value"] for one in kept["revisions"] if one["id"] == kept["newest"]]
        assert newest == [held["keepsakes"][0]["revisions"][1]["value"]]
        assert len(kept["revisions"]) == 3

    def test_after_it_was_deleted_it_can_come_back(self, mine, newcomer):
        held = document_of(mine.person)
        bring_document(newcomer, held)
        row = Keepsake.objects.get(author=newcomer, kept_from="partner")
        assert deletion.hide(row, row.head_id)
        bring_document(newcomer, held)
        assert masked(document_of(newcomer)) == masked(held)
        undone = deletion.undo(Keepsake.hidden.get(author=newcomer), newcomer)
        assert undone
        assert undone.beside_newer
        assert len(document_of(newcomer)["keepsakes"][0]["revisions"]) == 4

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            ({"saved_at": "2026-01-01T00:00:00Z"}, "keepsakes[0].revisions[0].saved_at"),
            ({"asked": {"kind": "text", "id": "x", "ask": "?"}}, "keepsakes[0].revisions[0].asked"),
            ({"value": 7}, "keepsakes[0].revisions[0].value"),
        ],
    )
    def test_what_is_none(self, mine, newcomer, change, place):
        held = document_of(mine.person)
        held["keepsakes"][0]["revisions"][0] |= change
        [(where, _)] = faults(bring_document(newcomer, held))
        assert where == place
        assert not Keepsake.objects.filter(author=newcomer).exists()
