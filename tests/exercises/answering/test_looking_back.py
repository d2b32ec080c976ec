"""All that one has written, searched; each answer's versions, compared and brought back."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from exercises.models import Answer
from tests.exercises.workbook import Workbook

ANSWERS = "/workbook/answers/"


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-04 12:00Z", tick=True) as clock:
        yield clock


def texts(browser, words=None):
    """What the page of all answers, or a search in it, shows."""
    response = (
        browser.post(ANSWERS, f"words={words}", content_type="application/x-www-form-urlencoded")
        if words is not None
        else browser.get(ANSWERS)
    )
    assert response.status_code == 200
    return [entry.text for chapter in response.context["chapters"] for entry in chapter.entries]


@pytest.fixture
def written(page):
    """Answers in another order than that of the lessons."""
    last = Workbook(page.browser, page.person, "last")
    last.saved("one", "The Straße was empty")
    page.saved("week", {"safety": "1"})
    page.saved("theirs", {"mine": "A heron", "guess": "a SWAN"})
    page.saved("moment", "In the rain")
    return page


class TestAllAnswers:
    def test_none_yet(self, writing):
        response = writing.get(ANSWERS)
        assert (response.context["none_yet"], texts(writing)) == (True, [])

    def test_they_stand_in_the_order_of_the_lessons_then_the_weeks(self, written):
        assert texts(written.browser) == [
            "In the rain",
            "What do you say?\nA heron\n\nWhat will they say?\na SWAN",
            "The Straße was empty",
            "I felt safe to say what was on my mind. 1 of 7",
        ]

    def test_a_withdrawn_lesson_is_still_readable(self, written, settings):
        settings.CONTENT_DIRS = [settings.BASE_DIR / "content"]
        response = written.browser.get(ANSWERS)
        titles = [chapter.title for chapter in response.context["chapters"]]
        assert titles == [
            "A lesson that is no longer offered (every-kind)",
            "A lesson that is no longer offered (last)",
            "Your weeks",
        ]
        assert "In the rain" in response.content.decode()

    def test_nobody_elses(self, written, strange):
        assert texts(strange) == []
        assert texts(strange, "rain") == []


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "hits"),
        [
            ("rain", ["In the rain"]),
            ("RAIN the", ["In the rain"]),
            ("strasse", ["The Straße was empty"]),
            ("STRA%C3%9FE", ["The Straße was empty"]),
            ("comes+mind", ["In the rain"]),
            ("heron+swan", ["What do you say?\nA heron\n\nWhat will they say?\na SWAN"]),
            ("heron+rain", []),
            ("%3Cb%3E", []),
        ],
    )
    def test_every_word_is_found_however_it_is_written(self, written, words, hits):
        assert texts(written.browser, words) == hits

    @pytest.mark.parametrize("words", ["", "+++"])
    def test_no_words_find_all(self, written, words):
        assert len(texts(written.browser, words)) == 4

    def test_only_a_posted_search_is_one(self, written):
        """Words in an address would be kept in histories and logs."""
        response = written.browser.get(ANSWERS, {"words": "rain"})
        assert response.status_code == 200
        assert (response.context["wanted"], len(response.context["chapters"])) == ("", 3)

    def test_the_words_stand_in_no_address_of_the_page(self, written):
        body = "words=heronry"
        kind = "application/x-www-form-urlencoded"
        shown = written.browser.post(ANSWERS, body, content_type=kind).content.decode()
        assert 'value="heronry"' in shown
        assert [line for line in shown.split("<a ")[1:] if "heronry" in line.split(">")[0]] == []
        assert 'method="post" action="/workbook/answers/"' in shown

    @pytest.mark.parametrize(
        "body", ["words=%00", f"words={'x' * 201}", "words=%ED%A0%80", "words=%ff"]
    )
    def test_what_cannot_be_searched_for(self, written, body):
        kind = "application/x-www-form-urlencoded"
        response = written.browser.post(ANSWERS, body, content_type=kind)
        assert (response.status_code, bool(response.context["refusal"])) == (422, True)

    def test_another_form_is_refused_in_words(self, written):
        response = written.browser.post(ANSWERS, {"words": "rain"})
        assert (response.status_code, bool(response.context["refusal"])) == (422, True)


@pytest.fixture
def versions(page, clock):
    """A text saved three times in one sitting, twice in the next one."""
    base = ""
    for number, pause in enumerate([0, 10, 29, 31, 1]):
        clock.shift(timedelta(minutes=pause))
        base = page.saved("moment", f"text {number}", base=base)
    return page


def path_of(page):
    return f"{ANSWERS}{page.answer('moment').pk}/"


def revisions(page):
    return list(page.answer("moment").revisions.order_by("saved_at"))


def bring_back(page, version, /, **changes):
    fields = {
        "owner": page.owner,
        "revision": version.pk,
        "base": page.answer("moment").head_id,
        "token": uuid.uuid4(),
    }
    return page.post(f"{path_of(page)}bring-back/", fields | changes, script=False)


class TestHistory:
    def test_versions_are_grouped_by_sitting(self, versions):
        response = versions.browser.get(path_of(versions))
        sittings = response.context["sittings"]
        assert [len(sitting.revisions) for sitting in sittings] == [2, 3]
        assert [sitting.last.text for sitting in sittings] == ["text 4", "text 2"]
        assert [f"{sitting.began:%H:%M}" for sitting in sittings] == ["13:10", "12:00"]

    def test_one_version_is_compared_with_the_newest(self, versions):
        first = revisions(versions)[0]
        response = versions.browser.get(f"{path_of(versions)}?version={first.pk}")
        assert response.context["changes"] == "text<del> 0</del><ins> 4</ins>"

    def test_the_history_of_a_pulse(self, page):
        page.saved("week", {"safety": "2"}, base=page.saved("week", {"safety": "1"}))
        [week] = page.browser.get(ANSWERS).context["chapters"][0].entries
        response = page.browser.get(f"{ANSWERS}{week.row.pk}/")
        assert response.context["newest"].text == "I felt safe to say what was on my mind. 2 of 7"

    @pytest.mark.parametrize("version", ["x", "00000000000000000000000000000001", "%00", "é"])
    def test_no_such_version(self, versions, version):
        assert versions.browser.get(f"{path_of(versions)}?version={version}").status_code == 404

    def test_the_version_of_another_row(self, versions):
        other = versions.saved("theirs", {"mine": "a"})
        assert versions.browser.get(f"{path_of(versions)}?version={other}").status_code == 404

    def test_the_version_of_somebody_else(self, versions, strange, stranger):
        theirs = Workbook(strange, stranger).saved("moment", "a secret")
        response = versions.browser.get(f"{path_of(versions)}?version={theirs}")
        assert response.status_code == 404


class TestBringBack:
    def test_it_is_the_newest_again_and_nothing_is_lost(self, versions):
        response = bring_back(versions, revisions(versions)[0])
        assert response.status_code == 200
        assert versions.value("moment") == "text 0"
        assert versions.history("moment") == [*[f"text {n}" for n in range(5)], "text 0"]
        assert "Brought back." in response.content.decode()

    def test_twice_is_once(self, versions):
        token, base = uuid.uuid4(), versions.answer("moment").head_id
        for _ in range(2):
            bring_back(versions, revisions(versions)[0], token=token, base=base)
        assert len(versions.history("moment")) == 6

    def test_from_an_old_page_the_newer_text_stays_the_newest(self, versions):
        old = revisions(versions)[2]
        response = bring_back(versions, revisions(versions)[0], base=old.pk)
        assert response.status_code == 200
        assert "A newer version was saved meanwhile." in response.content.decode()
        assert versions.value("moment") == "text 4"

    def test_it_comes_back_in_the_wording_it_answered(self, versions, settings, tmp_path):
        answer = versions.answer("moment")
        asked = answer.open(answer.head, versions.person).snapshot["ask"]
        settings.CONTENT_DIRS = [settings.BASE_DIR / "content"]
        bring_back(versions, revisions(versions)[0])
        answer = versions.answer("moment")
        opened = answer.open(answer.head, versions.person)
        assert (opened.snapshot["ask"], opened.value) == (asked, "text 0")

    def test_a_version_of_another_row_stays_where_it_is(self, versions):
        other = versions.saved("theirs", {"mine": "a"})
        response = bring_back(versions, revisions(versions)[0], revision=other)
        assert response.status_code == 404
        assert len(versions.history("moment")) == 5

    def test_an_answer_of_somebody_else(self, versions, strange, stranger):
        theirs = Workbook(strange, stranger)
        response = theirs.post(
            f"{path_of(versions)}bring-back/",
            {
                "owner": theirs.owner,
                "revision": revisions(versions)[0].pk,
                "base": versions.answer("moment").head_id,
                "token": uuid.uuid4(),
            },
        )
        assert (response.status_code, response.json()["error"]) == (404, "gone")
        assert not Answer.objects.filter(author=stranger).exists()

    @pytest.mark.parametrize("part", ["revision", "base", "token"])
    @pytest.mark.parametrize("value", ["", "x"])
    def test_a_garbled_form(self, versions, part, value):
        response = bring_back(versions, revisions(versions)[0], **{part: value})
        assert response.status_code == 422
        assert len(versions.history("moment")) == 5

    def test_the_mark_of_another_person(self, versions, stranger):
        response = bring_back(
            versions,
            revisions(versions)[0],
            owner=Workbook(versions.browser, stranger).owner,
        )
        assert response.status_code == 403
        assert len(versions.history("moment")) == 5
