"""Every fault that a lesson file can have: the line, what is wrong, what to write instead."""
# ruff: noqa: E501 - the messages stand here as an author sees them

import pytest

Case = tuple[list[tuple[str, str]], list[str]]
FILE = "trust/02-second/02-second.md"
# Each case: changes to a sound lesson, and the faults they make, from the line number on.


YAML: dict[str, Case] = {
    "tab": (
        [("  intro", "\tintro")],
        ["7: A tab stands before the text. Indent with spaces, two a level."],
    ),
    "colon_in_text": (
        [("A lesson", "Promises: large")],
        [
            '3: A colon before a space makes YAML read a second key in this text. Put the text in quotes, as in title: "Promises: large and small"; a new key begins in the same column as the one above it.'
        ],
    ),
    "open_quote": (
        [("A lesson", '"open')],
        ["3: A quote that was opened is never closed. Close it, with the same sign at both ends."],
    ),
    "quote_in_quotes": (
        [("A lesson", '"a" b')],
        [
            "3: This line does not fit the lines above it. Indent it like its neighbours; a quote inside a quoted text is written twice."
        ],
    ),
    "at": (
        [("A lesson", "@x")],
        ['3: A text cannot begin with "@". Put the whole text in quotes.'],
    ),
    "star": (
        [("A lesson", "*x*")],
        ['3: A text cannot begin with "&", "*" or "!". Put the whole text in quotes.'],
    ),
    "ampersand": (
        [("A lesson", "&x y")],
        [
            '3: A text cannot begin with "&": "&x" has a special meaning in YAML. Put the whole text in quotes.'
        ],
    ),
    "exclamation_mark": (
        [("A lesson", "!x y")],
        [
            '3: A text cannot begin with "!": "!x" has a special meaning in YAML. Put the whole text in quotes.'
        ],
    ),
    "greater_than": (
        [("A lesson", ">x")],
        ['3: A text cannot begin with ">" or "|". Put the whole text in quotes.'],
    ),
    "anchor_and_alias": (
        [("A lesson", "&a b"), ("One sentence.", "*a")],
        [
            '3: A text cannot begin with "&": "&a" has a special meaning in YAML. Put the whole text in quotes.',
            '4: A text cannot begin with "*": "*a" has a special meaning in YAML. Put the whole text in quotes.',
        ],
    ),
    "open_bracket": (
        [("A lesson", "[x")],
        [
            "3: A bracket that was opened is not closed, or a comma is missing. Close it, or put a text that begins with [ or { in quotes."
        ],
    ),
    "no_colon": (
        [("minutes: 8", "minutes 8")],
        [
            '5: A key without a colon stands here. Write "key: value", or indent the line as part of the text above.'
        ],
    ),
    "list_behind_a_key": (
        [("A lesson", "- x")],
        [
            '3: A list cannot begin behind a key on the same line. Put each "- " on a line of its own below the key.'
        ],
    ),
    "key_twice": (
        [("minutes: 8", "minutes: 8\nminutes: 9")],
        [
            '6: The key "minutes" is written twice. It stands on line 5 already: keep one of the two.'
        ],
    ),
    "too_deep": (
        [
            (
                "A lesson",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
            )
        ],
        [
            "3: The YAML is nested more than 12 deep. The front matter needs five levels at most: check the spaces and brackets."
        ],
    ),
    "unknown_escape": (
        [("A lesson", '"\\q"')],
        [
            "3: A backslash in double quotes begins an escape that does not exist. Write \\\\ for a backslash, or use single quotes."
        ],
    ),
    "escape_of_no_character": (
        [("A lesson", '"\\U99999999"')],
        [
            "3: A \\U escape names no character. In double quotes a backslash is special: write \\\\ or use single quotes."
        ],
    ),
    "nul": (
        [("A lesson", "a\x00b")],
        [
            "3: An invisible character (U+0000) stands here. Delete it; it was probably pasted along with something else."
        ],
    ),
    "escaped_control_character": (
        [("A lesson", '"\\x02"')],
        ["3: The text holds an invisible character (U+0002). Delete it, or its \\ escape."],
    ),
    "lone_surrogate": (
        [("A lesson", '"\\ud800"')],
        ["3: The text holds an invisible character (U+D800). Delete it, or its \\ escape."],
    ),
}

KEYS: dict[str, Case] = {
    "unknown_and_missing_key": (
        [("summary", "sumary")],
        [
            '2: "summary" is missing. Add a line "summary: …". One sentence for lists and search.',
            '4: Unknown key "sumary". Did you mean "summary"? Known here: id, title, summary, minutes, exercise, draft, therapist.',
        ],
    ),
    "unknown_key_of_a_prompt": (
        [("      ask", "      hepl: x\n      ask")],
        [
            '11: Prompt "one": unknown key "hepl". Did you mean "help"? Known here: id, ask, help, joint, reveal, talk, kind, size.'
        ],
    ),
    "unknown_key_of_the_exercise": (
        [("  intro", "  intor: x\n  intro")],
        ['7: Unknown key "intor". Did you mean "intro"? Known here: intro, prompts.'],
    ),
    "missing_title": (
        [("title: A lesson\n", "")],
        ['2: "title" is missing. Add a line "title: …". The heading of the page.'],
    ),
    "missing_ask": (
        [("      ask: What do you think?\n", "")],
        ['9: Prompt "one": "ask" is missing. Add a line "ask: …". The question.'],
    ),
    "missing_kind": (
        [("      kind: text\n", "")],
        [
            '9: Prompt "one": "kind" is missing. Add "kind: text", or another of: text, choice, choices, scale, list, table, sequence, letter, recall, pulse, predict, promises.'
        ],
    ),
    "missing_prompt_id": (
        [("- id: one\n      kind", "- kind")],
        [
            '9: Prompt 1: "id" is missing. Add a line "id: …". Permanent; never reused for another question.'
        ],
    ),
    "nothing_for_a_text": (
        [("title: A lesson", "title:")],
        [
            '3: "title" must be a text, not nothing. Write the text behind the colon, or delete the line if it may be left out.'
        ],
    ),
    "true_for_a_text": (
        [("A lesson", "true")],
        ['3: "title" must be a text, not true. Put it in quotes: title: "true".'],
    ),
    "number_for_a_text": (
        [("A lesson", "5")],
        ['3: "title" must be a text, not the number 5. Put it in quotes: title: "5".'],
    ),
    "list_for_a_text": (
        [("A lesson", "[a, b]")],
        [
            '3: "title" must be a text, not a list. Write one text; in quotes if it begins with [ or { or holds a colon and a space.'
        ],
    ),
    "text_for_a_number": (
        [("minutes: 8", "minutes: eight")],
        [
            '5: "minutes" must be a whole number, not the text "eight". Write digits without quotes: minutes: 7.'
        ],
    ),
    "quoted_number": (
        [("minutes: 8", 'minutes: "8"')],
        [
            '5: "minutes" must be a whole number, not the text "8". Write digits without quotes: minutes: 8.'
        ],
    ),
    "opened_with_nothing_to_talk_about": (
        [("kind: text", "kind: text\n      reveal: together")],
        [
            '9: Prompt "one": "talk" is missing. Write "talk:" and below it two or three questions, each after "- ".'
        ],
    ),
    "a_guess_with_nothing_to_talk_about": (
        [("kind: text", "kind: predict\n      guess: What will they say?")],
        [
            '9: Prompt "one": "talk" is missing. Write "talk:" and below it two or three questions, each after "- ".'
        ],
    ),
    "talk_where_nothing_opens": (
        [("kind: text", "kind: text\n      talk: [Why, How]")],
        [
            '11: Prompt "one": "talk" needs answers that open to both. Add "reveal: together", or take "talk" out.'
        ],
    ),
    "one_question_to_talk_about": (
        [("kind: text", "kind: text\n      reveal: together\n      talk: [Why]")],
        [
            '12: Prompt "one": "talk" has 1 entries; it needs at least 2. Add what is missing.',
        ],
    ),
    "four_questions_to_talk_about": (
        [("kind: text", "kind: text\n      reveal: together\n      talk: [Why, How, When, Who]")],
        ['12: Prompt "one": "talk" has 4 entries; at most 3 can be used. Take some out.'],
    ),
    "a_text_to_talk_about": (
        [("kind: text", "kind: text\n      reveal: together\n      talk: Why")],
        [
            '12: Prompt "one": "talk" must be a list, not the text "Why". Write "talk:" and below it each item after "- ".'
        ],
    ),
    "a_number_to_talk_about": (
        [("kind: text", "kind: text\n      reveal: together\n      talk: [Why, 7]")],
        ['12: Prompt "one": "talk" must be a text, not the number 7. Put it in quotes: "7".'],
    ),
    "a_pulse_to_open": (
        [("kind: text\n      ask: What do you think?", "kind: pulse\n      reveal: together")],
        [
            '11: Prompt "one": "reveal" cannot be used with the kind pulse. Take the line out; it belongs to a prompt that keeps an answer of its own.'
        ],
    ),
    "number_too_small": (
        [("minutes: 8", "minutes: 0")],
        ['5: "minutes" must be at least 1, not the number 0. Write a number that is at least 1.'],
    ),
    "no_for_true_or_false": (
        [("minutes: 8", "minutes: 8\ndraft: no")],
        ['6: "draft" must be true or false, not the text "no". Write draft: false.'],
    ),
    "no_prompts": (
        [
            (
                "  prompts:\n    - id: one\n      kind: text\n      ask: What do you think?\n",
                "  prompts: []\n",
            )
        ],
        ['8: "prompts" has 0 entries; it needs at least 1. Add what is missing.'],
    ),
    "nothing_for_a_list": (
        [
            (
                "  prompts:\n    - id: one\n      kind: text\n      ask: What do you think?\n",
                "  prompts:\n",
            )
        ],
        [
            '8: "prompts" must be a list, not nothing. Write "prompts:" and below it each item after "- ".'
        ],
    ),
    "text_for_a_prompt": (
        [("    - id: one\n      kind: text\n      ask: What do you think?\n", "    - hello\n")],
        [
            '9: Prompt 1 must be a block of keys, not the text "hello". Write lines such as "name: Text".'
        ],
    ),
    "unknown_kind": (
        [("kind: text", "kind: txt")],
        [
            '10: Prompt "one": unknown kind "txt". Did you mean "text"? Known: text, choice, choices, scale, list, table, sequence, letter, recall, pulse, predict, promises.'
        ],
    ),
    "scale_with_one_step": (
        [("kind: text", "kind: scale\n      steps: 1\n      low: a\n      high: b")],
        [
            '11: Prompt "one": "steps" must be at least 2, not the number 1. Write a number that is at least 2.'
        ],
    ),
    "choice_without_options": (
        [("kind: text", "kind: choice")],
        [
            '9: Prompt "one": "options" is missing. Add a line "options: …". Permanent ids with their labels.'
        ],
    ),
    "choice_with_no_option": (
        [("kind: text", "kind: choice\n      options: {}")],
        ['11: Prompt "one": "options" has 0 entries; it needs at least 1. Add what is missing.'],
    ),
    "options_as_a_list": (
        [("kind: text", "kind: choice\n      options:\n        - a\n        - b")],
        [
            '11: Prompt "one": "options" must be a block of keys, not a list. Write "options:" and below it, indented, lines such as "name: Text".'
        ],
    ),
    "option_ids_and_labels": (
        [
            (
                "kind: text",
                "kind: choice\n      options:\n        A b: x\n        c: true\n        no: No",
            )
        ],
        [
            '12: Prompt "one": "A b" may hold small letters, digits and single hyphens, not the text "A b". Write a-b.',
            '13: Prompt "one": "c" must be a text, not true. Put it in quotes: c: "true".',
        ],
    ),
    "more_than_all_options": (
        [("kind: text", "kind: choices\n      most: 3\n      options:\n        a: x")],
        ['9: Prompt "one": most is 3, but only 1 options are offered. Leave most out.'],
    ),
    "unknown_size": (
        [("kind: text", "kind: text\n      size: big")],
        ['11: Prompt "one": "size" cannot be the text "big". Write short or long.'],
    ),
    "bad_prompt_id": (
        [("- id: one", "- id: One Two")],
        [
            '9: Prompt "One Two": "id" may hold small letters, digits and single hyphens, not the text "One Two". Write one-two.'
        ],
    ),
    "bad_lesson_id": (
        [("id: second", "id: Sec ond")],
        [
            '2: "id" may hold small letters, digits and single hyphens, not the text "Sec ond". Write sec-ond.'
        ],
    ),
    "too_long": (
        [
            (
                "A lesson",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            )
        ],
        ['3: "title" is 700 characters long. Shorten it to 600.'],
    ),
}

IDS: dict[str, Case] = {
    "prompt_id_twice": (
        [
            (
                "    - id: one\n      kind: text\n      ask: What do you think?\n",
                "    - id: one\n      kind: text\n      ask: What do you think?\n    - id: one\n      kind: text\n      ask: What do you think?\n",
            )
        ],
        [
            '12: The prompt id "one" is used twice. Line 9 has it already: give this prompt an id of its own.'
        ],
    ),
    "lesson_id_twice": (
        [("id: second", "id: first")],
        [
            '2: The lesson id "first" is used twice. trust/01-first/01-first.md:2 has it already; ids are unique across all courses.'
        ],
    ),
    "recall_of_an_unknown_lesson": (
        [("kind: text", "kind: recall\n      lesson: frist\n      prompt: one")],
        [
            '11: Prompt "one" recalls an unknown lesson, "frist". Did you mean "first"? Write the "id:" of a lesson, not its slug.'
        ],
    ),
    "recall_of_an_unknown_prompt": (
        [("kind: text", "kind: recall\n      lesson: first\n      prompt: on")],
        [
            '12: Prompt "one" recalls an unknown prompt of "first", "on". Did you mean "one"? It has: one.'
        ],
    ),
    "recall_of_a_recall": (
        [
            (
                "- id: one\n      kind: text",
                "- id: a\n      kind: recall\n      lesson: second\n      prompt: one\n      ask: x\n    - id: one\n      kind: recall\n      lesson: first\n      prompt: one",
            )
        ],
        [
            '12: Prompt "a" recalls "one", which only recalls another. Recall the prompt in which the answer was written.'
        ],
    ),
}

BODY: dict[str, Case] = {
    "no_text": (
        [("The text.\n", "  \n")],
        ['13: The lesson has no text. Write the lesson below the second "---".'],
    ),
    "html_block": (
        [("The text.", "The text.\n\n<div>\nx <b>y</b>\n</div>")],
        [
            "15: Raw HTML cannot be used: <div> stands here. Use Markdown instead; to show the sign itself, write &lt;.",
            "16: Raw HTML cannot be used: <b> stands here. Use Markdown instead; to show the sign itself, write &lt;.",
            "17: Raw HTML cannot be used: </div> stands here. Use Markdown instead; to show the sign itself, write &lt;.",
        ],
    ),
    "script": (
        [("The text.", "<script>alert(1)</script>")],
        [
            "13: Raw HTML cannot be used: <script> stands here. Use Markdown instead; to show the sign itself, write &lt;."
        ],
    ),
    "comment": (
        [("The text.", "a <!-- b -->")],
        [
            "13: Raw HTML cannot be used: <!-- b --> stands here. Use Markdown instead; to show the sign itself, write &lt;."
        ],
    ),
    "remote_picture": (
        [("The text.", "![x](https://example.org/x.png)")],
        [
            "13: A picture from another place cannot be shown, such as https://example.org/x.png here. Put it under static/ and write its address as /static/…"
        ],
    ),
    "remote_picture_by_reference": (
        [("The text.", "![x][r]\n\n[r]: //example.org/x.png")],
        [
            "15: A picture from another place cannot be shown, such as //example.org/x.png here. Put it under static/ and write its address as /static/…"
        ],
    ),
    "lost_picture": (
        [("The text.", "![x](x.png)")],
        [
            "13: The picture x.png would not be found. Put it under static/ and write its address as /static/…"
        ],
    ),
    "script_as_link": (
        [("The text.", "[x](javascript:alert)")],
        [
            '13: A link cannot begin with "javascript:". Write an address that begins with https:// or /.'
        ],
    ),
    "first_level_heading": (
        [("The text.", "x\n\n# The text")],
        [
            '15: A heading of the first level stands in the text. The title is set for you: begin headings with "##".'
        ],
    ),
    "underlined_heading": (
        [("The text.", "x\n\nThe text\n===")],
        [
            '15: A heading of the first level stands in the text. The title is set for you: begin headings with "##".'
        ],
    ),
    "footnote_without_text": (
        [("The text.", "The text.[^1]")],
        ['13: The footnote [^1] has no text. Add "[^1]: …".'],
    ),
    "footnote_without_place": (
        [("The text.", "The text.\n\n[^1]: A source.")],
        ["15: Nothing refers to the footnote [^1]. Write [^1] where it belongs, or delete it."],
    ),
    "html_in_the_intro": (
        [("*ten*", "<b>ten</b>")],
        [
            "7: Raw HTML cannot be used: <b> stands here. Use Markdown instead; to show the sign itself, write &lt;."
        ],
    ),
    "heading_in_the_intro": (
        [("Take *ten* minutes.", "|\n    # Hello\n\n    World")],
        ["7: A heading cannot stand here. Write a plain paragraph."],
    ),
}


@pytest.mark.parametrize("case", [*YAML, *KEYS, *IDS, *BODY])
def test_fault(content, case):
    changes, expected = (YAML | KEYS | IDS | BODY)[case]
    assert content.broken(*changes) == [f"{FILE}:{fault}" for fault in expected]
    assert content.slugs() == ["first"]


@pytest.mark.parametrize("text", ["no", "yes", "on", "2026-11-23", "12:30", "1_000", "07 May"])
def test_what_yaml_1_1_would_read_as_something_else_is_a_text(content, text):
    assert content.broken(("A lesson", text)) == []
    assert content.load().lesson_by_id("second").title == text


def test_all_faults_of_all_files_are_told_at_once(content):
    content.lesson("01-first/02-x.md", "x", ("minutes: 8", "minutes: 0"), ("The text.", "<b>"))
    content.lesson("02-second/01-y.md", "y", ("A lesson", "true"))
    assert [fault.partition(". ")[0] for fault in content.faults()] == [
        'trust/01-first/02-x.md:5: "minutes" must be at least 1, not the number 0',
        "trust/01-first/02-x.md:13: Raw HTML cannot be used: <b> stands here",
        'trust/02-second/01-y.md:3: "title" must be a text, not true',
    ]


def test_code_is_not_html(content):
    assert content.broken(("The text.", "Write `<b>` or\n\n    <b>\n\nand 1 < 2 > 0.")) == []


def test_a_published_lesson_cannot_recall_a_draft(content):
    content.lesson("01-first/02-draft.md", "draft", ("minutes: 8", "minutes: 8\ndraft: true"))
    recall = ("kind: text", "kind: recall\n      lesson: draft\n      prompt: one")
    message = 'Prompt "one" recalls "draft", which is a draft.'
    hint = "Publish that lesson first, or make this one a draft as well."
    assert content.broken(recall) == [f"{FILE}:11: {message} {hint}"]
    assert content.broken(recall, ("minutes: 8", "minutes: 8\ndraft: true")) == []


def test_the_recall_of_a_lesson_with_faults_is_no_fault_of_its_own(content):
    content.lesson("01-first/02-broken.md", "broken", ("minutes: 8", "minutes: 0"))
    recall = ("kind: text", "kind: recall\n      lesson: broken\n      prompt: one")
    assert [fault.partition(":")[0] for fault in content.broken(recall)] == [
        "trust/01-first/02-broken.md"
    ]
