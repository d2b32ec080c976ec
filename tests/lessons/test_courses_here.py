"""The two courses that come with the program: what each lesson asks, and what it cites."""

import re

import pytest

from lessons.kinds import Recall
from lessons.loading import load
from tests.servers.places import ROOT

COURSES, _ = load([ROOT / "content"])
LESSONS = [lesson for course in COURSES.courses for lesson in course.lessons]
TRUST = {
    "what-trust-does": "pulse text text text",
    "what-trust-is-made-of": "table choice text text",
    "honest-and-open": "text text text sequence text",
    "words-and-actions": "table choice text text",
    "small-and-steady": "text sequence scale text text",
    "promises": "text scale promises text",
    "regular-conversations": "predict text choice list text",
    "boundaries": "list list text text",
    "support-in-hard-times": "choices text predict list text",
    "keeping-watch": "pulse list text choice text",
    "naming-the-breach": "choice sequence text text",
    "a-real-apology": "recall text letter choice text",
    "changed-behaviour": "recall table scale text text",
    "patience": "scale text text text text",
    "asking-for-help": "choices choice list text text",
    "the-heartbeat": "recall pulse recall recall recall sequence",
}
RECALLED = {
    "a-real-apology": ["naming-the-breach/debrief"],
    "changed-behaviour": ["promises/given-word"],
    "the-heartbeat": [
        *("what-trust-does/start", "what-trust-does/hold-back"),
        *("promises/given-word", "boundaries/my-lines"),
    ],
    "worth-appreciation": ["worth-between-two/gone-by"],
}
EVIDENCE = {
    "Rempel, Holmes & Zanna 1985, Journal of Personality and Social Psychology 49, 95–112.": "",
    "Larzelere & Huston 1980, Journal of Marriage and the Family 42, 595–604.": "",
    "Murray, Holmes & Collins 2006, Psychological Bulletin 132, 641–666.": "",
    "Gollwitzer & Sheeran 2006, Advances in Experimental Social Psychology 38, 69–119.": "0.65",
    "Gable, Reis, Impett & Asher 2004, "
    "Journal of Personality and Social Psychology 87, 228–245.": "",
    "Schweitzer, Hershey & Bradlow 2006, "
    "Organizational Behavior and Human Decision Processes 101, 1–19.": "",
    "Lewicki, Polin & Lount 2016, Negotiation and Conflict Management Research 9, 177–196.": "",
    "Finkel et al. 2013, Psychological Science 24, 1595–1601.": "",
    "Slatcher & Pennebaker 2006, Psychological Science 17, 660–664.": "",
    "Doss et al. 2016, Journal of Consulting and Clinical Psychology 84, 285–296.": "0.69",
    "Kazantzis, Whittington & Dattilio 2010, "
    "Clinical Psychology: Science and Practice 17, 144–156.": "0.48",
}
"""All that may be cited, and the effect that the study found, as far as one is told."""


def texts() -> dict[str, str]:
    """The file of each lesson, by id."""
    files = (path.read_text() for path in (ROOT / "content").glob("*/*/*.md"))
    return {re.findall(r"^id: (\S+)$", text, re.MULTILINE)[0]: text for text in files}


def test_there_is_nothing_but_these_courses():
    assert [(course.id, len(course.lessons)) for course in COURSES.courses] == [
        ("trust", 16),
        ("self-esteem", 4),
    ]
    assert sorted(texts()) == sorted(lesson.id for lesson in LESSONS)


def test_each_lesson_asks_in_the_ways_that_its_idea_needs():
    trust = COURSES.courses[0].lessons
    asked = {one.id: " ".join(p.kind for p in one.exercise.prompts) for one in trust}
    assert list(asked.items()) == list(TRUST.items())


def test_what_needs_two_is_marked():
    joint = [(one.id, p.id) for one in LESSONS for p in one.exercise.prompts if p.joint]
    opened = [(one.id, p.id) for one in LESSONS for p in one.exercise.prompts if p.reveal]
    assert joint == [("regular-conversations", "agenda"), ("boundaries", "agreed-line")]
    assert opened == [
        ("regular-conversations", "expecting"),
        ("boundaries", "my-lines"),
        ("support-in-hard-times", "helps-them"),
        ("patience", "need"),
    ]
    assert [(one.id, p.id) for one in LESSONS for p in one.exercise.prompts if p.talk] == opened
    for lesson, _ in (*joint, *opened, ("promises", "given-word")):
        assert "(/help/)" in texts()[lesson]


def test_earlier_answers_come_back_where_they_matter():
    found = {
        one.id: [f"{p.lesson}/{p.prompt}" for p in one.exercise.prompts if isinstance(p, Recall)]
        for one in LESSONS
    }
    assert {id_: places for id_, places in found.items() if places} == RECALLED


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_the_last_question_asks_for_one_small_act(lesson):
    last = lesson.exercise.prompts[-1]
    final = list(last.steps.values())[-1] if last.kind == "sequence" else last.ask
    assert "ne small act" in final


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_each_lesson_cites_one_study_as_it_is(lesson):
    body = texts()[lesson.id].split("\n---\n", 1)[1]
    [note] = re.findall(r"^\[\^1\]: (.*)$", body, re.MULTILINE)
    effect = EVIDENCE[note.replace("*", "")]
    assert re.findall(r"\bd = ([\d.]+\d)", body) == [effect] * bool(effect)
    assert re.findall(r"\d+(?:\.\d+)? ?%|per ?cent", body) == []
