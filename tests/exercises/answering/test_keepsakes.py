"""What one keeps of what two wrote together: among one's answers, undated, one's own to delete."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from exercises import couples
from exercises.models import Keepsake
from tests.exercises.answering.test_deleting import delete
from tests.exercises.answering.test_looking_back import texts
from tests.exercises.answering.test_queries import queries
from tests.exercises.two import joint
from tests.exercises.workbook import Workbook

ANSWERS = "/workbook/answers/"
OURS, ASIDE = "we keep the heron", "or the egret"
PLACES = [
    (OURS, "every-kind", "moment"),
    (OURS, "last", "one"),
    (OURS, "looking-back", "now"),
]
pytestmark = pytest.mark.postgres


def chapters(browser):
    """The title of each chapter with what was written alone, and what is kept of two."""
    found = browser.get(ANSWERS).context["chapters"]
    return [
        (one.title, [each.text for each in one.entries], [each.text for each in one.kept])
        for one in found
    ]


def words(response):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", response.content.decode())))


@pytest.fixture
def parted(page, couple, writer, partner):
    """What two had written, one text beside the other, on a day that no page names."""
    with time_machine.travel("2020-02-05 12:34Z"):
        joint(couple, writer, OURS)
        joint(couple, partner, ASIDE)
        couples.leave(partner)
    return page


@pytest.fixture
def kept(parted, writer):
    return Keepsake.objects.get(author=writer)


class TestAmongMyAnswers:
    def test_it_stands_with_its_lesson(self, parted):
        Workbook(parted.browser, parted.person, "last").saved("one", "alone")
        assert chapters(parted.browser) == [("Every kind", [], [OURS]), ("Last", ["alone"], [])]
        assert "What the two of you wrote together" in words(parted.browser.get(ANSWERS))

    def test_both_have_it_and_nobody_else(self, parted, beside, strange):
        assert chapters(beside) == [("Every kind", [], [OURS])]
        assert chapters(strange) == []

    def test_it_is_found_by_its_words(self, parted):
        parted.saved("moment", "alone in the rain")
        for wanted, hits in (("heron", [OURS]), ("rain", []), ("nowhere", [])):
            body, kind = f"words={wanted}", "application/x-www-form-urlencoded"
            response = parted.browser.post(ANSWERS, body, content_type=kind)
            found = [each.text for one in response.context["chapters"] for each in one.kept]
            assert found == hits
            assert response.context["hits"] == len(hits) + (wanted == "rain")
        assert texts(parted.browser) == ["alone in the rain"]

    def test_of_a_lesson_that_left_the_course(self, parted, settings):
        settings.CONTENT_DIRS = [settings.BASE_DIR / "content"]
        title = "A lesson that is no longer offered (every-kind)"
        assert chapters(parted.browser) == [(title, [], [OURS])]

    def test_what_belongs_to_no_lesson(self, parted):
        Keepsake.objects.update(lesson_id="", prompt_id="promises")
        assert chapters(parted.browser) == [("What the two of you promised", [], [OURS])]
        [row] = Keepsake.objects.filter(author=parted.person)
        assert parted.browser.get(f"{ANSWERS}{row.pk}/").status_code == 200
        assert parted.browser.get(f"{ANSWERS}{row.pk}/delete/").status_code == 200

    @pytest.mark.parametrize("pieces", [1, 3])
    def test_queries(self, page, couple, writer, pieces):
        for number in range(pieces):
            joint(couple, writer, *PLACES[number])
        couples.leave(writer)
        page.browser.get(ANSWERS)
        assert queries(lambda: page.browser.get(ANSWERS)) == (6, 0)


class TestReading:
    def test_the_text_and_what_was_kept_beside_it(self, parted, kept):
        response = parted.browser.get(f"{ANSWERS}{kept.pk}/")
        assert response.context["newest"].text == OURS
        assert [each.text for each in response.context["beside"]] == [ASIDE]

    def test_no_page_has_its_date(self, parted, kept):
        paths = ["", f"{kept.pk}/", f"{kept.pk}/delete/", f"{kept.pk}/?version={kept.head_id}"]
        for path in paths:
            page = parted.browser.get(f"{ANSWERS}{path}")
            assert page.status_code == 200
            shown = page.content.decode()
            assert OURS in shown
            for trace in ("2020", "12:34", "February", "<time", "ago"):
                assert trace not in re.sub(r'(id|href|value|src)="[^"]*"', "", shown)

    def test_nothing_is_brought_back(self, parted, kept):
        fields = {"owner": parted.owner, "revision": kept.head_id, "base": kept.head_id}
        response = parted.post(f"{ANSWERS}{kept.pk}/bring-back/", fields | {"token": kept.pk})
        assert response.status_code == 404
        assert kept.revisions.count() == 2

    def test_the_other_one_cannot_open_it(self, parted, kept, beside, strange):
        for browser in (beside, strange):
            assert browser.get(f"{ANSWERS}{kept.pk}/").status_code == 404
            assert browser.get(f"{ANSWERS}{kept.pk}/delete/").status_code == 404
            form = {"seen": kept.head_id}
            assert browser.post(f"{ANSWERS}{kept.pk}/delete/", form).status_code == 404
        assert Keepsake.objects.count() == 2


class TestDeleting:
    def test_it_is_said_that_the_other_one_has_a_copy(self, parted, kept):
        shown = words(parted.browser.get(f"{ANSWERS}{kept.pk}/delete/"))
        assert "Delete this copy?" in shown
        assert "has a copy of their own, unless they have deleted it" in shown
        assert "Nobody else was shown it" not in shown

    def test_gone_at_once_and_taken_back(self, parted, kept, beside):
        assert delete(parted, kept).headers["Location"] == f"/workbook/deleted/{kept.pk}/"
        assert chapters(parted.browser) == []
        assert parted.browser.get(f"{ANSWERS}{kept.pk}/").status_code == 404
        assert chapters(beside) == [("Every kind", [], [OURS])]
        assert parted.browser.post(f"/workbook/deleted/{kept.pk}/undo/").status_code == 302
        assert chapters(parted.browser) == [("Every kind", [], [OURS])]
        response = parted.browser.get(f"{ANSWERS}{kept.pk}/")
        assert [each.text for each in response.context["beside"]] == [ASIDE]

    def test_after_30_seconds_for_good_and_for_oneself_only(self, parted, kept, partner):
        delete(parted, kept)
        with time_machine.travel(kept_until(kept), tick=True):
            parted.browser.get("/workbook/")
        assert not Keepsake._base_manager.filter(pk=kept.pk).exists()
        assert Keepsake.objects.get().author == partner


def kept_until(row):
    """A moment later than its deletion can be undone."""
    return Keepsake.hidden.get(pk=row.pk).deleted_at + timedelta(seconds=60)


def test_pages_of_who_never_had_a_partner_are_those_of_who_wrote_nothing_together(
    page, strange, stranger, couple, writer
):
    couples.leave(writer)
    Workbook(strange, stranger).saved("moment", "alone")
    page.saved("moment", "alone")
    for path in (ANSWERS, "/workbook/"):
        one, other = (browser.get(path).content.decode() for browser in (page.browser, strange))
        assert masked(one) == masked(other)


def masked(shown):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f-]{36}', "", shown)
