"""What PyYAML's messages mean for an author, and what to write instead."""

import re

import yaml

QUOTES = (
    'Put the text in quotes, as in title: "Promises: large and small"; '
    "a new key begins in the same column as the one above it."
)
UNKNOWN = (
    "The YAML cannot be understood here",
    "Compare this line and the one above it with a lesson that works.",
)

# The first words that occur in PyYAML's message decide. Read from scanner.py and parser.py of
# PyYAML 6.0.
MEANINGS: dict[str, tuple[str, str]] = {
    "mapping values are not allowed here": (
        "A colon before a space makes YAML read a second key in this text",
        QUOTES,
    ),
    "sequence entries are not allowed here": (
        "A list cannot begin behind a key on the same line",
        'Put each "- " on a line of its own below the key.',
    ),
    "could not find expected ':'": (
        "A key without a colon stands here",
        'Write "key: value", or indent the line as part of the text above.',
    ),
    "found unexpected end of stream": (
        "A quote that was opened is never closed",
        "Close it, with the same sign at both ends.",
    ),
    "found unexpected document separator": (
        "A quote that was opened is never closed",
        "Close it, with the same sign at both ends.",
    ),
    "found unknown escape character": (
        "A backslash in double quotes begins an escape that does not exist",
        r"Write \\ for a backslash, or use single quotes.",
    ),
    "expected escape sequence": (
        "A backslash in double quotes begins an escape that is not complete",
        r"Write \\ for a backslash, or use single quotes.",
    ),
    "expected <block end>, but found": (
        "This line does not fit the lines above it",
        "Indent it like its neighbours; a quote inside a quoted text is written twice.",
    ),
    "expected chomping or indentation indicators": (
        'A text cannot begin with ">" or "|"',
        "Put the whole text in quotes.",
    ),
    "found undefined alias": ('A text cannot begin with "*"', "Put the whole text in quotes."),
    "expected alphabetic or numeric character": (
        'A text cannot begin with "&", "*" or "!"',
        "Put the whole text in quotes.",
    ),
    "expected ',' or": (
        "A bracket that was opened is not closed, or a comma is missing",
        "Close it, or put a text that begins with [ or { in quotes.",
    ),
}
START = re.compile(r"found character '(.+)' that cannot start any token")

# What these messages are about began earlier than where PyYAML gave up.
BEGAN_EARLIER = (
    "could not find expected ':'",
    "found unexpected end of stream",
    "found unexpected document separator",
    "expected ',' or",
)


def mark_of(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where an author should look."""
    if any(words in (error.problem or "") for words in BEGAN_EARLIER) and error.context_mark:
        return error.context_mark
    return error.problem_mark or error.context_mark


def explain(error: yaml.MarkedYAMLError, line: str) -> tuple[str, str]:
    """What is wrong in ``line`` and what to write instead."""
    problem = f"{error.context or ''} {error.problem or ''}"
    if re.match(r"[ -]*\t", line):
        return "A tab stands before the text.", "Indent with spaces, two a level."
    if start := START.search(problem):
        sign = start[1].removeprefix("\\")
        return f'A text cannot begin with "{sign}".', "Put the whole text in quotes."
    for words, (message, hint) in MEANINGS.items():
        if words in problem:
            return f"{message}.", hint
    return f"{UNKNOWN[0]} ({(error.problem or 'unfinished').strip()}).", UNKNOWN[1]
