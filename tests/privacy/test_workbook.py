"""The PDF workbook: tagged, in every script that the fonts have, and text is never code."""

import json
import re
import subprocess
from datetime import UTC, date, datetime, timedelta

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.privacy.pdf import Pdf
from trustbook.accounts.models import User
from trustbook.lib import typeset, typesetting
from trustbook.lib.export import Chapter, Curve, Entry
from trustbook.lib.graphemes import clusters
from trustbook.privacy import workbook

NOW = datetime(2026, 5, 3, 10, 15, tzinfo=UTC)
PERSON = User(display_name="Åsa")
GAPS = re.compile(r"(\d+differentsigns|Onesign)cannotbedrawn")


def chapter(*texts: str, title: str = "A lesson", curves: tuple[Curve, ...] = ()) -> Chapter:
    """A lesson with these answers."""
    entries = tuple(Entry("What was asked?", text, NOW) for text in texts)
    return Chapter("x", title, "A course, lesson 1 of 2", entries=entries, curves=curves)


def made(*chapters: Chapter, person: User = PERSON) -> Pdf:
    """The PDF of these chapters, without a process of its own."""
    [volume] = workbook.volumes(chapters)
    data = workbook.data_of(person, volume, NOW, "")
    return Pdf(typeset.drawn(workbook.TEMPLATE, json.loads(json.dumps(data)), int(NOW.timestamp())))


def without_blanks(text: str) -> str:
    """Where lines are broken, and how wide blanks are, says nothing."""
    return re.sub(r"[\s\u200b]", "", text)


def shown(*texts: str) -> str:
    """What a PDF of these texts says."""
    return without_blanks(made(chapter(*texts)).text())


def test_it_is_tagged_and_says_what_it_is():
    pdf = made(chapter("One", "Two"))
    about = re.search(rb"<\?xpacket.*?<\?xpacket end", pdf.whole, re.DOTALL)
    assert about is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in about[0]
    assert b"/Lang(en)" in pdf.whole
    assert b"/MarkInfo<</Marked true/Suspects false>>" in pdf.whole
    assert b"/Title(Workbook)" in pdf.whole
    assert b"/DisplayDocTitle true" in pdf.whole
    assert pdf.tags().count("H1") == 2  # the contents, and the lesson
    assert pdf.tags().count("H2") == 2
    assert "TOC" in pdf.tags()


def test_what_is_in_it():
    text = shown("I was open.", "")
    for said in ("Workbook", "Åsa", "As of 3 May 2026", "A lesson", "A course, lesson 1 of 2"):
        assert without_blanks(said) in text
    for said in ("What was asked?", "I was open.", "Emptied.", "Saved 3 May 2026, 10:15"):
        assert without_blanks(said) in text


def test_nothing_written_yet():
    assert "Nothingiswrittenyet." in without_blanks(made().text())


def test_what_is_not_for_print_is_not_in_it():
    secret = Chapter("account", "Your account", facts=[("E-mail", "a@b")], printed=False)
    assert "account" not in made(chapter("One"), secret).text()


HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "*bold* _thin_ `raw` $x^2$ <label> @ref // comment /* more */",
    "= Heading\n- item\n+ item\n/ term: said",
    "#{ panic() }",
    "\\u{41} \\ ~ -- --- '\"",
    "#show: it => []",
    "]]]}}})))",
    "https://example.org/#x",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_set_as_it_is_typed(text):
    plain = shown(text)
    assert without_blanks(text) in plain
    assert "root:" not in plain


@pytest.mark.parametrize("text", HOSTILE)
def test_so_are_names_titles_and_questions(text):
    line = text.replace("\n", " ")
    asked = Chapter("x", line, line, entries=(Entry(line, "Said.", NOW),))
    plain = without_blanks(made(asked, person=User(display_name=line)).text())
    # On the cover, in the contents, then as title, line under it, and question.
    assert plain.count(without_blanks(line)) == 5


SCRIPTS = {
    "Latin": "Zażółć gęślą jaźń, ß, ø, ő",
    "Greek": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
    "Cyrillic": "Съешь же ещё этих мягких булок",
    "Hebrew": "שלום",
    "Arabic": "مرحبا",
    "Chinese": "我们一起",
    "Japanese": "いっしょに歩く",
    "Korean": "함께",
    "emoji": "\N{GRINNING FACE}",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_set_or_said_to_be_missing(script):
    text = shown(SCRIPTS[script])
    said = without_blanks(SCRIPTS[script])
    drawn = said in text or said[::-1] in text
    missing = bool(GAPS.search(text)) and typeset.BOX in text
    assert (drawn, missing) in ((True, False), (False, True))
    if script in ("Latin", "Greek", "Cyrillic"):
        assert drawn


def test_a_missing_sign_is_a_box_and_the_cover_says_so():
    # What Unicode has given to nobody, a control character, and what is no character.
    pdf = made(chapter("tea \u0378 and \x07 and \ufffe tea"))
    text = without_blanks(pdf.text())
    assert b"pdfuaid" in pdf.whole
    assert f"{typeset.BOX}and{typeset.BOX}tea" in text
    assert GAPS.search(text)
    assert "TheMarkdownfilesthatcamewithitarecomplete." in text


@pytest.mark.parametrize("sign", ["\x01", "\x1f", "\x9f", "\ufffe"])
def test_an_invisible_control_is_a_box_and_is_counted(sign):
    text = shown(f"a{sign}b")
    assert f"a{typeset.BOX}b" in text
    assert GAPS.search(text)


@pytest.mark.parametrize("sign", ["\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_other_ends_of_lines_are_blanks(sign):
    assert "ab" in shown(f"a{sign}b")


@pytest.mark.parametrize("reason", ['the text `"我"` could not be displayed', "another reason"])
def test_what_stands_in_the_way_of_ua_alone_is_no_reason_for_none(monkeypatch, reason):
    original = typeset._set

    def strict(template, data, stamp, standard):
        if standard:
            raise typst.TypstError(reason, reason)
        return original(template, data, stamp, standard)

    monkeypatch.setattr(typeset, "_set", strict)
    pdf = made(chapter("Said once."))
    assert "Saidonce." in without_blanks(pdf.text())
    assert b"/StructTreeRoot" in pdf.whole
    assert b"pdfuaid" not in pdf.whole


def test_letters_beside_a_missing_accent_stay(monkeypatch):
    monkeypatch.setattr(typeset, "families", lambda: ["Libertinus Serif"])
    monkeypatch.setattr(typeset, "fonts", lambda: typst.Fonts(include_system_fonts=False))
    text = shown("here and there: e\N{COMBINING ENCLOSING CIRCLE} \N{GRINNING FACE} 我")
    assert f"hereandthere:{typeset.BOX * 3}" in text
    assert "3differentsignscannotbedrawn" in text


def test_a_long_workbook_comes_in_volumes(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_IN_A_VOLUME", 1_000)
    texts = ["a" * 300, "b" * 300, "c" * 300, "d" * 3_000, "e" * 300]
    secret = Chapter("account", "Your account", printed=False)
    curve = curves(2, Openness=5)
    found = [
        chapter(*texts[:2], title="One", curves=curve),
        secret,
        chapter(*texts[2:], title="Two"),
    ]
    assert [
        [(part.title, "".join(entry.said[0] for entry in part.entries)) for part in volume]
        for volume in workbook.volumes(found)
    ] == [
        [("One", "ab")],
        [("Two", "c")],
        [("Two (continued)", "d")],
        [("Two (continued)", "e")],
    ]
    kept = [part for volume in workbook.volumes(found) for part in volume]
    assert [part.curves for part in kept] == [curve, (), (), ()]


def test_a_volume_says_which_it_is():
    pdf = Pdf(workbook.pdf(PERSON, [chapter("One")], NOW, "Part 2 of 3"))
    assert "Part2of3" in without_blanks(pdf.text())
    assert [len(volume) for volume in workbook.volumes([])] == [0]


def test_it_is_set_by_a_process_that_knows_no_secret(monkeypatch):
    asked = []
    run = subprocess.run

    def noted(*args, **options):
        asked.append((args, options))
        return run(*args, **options)

    monkeypatch.setattr(subprocess, "run", noted)
    monkeypatch.setenv("TRUSTBOOK_MASTER_KEYS", "a secret")
    text = Pdf(workbook.pdf(PERSON, [chapter("Said once.")], NOW)).text()
    [(args, options)] = asked
    assert "Said once." in text
    assert set(options["env"]) <= set(typesetting.KNOWN_TO_THE_PROCESS)
    assert "Said" not in str(args)


@pytest.mark.parametrize("fault", [OSError(), subprocess.TimeoutExpired("x", 1, b"Said once.")])
def test_what_could_not_be_set_says_nothing_of_its_text(monkeypatch, fault):
    def broken(*_, **__):
        raise fault

    monkeypatch.setattr(subprocess, "run", broken)
    with pytest.raises(workbook.NotSet) as caught:
        workbook.pdf(PERSON, [chapter("Said once.")], NOW)
    assert str(caught.value) == type(fault).__name__


def test_a_process_that_fails_is_noticed(monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(workbook.NotSet, match="CalledProcessError"):
        workbook.pdf(PERSON, [], NOW)


def test_a_word_without_end_stays_on_the_page():
    pdf = made(chapter("a" * 20_000))
    assert without_blanks(pdf.text()).count("a") >= 20_000
    assert 5 <= len(pdf.pages) <= 15


def test_twenty_thousand_characters_of_prose_are_all_there():
    words = [f"word{number}." for number in range(2_000)]
    text = shown(" ".join(words))
    assert [word for word in words if word not in text] == []


def curves(weeks: int, **numbers: int | None) -> tuple[Curve, ...]:
    """A curve a name, the same number every week."""
    days = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(weeks)]
    return tuple(
        Curve(name, f"I was {name}.", 7, tuple((day, number) for day in days))
        for name, number in numbers.items()
    )


def test_curves_have_words_and_a_table():
    pdf = made(chapter(curves=curves(3, Openness=5, Support=None)))
    said = [text.decode("utf-16") for text in alternatives(pdf)]
    assert said == [
        "Openness over 3 weeks: from 5 to 5, the lowest 5, the highest 5.",
        "Support over 3 weeks: no answer.",
    ]
    assert pdf.tags().count("Figure") == 2
    assert (pdf.tags().count("TR"), pdf.tags().count("TH"), pdf.tags().count("TD")) == (4, 3, 9)


def alternatives(pdf: Pdf) -> list[bytes]:
    """What is said instead of each picture."""
    plain = re.findall(rb"/S/Figure[^\n]*?/Alt\(((?:[^()\\]|\\.)*)\)", pdf.whole)
    coded = re.findall(rb"/S/Figure[^\n]*?/Alt<([0-9A-F]+)>", pdf.whole)
    return [text.decode().encode("utf-16") for text in plain] + [
        bytes.fromhex(text.decode()) for text in coded
    ]


def test_one_week_alone():
    assert made(chapter(curves=curves(1, Openness=1))).tags().count("Figure") == 1


def test_right_to_left_begins_at_the_right():
    paragraph = typesetting._paragraph
    assert paragraph("- שלום abc")["right_to_left"] is True
    assert paragraph("abc שלום")["right_to_left"] is False
    assert paragraph("1. مرحبا")["right_to_left"] is True
    assert paragraph("123")["right_to_left"] is False


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301e", ["e\u0301", "e"]),
        ("\U0001f1e9\U0001f1ea\U0001f1eb", ["\U0001f1e9\U0001f1ea", "\U0001f1eb"]),
        ("\U0001f469\u200d\U0001f467x", ["\U0001f469\u200d\U0001f467", "x"]),
        ("\U0001f44d\U0001f3fd", ["\U0001f44d\U0001f3fd"]),
        ("", []),
    ],
)
def test_signs(text, parts):
    assert list(clusters(text)) == parts


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=10))
def test_whatever_is_typed_a_pdf_is_made(texts, name):
    pdf = made(chapter(*texts, title=name or "x"), person=User(display_name=name))
    assert pdf.whole.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in pdf.whole
