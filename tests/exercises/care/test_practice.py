"""The practice page: what a therapist writes of themselves, and who is shown it."""

from dataclasses import asdict, fields

import pytest

from exercises.models import About, Practice
from exercises.practices import practice_for
from tests.conftest import a_therapist, at_the_desk

PAGE = "/care/practice/"
WRITTEN = {
    "name": "Dr Ada Heron",
    "credentials": "clinical psychologist",
    "licence": "PSY 1234",
    "licensed_by": "Psychological Society of Ireland",
    "languages": "English, Irish",
    "about": "I work on Tuesdays.\nI answer on Wednesdays.",
    "booking": "https://example.org/book?with=ada",
}
NOTHING = dict.fromkeys(WRITTEN, "")


def saved(desk, **changes: str):
    return desk.post(PAGE, WRITTEN | changes | {"save": "1"})


def test_it_is_kept_and_the_client_is_shown_it(desk, care):
    assert saved(desk)["Location"] == PAGE
    assert practice_for(care) == About(**WRITTEN)
    assert set(WRITTEN) == {field.name for field in fields(About)}


def test_before_there_is_nothing(desk, care):
    assert practice_for(care) is None
    page = desk.get(PAGE).content.decode()
    assert "How your clients see it" not in page
    assert "Take the page away" not in page


def test_it_is_shown_as_a_client_sees_it(desk):
    saved(desk)
    page = desk.get(PAGE).content.decode()
    preview = page[page.index('id="preview"') :]
    for part in ("<b>Dr Ada Heron</b>", "PSY 1234, Psychological Society of Ireland"):
        assert part in preview
    assert "<p>I work on Tuesdays.<br>I answer on Wednesdays.</p>" in preview
    assert (
        '<a class="secondary" href="https://example.org/book?with=ada"'
        ' rel="noreferrer noopener external" referrerpolicy="no-referrer">' in preview
    )
    assert "to example.org." in preview


def test_looking_keeps_nothing(desk):
    response = desk.post(PAGE, WRITTEN | {"look": "1"})
    page = response.content.decode()
    assert (response.status_code, Practice.objects.count()) == (200, 0)
    assert "Not saved yet" in page
    assert page.count("Dr Ada Heron") == 2  # in the form, and as a client would see it


def test_it_can_be_changed_and_taken_away(desk, care):
    saved(desk)
    saved(desk, name="Ada H.", booking="")
    assert practice_for(care) == About(**WRITTEN | {"name": "Ada H.", "booking": ""})
    assert desk.post(PAGE, {"remove": "1"})["Location"] == PAGE
    assert (practice_for(care), Practice.objects.count()) == (None, 0)
    assert desk.post(PAGE, {"remove": "1"})["Location"] == PAGE


def test_each_has_their_own(desk, care):
    other = a_therapist("other@example.org")
    saved(desk)
    saved(at_the_desk(other), name="Somebody else")
    assert practice_for(care) == About(**WRITTEN)


def test_it_is_sealed_under_the_therapists_key(desk, therapist):
    saved(desk)
    [row] = Practice.objects.all()
    assert b"Heron" not in bytes(row.sealed)
    short = len(bytes(row.sealed))
    saved(desk, **NOTHING | {"name": "A"})
    assert len(bytes(Practice.objects.get().sealed)) == short


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org", "https://example.org"),
        ("  https://example.org/a  ", "https://example.org/a"),
        ("example.org/book", "https://example.org/book"),
        ("HTTPS://example.org/", "HTTPS://example.org/"),
        ("https://bücher.example/", "https://bücher.example/"),
        ("", ""),
    ],
)
def test_an_address_over_https(desk, care, typed, kept):
    saved(desk, booking=typed)
    about = practice_for(care)
    assert about
    assert about.booking == kept


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("http://example.org", "has to begin with https://"),
        ("HTTP://example.org", "has to begin with https://"),
        ("javascript:alert(1)", "Write the whole address"),
        ("JavaScript://example.org/%0aalert(1)", "Write the whole address"),
        ("data:text/html,hi", "Write the whole address"),
        ("ftp://example.org/", "Write the whole address"),
        ("https://", "Write the whole address"),
        ("https://exa mple.org", "Write the whole address"),
        ("https://[::1", "Write the whole address"),
        ("https://example.org/\n.evil.example", "Write the whole address"),
        ("call me", "Write the whole address"),
        ("https://ada:secret@example.org/", "before the @"),
        ("https://example.org@evil.example/", "before the @"),
        ("https://example.org/" + "a" * 300, "may have 300 characters; this has 320"),
    ],
)
def test_no_other_address(desk, typed, message):
    response = saved(desk, booking=typed)
    page = response.content.decode()
    assert (response.status_code, Practice.objects.count()) == (422, 0)
    assert message in page
    assert "I work on Tuesdays." in page


@pytest.mark.parametrize(
    ("field", "most"),
    [("name", 80), ("credentials", 200), ("licence", 60), ("licensed_by", 120), ("about", 1200)],
)
def test_a_text_that_is_too_long_stays_in_the_form(desk, field, most):
    response = saved(desk, **{field: "ä" * (most + 1)})
    page = response.content.decode()
    assert response.status_code == 422
    assert f"may have {most} characters; this has {most + 1}." in page
    assert "ä" * (most + 1) in page
    assert saved(desk, **{field: "ä" * most}).status_code == 302


def test_lines_count_as_in_the_browser(desk):
    assert saved(desk, about="\r\n".join(["a" * 99] * 12)).status_code == 302


def test_a_name_is_needed(desk):
    response = saved(desk, name=" ")
    assert response.status_code == 422
    assert "Write the name by which your clients know you." in response.content.decode()


def test_what_is_written_is_text(desk, care):
    saved(desk, **dict.fromkeys(asdict(About()), "<script>alert(1)</script>") | {"booking": ""})
    assert "<script>alert" not in desk.get(PAGE).content.decode()
