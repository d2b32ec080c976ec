"""Pathways in ``course.yaml``: what is served of them, and what an author is told."""

from pathlib import Path

import pytest

from lessons.course import SuppliedPathway
from lessons.loading import load
from tests.lessons.conftest import COURSE

YAML = "trust/course.yaml"
PATHWAYS = """\
pathways:
  - id: calm
    title: Calm
    summary: For a start.
    steps:
      - {lesson: first, days: 7}
      - {lesson: second, days: 0}
"""


@pytest.fixture
def two(content):
    """A course of two lessons with one pathway."""
    content.lesson("02-second/02-second.md", "second")
    content.write(YAML, COURSE + PATHWAYS)
    return content


def change(content, old, new):
    assert old in PATHWAYS
    content.write(YAML, COURSE + PATHWAYS.replace(old, new))
    return content.faults()


def test_a_pathway_is_served(two):
    found = two.load()
    calm = SuppliedPathway("calm", "Calm", "For a start.", (("first", 7), ("second", 0)))
    assert (two.faults(), found.pathways) == ([], (calm,))
    assert found.pathway("calm") == calm
    assert found.pathway("storm") is None


def test_a_course_needs_none(content):
    assert (content.faults(), content.load().pathways) == ([], ())


def test_a_changed_pathway_changes_the_digest(two):
    before = two.load().digest
    assert change(two, "days: 7", "days: 8") == []
    assert two.load().digest != before


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "lesson: second",
            "lesson: secund",
            '17: Pathway "calm" has an unknown lesson, "secund". Did you mean "second"? '
            'Write the "id:" of a lesson, not its slug.',
        ),
        (
            "lesson: second",
            "lesson: first",
            '17: Pathway "calm" has the lesson "first" twice. '
            "It stands on line 16 already: keep one of the two.",
        ),
        ("days: 7", "days: -1", '16: "days" must be at least 0, not the number -1.'),
        ("days: 7", "days: 366", '16: "days" must be at most 365, not the number 366.'),
        ("title: Calm", "titel: Calm", '13: Unknown key "titel".'),
    ],
)
def test_a_fault_names_its_line(two, old, new, fault):
    assert [said for said in change(two, old, new) if said.startswith(f"{YAML}:{fault}")]


def test_a_draft_waits(two):
    two.lesson("02-second/02-second.md", "second", ("minutes: 8", "minutes: 8\ndraft: true"))
    assert two.faults() == [
        f'{YAML}:17: Pathway "calm" has "second", which is a draft. '
        "Publish that lesson first, or take it out here."
    ]


def test_one_id_in_two_courses(two):
    other = COURSE.replace("id: trust", "id: other") + PATHWAYS
    two.write("other/course.yaml", other)
    for folder in ("01-first", "02-second"):
        (two.root / "other" / folder).mkdir()
    assert two.faults() == [
        f'{YAML}:12: The pathway id "calm" is used twice. '
        "other/course.yaml:12 has it already: give this pathway another."
    ]


def test_the_supplied_ones_are_sound():
    found, faults = load([Path(__file__).parents[2] / "content"])
    assert faults == []
    assert [path.id for path in found.pathways] == [
        *("the-first-weeks", "after-a-breach", "keeping-it")
    ]
    assert all(found.lesson_by_id(step[0]) for path in found.pathways for step in path.steps)
