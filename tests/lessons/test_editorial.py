"""What an editor would say of a lesson: each rule, its place and what to write instead."""

import random

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from lessons.checks import edited
from lessons.loading import load
from lessons.prose import reading_ease, sentences, words_of
from tests.servers.places import ROOT

SHORT = """\
an arm bread came cloud door each fish gate hand ink jar key late moon note oak path queen road
sand tea up vine wall year zinc boat cup dust east field green hill ice just kind lamp milk noon
"""
SOUND = (("minutes: 8", "minutes: 7"), ("do you think?", "do you think?\n      help: One line."))
"""Makes the lesson of these tests one that an editor would let pass."""


@pytest.fixture(autouse=True)
def _content(content, settings):
    settings.CONTENT_DIRS, settings.LEGAL_DIR = [content.root], content.root / "legal"
    content.write("legal/privacy.md", "Text")
    content.write("legal/terms.md", "Text")
    first(content)


def prose(words, seed=0):
    """Sentences of ten short words, five to a paragraph, and never the same ones."""
    said = random.Random(seed).choices(SHORT.split(), k=words)
    cut = [" ".join(said[at : at + 10]).capitalize() + "." for at in range(0, words, 10)]
    return "\n\n".join(" ".join(cut[at : at + 5]) for at in range(0, len(cut), 5))


def note(text):
    """``text`` with a footnote, which is not counted."""
    return f"{text}[^1]\n\n[^1]: {prose(50, 'note')}"


def first(content, *changes, text=None):
    """Writes the lesson ``first``; its text begins on line 14."""
    text = note(prose(800)) if text is None else text
    return content.lesson("01-first/01-first.md", "first", ("The text.", text), *SOUND, *changes)


def second(content, text, *changes):
    """Writes another one."""
    name = "02-second/02-second.md"
    return content.lesson(name, "second", ("The text.", text), *SOUND, *changes)


def faults(content):
    """Place, message and hint of all faults, with their codes."""
    with edited():
        errors = run_checks(tags=["content"])
    root = f"{content.root}/"
    told = [(str(error.id), error.msg, str(error.hint)) for error in errors]
    return [tuple(part.replace(root, "") for part in parts) for parts in told]


FIRST = "trust/01-first/01-first.md"


def test_a_sound_lesson_passes(content):
    assert faults(content) == []


@pytest.mark.parametrize("words", [700, 1_200])
def test_as_short_and_as_long_as_may_be(content, words):
    minutes = ("minutes: 7", f"minutes: {words // 200 + 3}")
    first(content, minutes, text=note(prose(words)))
    assert faults(content) == []


def test_too_short(content):
    first(content, ("minutes: 7", "minutes: 6"), text=note(prose(699)))
    message = f"{FIRST}:14: The text has 699 words; a lesson has 700 to 1,200."
    hint = "Write 1 more, or make it part of another lesson."
    assert faults(content) == [("trustbook.E001", message, hint)]


def test_too_long(content):
    first(content, ("minutes: 7", "minutes: 9"), text=note(prose(1_201)))
    message = f"{FIRST}:14: The text has 1,201 words; a lesson has 700 to 1,200."
    assert faults(content) == [("trustbook.E001", message, "Cut 1, or divide it in two.")]


def test_headings_and_notes_are_not_counted(content):
    long_note = f"[^2]: {prose(300, 2)}".replace("\n\n", "\n\n    ")
    text = f"## {prose(40, 1)}\n\n{prose(800)}[^2]\n\n{long_note}"
    first(content, text=text)
    assert faults(content) == []


@pytest.mark.parametrize(("minutes", "wrong"), [(5, True), (6, False), (8, False), (9, True)])
def test_minutes_that_do_not_match_the_words(content, minutes, wrong):
    first(content, ("minutes: 7", f"minutes: {minutes}"))
    message = f"{FIRST}:5: Reading and writing take about 7 minutes, not {minutes}."
    expected = [("trustbook.E002", message, 'Write "minutes: 7".')]
    assert faults(content) == (expected if wrong else [])


@pytest.mark.parametrize(("hard", "wrong"), [(22, False), (23, True)])
def test_hard_to_read(content, hard, wrong):
    sentence = "Notwithstanding considerable organisational complexity, reliability predominates. "
    longest = "We sat by the sea and ate our bread in the sun."
    first(content, text=note(f"{prose(700)}\n\n{sentence * hard}\n\n{longest}"))
    message = f"{FIRST}:44: The text has a reading ease of 58.1 (Flesch); 60 is the least."
    hint = "Write shorter sentences and plainer words; the longest sentence is here, of 12 words."
    assert faults(content) == ([("trustbook.E003", message, hint)] if wrong else [])


def test_no_source(content):
    first(content, text=prose(800))
    hint = 'Name the source of what it claims: "[^1]" in the text, "[^1]: …" below.'
    message = f"{FIRST}:14: The text has no footnote."
    assert faults(content) == [("trustbook.E004", message, hint)]


@pytest.mark.parametrize(
    "claim",
    [
        *("Studies show", "Research  has", "researchers", "psychologists"),
        *("70 % of", "12 per cent of", "d = 0"),
    ],
)
def test_a_claim_that_names_no_source_though_another_does(content, claim):
    text = f"Some say so,\nand {claim}.7 or so of all trust is tea."
    first(content, text=f"{text}[^1]\n\n{note(prose(800))}")
    assert faults(content) == []
    first(content, text=f"{text}\n\n{note(prose(800))}")
    message = f'{FIRST}:15: "{" ".join(claim.split())}" stands in a paragraph without a footnote.'
    hint = 'Name the study, "[^1]" here and "[^1]: …" below, or say it as your own opinion.'
    assert faults(content) == [("trustbook.E004", message, hint)]


def test_what_only_looks_like_a_claim(content):
    scene = "He studies law, 12 per cent off, and research is her trade. She went to study the jar."
    first(content, text=f"{scene}\n\n{note(prose(800))}")
    assert faults(content) == []


def test_a_prompt_without_help(content):
    first(content, ("      help: One line.\n", ""), text=note(prose(800)))
    hint = 'Add "help: …" with a size, such as "Two sentences are enough."'
    message = f'{FIRST}:9: Prompt "one" has no help line.'
    assert faults(content) == [("trustbook.E005", message, hint)]


def test_what_needs_no_help(content):
    others = """help: One line.
    - {id: week, kind: pulse}
    - {id: back, kind: recall, ask: Then, lesson: first, prompt: one}"""
    first(content, ("help: One line.", others))
    assert faults(content) == []


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("/hlep/", 'Did you mean "/help/"? '),
        ("/legal/imprint/", ""),
        ("/lessons/trust/frist/", 'Did you mean "/lessons/trust/first/"? '),
        ("/lessons/trost/", ""),
        ("#a-hedding", 'Did you mean "#a-heading"? '),
        ("/lessons/trust/first/#a-hedding", 'Did you mean "/lessons/trust/first/"? '),
        ("01-first.md", ""),
        ("/workbook/trust/frist/", 'Did you mean "/lessons/trust/first/"? '),
        ("/lessons/trust/draft/", 'Did you mean "/lessons/trust/first/"? '),
        ("/static/no.png", ""),
    ],
)
def test_a_dead_link(content, address, hint):
    second(content, note(prose(800, 5)), ("minutes: 7", "minutes: 7\ndraft: true"))
    (content.root / "trust/02-second/02-second.md").rename(
        content.root / "trust/02-second/02-draft.md"
    )
    first(content, text=f"## A heading\n\n{note(prose(800))}\n\nSee [this]({address}).")
    [(code, message, said)] = faults(content)
    line = (content.root / FIRST).read_text().splitlines().index(f"See [this]({address}).") + 1
    assert code == "trustbook.E006"
    assert message == f'{FIRST}:{line}: The link "{address}" leads nowhere on this site.'
    if hint:
        assert said == f"{hint}Write an address such as /help/ or #a-heading."


@pytest.mark.parametrize(
    "address",
    [
        *("/help/", "/legal/terms/", "/", "/lessons/", "/lessons/trust/", "/workbook/"),
        *("/lessons/trust/second/", "/lessons/trust/second/#there", "../second/", "#a-heading"),
        *("https://example.org/x", "mailto:a@example.org", "tel:112", "/static/css/base.css"),
    ],
)
def test_a_link_that_leads_somewhere(content, address):
    second(content, f"## There\n\n{note(prose(800, 5))}")
    first(content, text=f"## A heading\n\n{note(prose(800))}\n\nSee [this]({address}).")
    assert faults(content) == []


def test_a_dead_link_above_the_exercise(content):
    first(content, ("intro: Take *ten* minutes.", "intro: See [this](/hlep/)."))
    message = f'{FIRST}:7: The link "/hlep/" leads nowhere on this site.'
    hint = 'Did you mean "/help/"? Write an address such as /help/ or #a-heading.'
    assert faults(content) == [("trustbook.E006", message, hint)]


ASK = ("What do you think?", "What else?")
INTRO = ("Take *ten* minutes.", "Take five.")


def test_words_of_another_lesson(content):
    own = prose(790, 1)
    lines = (content.root / FIRST).read_text().splitlines()
    second(content, note(f"{own}\n\nOnce more: {lines[15]}"), ASK, INTRO)
    here = own.count("\n") + 16
    eight = " ".join(lines[15].split()[:8])
    message = f'trust/02-second/02-second.md:{here}: "{eight}" also stands in {FIRST}:16.'
    hint = "Say it in other words in one of the two."
    assert faults(content) == [("trustbook.E007", message, hint)]


def test_seven_words_of_another_lesson_and_ones_own_words_again_pass(content):
    seven = " ".join((content.root / FIRST).read_text().splitlines()[15].split()[:7])
    again = "An old friend of mine said so at dinner."
    text = note(f"{prose(790, 1)}\n\n{seven}.\n\n{again}\n\n{again}")
    second(content, text, ASK, INTRO)
    assert faults(content) == []


def test_a_question_of_another_lesson(content):
    same = ("What do you think?", "What did you think of it\n        when you were small?")
    first(content, same)
    second(content, note(prose(800, 1)), same, INTRO)
    message = 'trust/02-second/02-second.md:11: "What did you think of it when you"'
    hint = "Say it in other words in one of the two."
    expected = ("trustbook.E007", f"{message} also stands in {FIRST}:11.", hint)
    assert faults(content) == [expected]


@pytest.mark.parametrize(
    ("changes", "line", "key"),
    [
        ([("One sentence.", "{}")], 4, "summary"),
        ([("kind: text", "kind: predict\n      talk: [Why, How]\n      guess: {}")], 12, "guess"),
        ([("kind: text", "kind: text\n      reveal: together\n      talk: [Why, {}]")], 12, "talk"),
        ([("kind: text", "kind: choice\n      options:\n        it: {}")], 12, "an option"),
        ([("kind: text", "kind: sequence\n      steps:\n        it: {}")], 12, "a step"),
    ],
)
def test_other_words_of_another_lesson(content, changes, line, key):
    words = "Who of the two of us will bring home the bread"
    same = [(old, new.format(words)) for old, new in changes]
    first(content, *same)
    second(content, note(prose(800, 1)), *same, ASK, INTRO)
    message = f'trust/02-second/02-second.md:{line}: "Who of the two of us will bring"'
    hint = "Say it in other words in one of the two."
    expected = ("trustbook.E007", f"{message} also stands in {FIRST}:{line}.", hint)
    assert faults(content) == [expected], key


def test_drafts_and_broken_lessons_are_left_to_their_authors(content):
    second(content, "Short.", ("minutes: 7", "minutes: 7\ndraft: true"))
    assert faults(content) == []
    content.write("trust/02-second/02-second.md", (content.root / FIRST).read_text())
    assert [code for code, *_ in faults(content)] == ["trustbook.C004"]
    second(content, "Short.", ("minutes: 7", "minutes: 0"))
    assert [code for code, *_ in faults(content)] == ["trustbook.C003"]


def test_only_the_check_command_asks_and_the_lesson_is_served_all_the_same(content, settings):
    first(content, text="Too short.")
    with pytest.raises(SystemCheckError, match=r"01-first\.md:14: The text has 2 words"):
        call_command("check", tags=["content"])
    assert run_checks(tags=["content"]) == []
    assert load(settings.CONTENT_DIRS)[0].lesson_by_id("first") is not None


def test_the_courses_that_come_with_it_pass(settings, monkeypatch):
    settings.CONTENT_DIRS, settings.LEGAL_DIR = [ROOT / "content"], ROOT / "content" / "legal"
    monkeypatch.chdir(ROOT)
    with edited():
        assert run_checks(tags=["content"]) == []


@pytest.mark.parametrize(
    ("markdown", "spoken"),
    [
        ("One *two* [three](/four/)[^5].", ["One two three"]),
        ("“Where?” she asked. It’s 1,200 … or so.", ["Where she asked", "It’s 1,200 or so"]),
        ("# No\n\nYes\n- a self-made list\n- of two\n\n[^1]: No.\n    No.\n\nYes!",
         ["Yes", "a self-made list", "of two", "Yes"]),
    ],
)  # fmt: skip
def test_what_is_read_aloud(markdown, spoken):
    read = [" ".join(word.text for word in part) for part in sentences(words_of(markdown, 1))]
    assert read == spoken


def test_the_reading_ease_is_that_of_flesch():
    # Thirteen words, two sentences, sixteen syllables: 206.835 - 1.015·6.5 - 84.6·16/13
    text = "The cat sat on the mat. Nobody knew what it wanted of us."
    assert len(words_of(text, 1)) == 13
    assert reading_ease(words_of(text, 1)) == pytest.approx(96.11, abs=0.01)
