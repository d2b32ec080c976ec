import json
from io import StringIO

import pytest
from django.core.checks import Error, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from tests.lessons.conftest import no_queries


@pytest.fixture(autouse=True)
def _content(content, settings, tmp_path):
    settings.CONTENT_DIRS = [content.root]
    settings.LEGAL_DIR = content.root / "legal"
    content.write("legal/privacy.md", "# Privacy\n\nText")
    content.write("legal/terms.md", "# Terms\n\nText")


def test_sound_content_passes():
    assert run_checks(tags=["content"]) == []


def test_every_fault_is_an_error_with_its_place_and_a_hint(content):
    content.lesson("02-second/02-b.md", "first", ("minutes: 8", "minutes: 0"))
    content.write("legal/terms.md", "# Terms\n\n<b>Text</b>")
    path = content.root / "trust/02-second/02-b.md"
    terms = content.root / "legal/terms.md"
    assert run_checks(tags=["content"]) == [
        Error(
            f'{path}:2: The lesson id "first" is used twice.',
            hint=f"{content.root}/trust/01-first/01-first.md:2 has it already; "
            "ids are unique across all courses.",
            id="trustbook.C004",
        ),
        Error(
            f'{path}:5: "minutes" must be at least 1, not the number 0.',
            hint="Write a number that is at least 1.",
            id="trustbook.C003",
        ),
        Error(
            f"{terms}:3: Raw HTML cannot be used: <b> stands here.",
            hint="Use Markdown instead; to show the sign itself, write &lt;.",
            id="trustbook.C006",
        ),
    ]


def test_a_missing_legal_text_is_an_error(content):
    (content.root / "legal/terms.md").unlink()
    assert [error.msg for error in run_checks(tags=["content"])] == [
        f"{content.root}/legal/terms.md:1: The file cannot be read: it is missing."
    ]


def test_a_plain_check_tells_them_too_without_a_database(content):
    content.lesson("02-second/02-b.md", "b", ("minutes: 8", "minutes: 0"))
    with (
        no_queries("default"),
        no_queries("keys"),
        pytest.raises(SystemCheckError, match=r"02-b\.md:5: .* must be at least 1"),
    ):
        call_command("check")


def test_drafts_are_checked_in_production_too(content, settings):
    settings.PRODUCTION, settings.SHOW_DRAFTS = True, False
    content.lesson("02-second/02-b.md", "b", ("minutes: 8", "minutes: 0\ndraft: true"))
    assert len(run_checks(tags=["content"])) == 1


@pytest.mark.parametrize(
    ("arguments", "title", "keys"),
    [
        ([], "LessonFile", ["id", "title", "summary", "minutes", "exercise", "draft", "therapist"]),
        (
            ["course"],
            "CourseFile",
            ["id", "title", "summary", "order", "parts", "pathways"],
        ),
    ],
)
def test_the_schema_is_printed_for_editors(arguments, title, keys):
    out = StringIO()
    call_command("content_schema", *arguments, stdout=out)
    schema = json.loads(out.getvalue())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == title
    assert list(schema["properties"]) == keys
    assert schema["additionalProperties"] is False


def test_the_schema_knows_every_kind():
    out = StringIO()
    call_command("content_schema", stdout=out)
    kinds = json.loads(out.getvalue())["$defs"]["ExerciseFile"]["properties"]["prompts"]
    assert set(kinds["items"]["discriminator"]["mapping"]) == {
        *("text", "choice", "choices", "scale", "list", "table"),
        *("sequence", "letter", "recall", "pulse", "predict", "promises"),
    }
