"""``content/README.md``: who follows only that page has a lesson that is live."""

import re
from typing import get_args

from lessons.editorial import FEWEST, MOST, PLAIN
from lessons.kinds import Prompt
from lessons.loading import load
from tests.servers.places import ROOT

PAGE = (ROOT / "content" / "README.md").read_text()
PROMPTS = re.findall(r"```yaml\n(- id: .*?)```", PAGE, re.DOTALL)
[COURSE] = re.findall(r"```yaml\n(id: .*?)```", PAGE, re.DOTALL)
[LESSON] = re.findall(r"````markdown\n(---.*?)````", PAGE, re.DOTALL)


def kinds() -> list[str]:
    """Every kind there is."""
    union, _ = get_args(Prompt)
    return sorted(get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(union))


def test_its_course_and_its_lesson_can_be_copied(tmp_path):
    part = tmp_path / "trust" / "01-understanding"
    part.mkdir(parents=True)
    (tmp_path / "trust" / "02-building").mkdir()
    (tmp_path / "trust" / "course.yaml").write_text(COURSE)
    (part / "06-promises.md").write_text(LESSON)
    courses, faults = load([tmp_path])
    assert faults == []
    found = courses.lesson("trust", "promises")
    assert found
    assert [heading for _, heading in found.headings] == ["A heading"]


def test_it_has_an_example_and_a_picture_of_every_kind():
    shown = [re.findall("kind: ([a-z]+)", prompt)[0] for prompt in PROMPTS]
    assert sorted(shown) == kinds()
    assert re.findall(r"kinds/([a-z]+)\.png\)", PAGE) == shown
    pictures = (ROOT / "docs" / "pictures" / "kinds").iterdir()
    assert sorted(path.stem for path in pictures) == kinds()


def test_every_example_is_sound(content):
    prompts = "".join(f"    {line}\n" for prompt in PROMPTS for line in prompt.splitlines())
    # What the page recalls is asked in the first lesson that comes with the program.
    content.lesson("01-first/01-first.md", "what-trust-does", ("id: one\n", "id: hold-back\n"))
    one = "    - id: one\n      kind: text\n      ask: What do you think?\n"
    content.lesson("02-second/02-second.md", "second", (one, prompts))
    assert content.faults() == []


def test_it_names_the_limits_that_the_check_has():
    said = " ".join(PAGE.split())
    assert f"fewer than {FEWEST} or more than {MOST:,} words" in said
    assert f"its reading ease is below {PLAIN}." in said
