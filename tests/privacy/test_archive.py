"""What is taken along: all of one's own, nothing of anybody else's, whole or not at all."""

import io
import json
import random
import tracemalloc
import uuid
import zipfile
from datetime import UTC, date, datetime, time
from string import ascii_letters
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from exercises.models import Answer, AnswerRevision
from lessons.kinds import prompt_from
from tests.conftest import just_proved
from tests.exercises.pulse.checkin import noted
from tests.privacy.lives import Life, exported_fields, rows_of
from trustbook.accounts.models import User
from trustbook.lib.personal_data import modules
from trustbook.privacy import archive, workbook
from trustbook.privacy import document as kept
from trustbook.privacy.archive import Archive
from trustbook.privacy.document import document, schema


@pytest.fixture
def mine(trial, writer) -> Life:
    """The writer's."""
    return Life(writer, "heron", datetime(2025, 3, 1, tzinfo=UTC))


@pytest.fixture
def theirs(trial, stranger) -> Life:
    """The stranger's."""
    return Life(stranger, "magpie", datetime(2024, 3, 1, tzinfo=UTC))


def taken(person: User) -> zipfile.ZipFile:
    """The archive as it is downloaded."""
    response = just_proved(person).post("/privacy/export/")
    return zipfile.ZipFile(io.BytesIO(b"".join(response)))


def texts(found: zipfile.ZipFile, ending: str) -> str:
    """All files with this ending as one text."""
    names = [name for name in found.namelist() if name.endswith(ending)]
    return "\n".join(found.read(name).decode() for name in names)


def spelled(value: Any) -> str:
    """How a value of a field stands in the document, without what nearly every value has."""
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)


def stored(person: User) -> dict[tuple[str, str], set[str]]:
    """What the database holds of a person in each exported field that says something by itself."""
    found: dict[tuple[str, str], set[str]] = {}
    for label, names in exported_fields().items():
        for row in rows_of(apps.get_model(label), person):
            for name in names:
                attribute = row._meta.get_field(name).attname
                value = getattr(row, attribute)
                if row._meta.get_field(name).related_model is User:
                    continue  # who of two: said, but not by an id
                if isinstance(value, str | uuid.UUID | date | time) and value != "":
                    found.setdefault((label, name), set()).add(spelled(value))
    return found


def test_a_note_on_a_week_without_numbers(trial, writer):
    noted(writer, date(2026, 4, 27), "a wren sang")
    found = taken(writer)
    assert "a wren sang" in texts(found, ".md")
    assert found.read("workbook.pdf").startswith(b"%PDF")


def test_every_exported_field_of_every_model_is_in_the_document(mine):
    text = texts(taken(mine.person), "workbook.json").replace("+00:00", "Z")
    held = stored(mine.person)
    assert {
        (label, name): missing
        for (label, name), values in held.items()
        if (missing := {value for value in values if value not in text})
    } == {}
    assert [word for word in mine.words if word not in text] == []
    # Numbers, yes or no, ciphertext: what could stand anywhere has at least a key of its own.
    expected = {(label, name) for label, names in exported_fields().items() for name in names}
    assert {place for place in expected - set(held) if not has_key(text, *place)} == set()


DEFINED = {
    "accounts.User": "Account",
    "accounts.Session": "SignedIn",
    "account.EmailAddress": "Address",
    "mfa.Authenticator": "SecondStep",
    "exercises.Answer": "SavedAnswer",
    "exercises.AnswerRevision": "SavedRevision",
    "exercises.Pulse": "SavedPulse",
    "exercises.PulseRevision": "SavedRevision",
    "exercises.WeekNote": "SavedWeek",
    "exercises.WeekNoteRevision": "SavedRevision",
    "exercises.Reading": "SavedReading",
    "exercises.Keepsake": "SavedKeepsake",
    "exercises.KeepsakeRevision": "KeptText",
    "exercises.JointAnswer": "SavedJointAnswer",
    "exercises.JointRevision": "JointSave",
    "exercises.Couple": "SavedCouple",
    "exercises.Membership": "SavedCouple",
    "exercises.Invitation": "SavedInvitation",
    "exercises.Share": "SavedShare",
    "exercises.Ready": "SavedReady",
    "exercises.ReadyPin": "SavedReady",
    "exercises.Promise": "SavedPromise",
    "exercises.PromiseView": "SavedView",
    "exercises.CareLink": "SavedTherapy",
    "exercises.Assignment": "TakenAssignment",
    "exercises.Response": "SavedResponse",
    "exercises.Opening": "SavedOpening",
    "exercises.ClientFile": "SavedClient",
    "exercises.SessionNote": "SavedSessionNote",
    "exercises.SessionNoteRevision": "SavedRevision",
    "exercises.Practice": "SavedPractice",
    "exercises.Pathway": "SavedPathway",
    "exercises.OwnLesson": "SavedOwnLesson",
    "exercises.OwnLessonVersion": "SavedVersion",
}
"""What a row of each model is called in the schema."""


def has_key(text: str, label: str, name: str) -> bool:
    """Whether a field stands in the schema under its name, or as what it is once opened.

    What an app hands over as a mapping stands under the app's own label.
    """
    if label not in DEFINED:
        return name in json.loads(text)[label.partition(".")[0]]
    defined = json.loads(schema())["$defs"][DEFINED[label]]["properties"]
    return OPENED.get(name, name) in defined


OPENED = {"sealed": "value", "sealed_label": "label", "sealed_note": "note", "head": "newest"}
"""What is encrypted or points somewhere, as it is called in the document."""


def test_every_text_is_in_the_markdown(mine):
    text = texts(taken(mine.person), ".md")
    also = [mine.person.email, "heron.second@example.org", "heron-opened", "Asia/Kathmandu"]
    assert [word for word in [*mine.words, *also] if word not in text] == []


def test_nothing_of_anybody_else_is_in_it(mine, theirs):
    found = taken(mine.person)
    everything = "\n".join([*found.namelist(), texts(found, ".md"), texts(found, ".json")])
    shared = {"every-kind", "left-the-course", "Asia/Kathmandu", "webauthn", "totp"}
    shared |= {value for values in stored(mine.person).values() for value in values}
    foreign = {value for values in stored(theirs.person).values() for value in values} - shared
    assert [value for value in foreign if len(value) > 8 and value in everything] == []
    assert "magpie" not in everything
    assert b"magpie" not in found.read("workbook.pdf")


def test_no_secret_is_in_it(mine):
    """Nor what a client of the person wrote, nor anybody’s address but the person’s own."""
    found = taken(mine.person)
    text = texts(found, ".md") + texts(found, ".json")
    person = User.objects.get(pk=mine.person.pk)
    others = User.objects.filter(email__startswith="heron.").values_list("email", flat=True)
    assert len(others) == 5
    assert [email for email in others if email in text] == []
    secrets = ["heron secret", person.password, str(person.data_key_id), str(person.pk)]
    assert [secret for secret in secrets if secret in text] == []


def test_the_document_keeps_to_its_schema(mine):
    found = taken(mine.person)
    document().model_validate_json(found.read("workbook.json"))
    described = json.loads(found.read("schema.json"))
    assert set(described["properties"]) == set(json.loads(found.read("workbook.json")))


def test_every_revision_is_in_the_document_in_order(mine):
    held = json.loads(taken(mine.person).read("workbook.json"))
    [moment] = [row for row in held["answers"] if row["prompt_id"] == "moment"]
    said = [(one["value"].split(" ")[1], one["aside"]) for one in moment["revisions"]]
    assert said == [("first", False), ("second", False), ("aside", True), ("third", False)]
    assert moment["newest"] == moment["revisions"][3]["id"]
    assert moment["revisions"][1]["base"] == moment["revisions"][0]["id"]
    asked = {"id": "moment", "kind": "text", "ask": "Which moment comes to mind?"}
    asked["reveal"] = "together"
    assert moment["revisions"][0]["asked"] == asked


def test_the_files_and_their_names(mine):
    names = taken(mine.person).namelist()
    assert names == [
        "read-me-first.md",
        "lessons/01-every-kind.md",
        "lessons/02-heron-given.md",
        "lessons/03-left-the-course.md",
        "lessons/04-written-together.md",
        "lessons/05-weeks.md",
        "lessons/06-promises.md",
        "lessons/07-therapist.md",
        "lessons/08-clients.md",
        "lessons/09-session-notes.md",
        "lessons/10-to-clients.md",
        "lessons/11-own-lessons.md",
        "12-outbox.md",
        "13-account.md",
        "14-reading.md",
        "15-showing.md",
        "16-opened.md",
        "17-practice.md",
        "18-pathways.md",
        "19-reminders.md",
        "earlier-versions/01-every-kind.md",
        "earlier-versions/04-written-together.md",
        "earlier-versions/05-weeks.md",
        "earlier-versions/09-session-notes.md",
        "earlier-versions/11-own-lessons.md",
        "workbook.json",
        "schema.json",
        "workbook.pdf",
    ]


def test_an_app_may_hand_over_a_mapping(mine, monkeypatch):
    small = SimpleNamespace(__name__="trustbook.bells.personal_data")
    small.export_for = lambda person: {"weekday": 6, "at": "18:00", "never": None}
    monkeypatch.setattr(kept, "modules", lambda: [*modules(), small])
    kept.document.cache_clear()
    try:
        found = taken(mine.person)
        text = found.read("workbook.json")
        held = kept.document().model_validate_json(text)
        assert "bells" in json.loads(found.read("schema.json"))["properties"]
    finally:
        kept.document.cache_clear()
    assert held.model_dump()["bells"] == {"weekday": 6, "at": "18:00", "never": None}
    assert found.read("20-bells.md").decode().split("\n") == [
        *("# Bells", "", "- **weekday**: 6", "- **at**: 18:00", "- **never**: none", "")
    ]


def test_who_wrote_what_together(mine):
    held = json.loads(taken(mine.person).read("workbook.json"))
    [ours] = held["joint_answers"]
    told = [
        (one["value"].split(" ", 1)[1], one["writer"], one["aside"]) for one in ours["revisions"]
    ]
    assert [(said.rsplit(" ", 1)[0], *rest) for said, *rest in told] == [
        ("ours", "you", False),
        ("theirs aside", "partner", True),
        ("ours later", "partner", False),
    ]
    assert ours["newest"] == ours["revisions"][2]["id"]


def test_what_was_kept_of_two_has_no_date_anywhere(mine):
    found = taken(mine.person)
    held = json.loads(found.read("workbook.json"))
    [kept] = [row for row in held["keepsakes"] if row["kept_from"] == "partner"]
    assert [(one["saved_at"], one["base"], one["aside"]) for one in kept["revisions"]] == [
        (None, None, True),
        (None, None, False),
    ]
    words = [one["value"] for one in kept["revisions"]]
    assert [word.split(" ")[1] for word in words] == ["theirs", "ours"]
    read = found.read("lessons/01-every-kind.md").decode()
    asked = "## Which moment comes to mind?"
    remark = "What the two of you wrote together"
    assert f"{asked}\n\n{remark}\n\n> {words[1]}  \n" in read
    before = found.read("earlier-versions/01-every-kind.md").decode()
    assert f"{asked}\n\n{remark}, kept beside the text that counts\n\n> {words[0]}" in before


def test_who_never_had_a_partner_has_no_key_of_two(trial, writer):
    held = json.loads(taken(writer).read("workbook.json"))
    assert [key for key in held if key in ("keepsakes", "joint_answers")] == []


def test_an_account_without_a_word(trial, writer):
    found = taken(writer)
    held = json.loads(found.read("workbook.json"))
    assert (held["answers"], held["pulses"], held["readings"]) == ([], [], [])
    assert found.read("workbook.pdf").startswith(b"%PDF-1.7")
    assert "earlier-versions" not in "".join(found.namelist())


@pytest.mark.parametrize("name", ["../../etc/passwd", "own:1", "", "…", "A" * 99, "nul\x00l"])
def test_names_of_files_are_safe(name):
    assert set(archive.safe(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 1 <= len(archive.safe(name)) <= 60


def test_the_answer_is_a_download_that_nobody_keeps(mine):
    response = just_proved(mine.person).post("/privacy/export/")
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == 'attachment; filename="workbook.zip"'
    assert "no-store" in response.headers["Cache-Control"]
    files = len(zipfile.ZipFile(io.BytesIO(b"".join(response))).namelist())
    assert files <= int(response.headers["X-Workbook-Files"]) <= 2 * files


def test_it_is_sent_piece_by_piece(mine):
    pieces = list(Archive(mine.person).stream())
    assert len([piece for piece in pieces if piece]) >= 11
    assert max(len(piece) for piece in pieces) < 200_000


def test_what_broke_off_is_not_taken_for_whole(mine, monkeypatch):
    def broken() -> str:
        raise OSError("the database is gone")

    monkeypatch.setattr(archive, "schema", broken)
    sent: list[bytes] = []
    stream = map(sent.append, Archive(mine.person).stream())
    with pytest.raises(OSError, match="gone"):
        list(stream)
    assert b"workbook.json" in b"".join(sent)
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(b"".join(sent)))


def test_where_no_pdf_can_be_made_the_rest_is_not_held_back(mine, monkeypatch, caplog):
    def broken(*_: object) -> bytes:
        raise workbook.NotSet("TimeoutExpired")

    monkeypatch.setattr(workbook, "pdf", broken)
    found = taken(mine.person)
    assert "workbook.pdf" not in found.namelist()
    assert "no PDF" in found.read("no-pdf.md").decode()
    assert [word for word in mine.words if word not in texts(found, "workbook.json")] == []
    assert [record.getMessage() for record in caplog.records] == [
        "The PDF of an export could not be made: TimeoutExpired"
    ]


def test_nothing_is_written_to_the_disk(mine, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    list(Archive(mine.person).stream())
    assert list(tmp_path.rglob("*")) == []


def test_without_a_fresh_proof_it_is_asked_for(mine, writing):
    for answer in (writing.get("/privacy/export/"), writing.post("/privacy/export/")):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=")


@pytest.mark.prove
def test_a_long_life_needs_no_more_memory_than_its_newest_answers(trial, writer, monkeypatch):
    monkeypatch.setattr(workbook, "pdf", lambda *_: b"%PDF")
    list(Archive(writer).stream())  # what is loaded for the first one is not counted
    prompt = prompt_from({"id": "moment", "kind": "text", "ask": "What?"})
    for number in range(100):
        row = Answer(author=writer, lesson_id=f"l-{number}", prompt_id="moment")
        made = []
        for save in range(40):
            one = AnswerRevision(id=uuid.uuid4(), row=row, token=uuid.uuid4())
            row.seal(
                one, writer, prompt, f"{save} " + "".join(random.choices(ascii_letters, k=9_999))
            )
            made.append(one)
        row.head_id = made[-1].pk
        row.save(force_insert=True)
        AnswerRevision.objects.bulk_create(made)
    tracemalloc.start()
    sent = sum(map(len, Archive(writer).stream()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > 50_000_000
    assert peak < 30_000_000
