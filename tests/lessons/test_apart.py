"""Markdown of a browser, in a process of its own that ends in time."""

import subprocess
from typing import Any

import pytest

from lessons import apart
from lessons.apart import TakesTooLong, Wrong, render


def test_both_texts_are_rendered():
    found = render("## One\n\nA *word* of [theirs](https://example.org/).", "Do **it**.")
    assert found.html == (
        '<h2 id="one">One</h2>\n<p id="b1">A <em>word</em> of '
        '<a href="https://example.org/" rel="noopener noreferrer">theirs</a>.</p>'
    )
    assert found.intro == "<p>Do <strong>it</strong>.</p>"
    assert (found.headings, found.faults) == ([["one", "One"]], [])


@pytest.mark.parametrize(
    ("text", "where", "line", "message"),
    [
        ("Yes.\n\n<script>alert(1)</script>", "text", 3, "Raw HTML cannot be used"),
        ("![a](https://example.org/a.png)", "text", 1, "A picture cannot stand here"),
        ("![a](/static/a.png)", "text", 1, "A picture cannot stand here"),
        ("[a](javascript:alert(1))", "text", 1, 'A link cannot begin with "javascript:"'),
        ("\n\n# Large", "text", 3, "A heading of the first level"),
    ],
)
def test_what_may_not_stand_there_is_told_with_its_line(text, where, line, message):
    [wrong] = render(text, "").faults
    assert (wrong.where, wrong.line) == (where, line)
    assert wrong.message.startswith(message)


def test_a_heading_cannot_stand_above_the_questions():
    assert render("Yes.", "## Large").faults == [
        Wrong("intro", 1, "A heading cannot stand here.", "Write a plain paragraph.")
    ]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '<img src=x onerror="a()">', "<a href='javascript:a'>b"]
)
def test_no_html_comes_through(text):
    html = render(f"Before {text} after", "").html
    assert "<script" not in html
    assert "<img" not in html
    assert "<a" not in html


def test_what_takes_too_long_is_ended(monkeypatch):
    """The kernel ends it: nobody waits for what an hour would not finish."""
    ended: list[int] = []

    def run(*args, **kwargs):
        done = subprocess_run(*args, **kwargs)
        ended.append(done.returncode)
        return done

    subprocess_run = subprocess.run
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(TakesTooLong):
        render("![" * 16_000, "")
    [code] = ended
    assert code in (-9, -14, -24)  # SIGKILL, SIGALRM, SIGXCPU


def test_what_grows_too_large_is_refused():
    with pytest.raises(TakesTooLong):
        render(f"{'[a] ' * 2_000}\n\n[a]: /{'x' * 2_000}", "")


def test_it_knows_no_secret(monkeypatch):
    seen: dict[str, Any] = {}

    def run(command, **kwargs):
        seen.update(kwargs, command=command)
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setenv("SECRET_KEY", "a secret")
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(TakesTooLong):
        render("Yes.", "")
    assert seen["env"] == {}
    assert "shell" not in seen
    assert "-E" in seen["command"]
    assert seen["timeout"] == apart.SECONDS + apart.SECONDS_TO_START
