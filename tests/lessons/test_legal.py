import os

import pytest

from lessons.legal import LegalText, check_legal, legal_text


def shown(name: str) -> LegalText:
    text = legal_text(name)
    assert text is not None
    return text


@pytest.fixture
def legal(content, settings):
    settings.LEGAL_DIR = content.root / "legal"
    content.write("legal/privacy.md", "# Our privacy\n\nWe *keep* little.")
    content.write("legal/terms.md", "Be kind.")
    return content


def test_the_first_heading_is_the_title(legal):
    text = shown("privacy")
    assert text.title == "Our privacy"
    assert text.html == '<p id="b1">We <em>keep</em> little.</p>'


def test_a_text_without_a_heading(legal):
    assert shown("terms").title == "Terms of use"
    assert check_legal() == []


def test_a_changed_text_is_shown_at_once(legal):
    before = legal_text("privacy")
    assert legal_text("privacy") is before
    path = legal.write("legal/privacy.md", "# Other privacy\n\nWe *keep* nothing.")
    os.utime(path, ns=(1, 1))
    assert shown("privacy").title == "Other privacy"


@pytest.mark.parametrize("name", ["", "imprint", "../trust/course", "privacy.md"])
def test_there_are_two_texts_and_no_others(legal, name):
    legal.write("legal/imprint.md", "# Imprint")
    assert legal_text(name) is None


def test_a_missing_text(legal):
    (legal.root / "legal/terms.md").unlink()
    assert legal_text("terms") is None
    assert [fault.message for fault in check_legal()] == ["The file cannot be read: it is missing."]


def test_a_text_may_be_a_link_to_anywhere(legal, tmp_path):
    path = legal.root / "legal/terms.md"
    path.symlink_to(path.rename(tmp_path / "terms.md"))
    assert shown("terms").html == '<p id="b1">Be kind.</p>'


def test_faults_name_the_line_of_the_file(legal):
    legal.write("legal/terms.md", "\n\n# Terms\n\nText\n\n<b>x</b>\n")
    assert [(fault.line, fault.code) for fault in check_legal()] == [(7, "C006")]


def test_the_texts_that_come_with_the_program_are_sound(settings):
    assert check_legal() == []
    assert [shown(name).title for name in ("privacy", "terms")] == ["Privacy", "Terms of use"]
