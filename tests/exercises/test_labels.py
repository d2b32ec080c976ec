"""Beside each answer it says who can see it, and that stays true."""

import re
from datetime import date

import pytest

from exercises import access, couples, deletion
from exercises.models import Answer, Pulse, Ready, Share
from tests.exercises.answering.test_queries import queries, write
from tests.exercises.pulse.checkin import CheckIn
from tests.exercises.sharing.consent import chosen
from tests.exercises.two import CANARY
from tests.exercises.workbook import Workbook

LESSON = "/workbook/trial/every-kind/"
ANSWERS = "/workbook/answers/"
WEEKS = "/workbook/pulse/"
VERSION = "Your partner sees the version that you shared on 3 May"


@pytest.fixture(autouse=True)
def _on_trial(trial):
    """The small course instead of the real one."""


@pytest.fixture
def page(writing, writer, couple):
    """The writer's page of the lesson "Every kind"; the partner is there."""
    return Workbook(writing, writer)


def share(row, audience="partner", **among):
    pin = Share.fields_of(row, row.head)
    return Share.objects.create(
        owner=row.author, audience=audience, since="2026-05-03", **among, **pin
    )


def html(browser, path):
    response = browser.get(path)
    assert response.status_code == 200
    return response.content.decode()


def label(inner):
    """The words, and where they lead."""
    href = re.search(r'<a href="([^"]*)"', inner)
    words = re.sub(r"<[^>]*>", "", inner).strip().removeprefix("Who can see this: ")
    return words, href[1] if href else ""


def on_lesson(browser, prompt="moment", path=LESSON):
    part = html(browser, path).partition(f'data-prompt="{prompt}"')[2]
    found = re.search(r'<p class="who"><span data-who>(.*?)</p>', part, re.DOTALL)
    assert found
    return label(found[1].rpartition("</span>")[0])


def this_year(text):
    year = "" if date.today().year == 2026 else " 2026"  # noqa: DTZ011
    return text + year


def test_whoever_is_alone_is_told_so_and_nothing_else(writing, writer):
    book = Workbook(writing, writer)
    assert on_lesson(writing) == ("Only you", "")
    book.saved("moment", CANARY)
    book.saved("week", {"openness": "7"})
    assert on_lesson(writing) == ("Only you", "")
    for path in (LESSON, ANSWERS, WEEKS, f"{ANSWERS}{book.answer('moment').pk}/"):
        shown = html(writing, path)
        assert re.findall(r"/(?:together|sharing)/[^\"]+", shown) == []
        assert "partner" not in shown.partition("<main")[2].partition('<form class="exercise"')[0]
    assert "Nobody is shown what you write here. Skip what you like." in html(writing, LESSON)


def test_in_a_couple_it_leads_to_sharing(page):
    assert on_lesson(page.browser) == ("Only you", "")
    page.saved("moment", CANARY)
    assert on_lesson(page.browser) == ("Only you", f"/sharing/{page.answer('moment').pk}/")


def test_whoever_shares_it(page, couple, care):
    page.saved("moment", CANARY)
    answer = page.answer("moment")
    share(answer, couple=couple)
    assert on_lesson(page.browser)[0] == "Your partner"
    share(answer, "therapist", care=care)
    assert on_lesson(page.browser)[0] == "Your partner and your therapist"
    Share.objects.filter(audience="partner").delete()
    assert on_lesson(page.browser)[0] == "Your therapist"


def test_a_later_text_says_so(page, couple, care):
    first = page.saved("moment", CANARY)
    share(page.answer("moment"), couple=couple)
    page.saved("moment", "later", base=first)
    assert on_lesson(page.browser)[0] == this_year(VERSION)
    share(page.answer("moment"), "therapist", care=care)
    sentence = this_year("Your therapist; your partner sees the version that you shared on 3 May")
    assert on_lesson(page.browser)[0] == sentence


def test_a_save_tells_the_page_who_sees_it_now(page, couple):
    response = page.save("moment", CANARY).json()
    address = f"/sharing/{page.answer('moment').pk}/"
    assert label(response["who"]) == ("Only you", address)
    share(page.answer("moment"), couple=couple)
    assert label(page.save("moment", CANARY).json()["who"]) == ("Your partner", address)
    later = page.save("moment", "later", base=response["revision"]).json()
    assert label(later["who"]) == (this_year(VERSION), address)
    conflict = page.save("moment", "elsewhere", base=response["revision"])
    assert conflict.status_code == 409
    assert label(conflict.json()["who"]) == (this_year(VERSION), address)


def test_a_save_alone(writing, writer):
    assert label(Workbook(writing, writer).save("moment", "a").json()["who"]) == ("Only you", "")


def test_what_is_opened_together_is_seen_by_the_partner(page, couple, partner, beside):
    first = page.saved("moment", CANARY)
    answer = page.answer("moment")
    chosen(couple, page.person, answer, None)
    assert on_lesson(page.browser)[0] == "Only you"
    Ready.objects.update(opened_on="2026-05-03")
    assert on_lesson(page.browser)[0] == "Only you"  # on one side only, it is not open
    Workbook(beside, partner).saved("moment", "the other side")
    chosen(couple, partner, Workbook(beside, partner).answer("moment"), "2026-05-03")
    assert on_lesson(page.browser)[0] == "Your partner"
    page.saved("moment", "later", base=first)
    opened = this_year("Your partner sees the version that you opened together on 3 May")
    assert on_lesson(page.browser)[0] == opened
    share(page.answer("moment"), couple=couple)
    assert on_lesson(page.browser)[0] == "Your partner"


def test_among_all_answers_and_in_the_history(page, couple):
    page.saved("moment", CANARY)
    answer = page.answer("moment")
    share(answer, couple=couple)
    for path in (ANSWERS, f"{ANSWERS}{answer.pk}/"):
        shown = html(page.browser, path)
        inner = shown.partition('<div class="who">')[2].partition("<form")[0]
        assert label(inner) == ("Your partner", f"/sharing/{answer.pk}/")
        assert f'action="/sharing/{answer.pk}/withdraw/"' in shown
        page.browser.post(f"/sharing/{answer.pk}/withdraw/", {"audience": "partner"})
        shown = html(page.browser, path)
        assert (
            label(shown.partition('<div class="who">')[2].partition("</div>")[0])[0] == "Only you"
        )
        assert "withdraw" not in shown
        share(answer, couple=couple)


def test_the_pulse_says_so_wherever_it_is_and_the_note_never_does(page, couple, writer):
    book = CheckIn(page.browser, writer)
    book.saved("pulse", {"openness": "7"})
    book.saved("note", "a wren")
    [pulse] = access.own_pulses(writer)
    share(pulse, couple=couple)
    address = f"/sharing/{pulse.pk}/"
    assert on_lesson(page.browser, "week") == ("Your partner", address)
    assert on_lesson(page.browser, "pulse", WEEKS) == ("Your partner", address)
    assert on_lesson(page.browser, "note", WEEKS) == ("Only you", "")
    cell = html(page.browser, WEEKS).partition('<td class="who">')[2].partition("</td>")[0]
    assert label(cell) == ("Your partner", address)


def test_what_two_can_do_stands_beside_it(page, writer):
    shown = html(page.browser, LESSON)
    monday = re.search(r'name="week:week" value="([^"]*)"', shown)
    assert monday
    links = re.findall(r'<a href="(/together/[^"]+)">([^<]*)</a>', shown)
    assert links == [
        ("/together/reveal/answer.every-kind.moment/", "Open together"),
        ("/together/reveal/answer.every-kind.theirs/", "Open together"),
        ("/together/promises/", "Our promises"),
        (f"/together/reveal/week.{monday[1]}/", "Open together"),
        ("/together/lesson/every-kind/", "What you show each other on this lesson"),
    ]
    week = re.findall(r'<a href="(/together/[^"]+)">', html(page.browser, WEEKS))
    assert week == [f"/together/reveal/week.{monday[1]}/"]


def test_the_foot_of_the_form_is_true_for_two(page):
    for path in (LESSON, WEEKS):
        shown = html(page.browser, path)
        assert "Nobody is shown what you write here unless you choose it: under each" in shown
        assert "Nobody is shown what you write here. Skip" not in shown


def test_deleting_ends_sharing_and_says_so(page, couple, writer):
    page.saved("moment", CANARY)
    page.saved("sure", "3")
    answer, sure = page.answer("moment"), page.answer("sure")
    share(answer, couple=couple)
    share(sure, couple=couple)
    shown = html(page.browser, f"{ANSWERS}{answer.pk}/delete/")
    assert "Your partner can see a version of it. That ends at once" in shown
    deletion.hide(answer, answer.head_id)
    assert [left.row_id for left in Share.objects.all()] == [sure.pk]
    deletion.undo(Answer.hidden.get(pk=answer.pk), writer)
    assert on_lesson(page.browser)[0] == "Only you"
    assert "Nothing. Nobody is shown it." in html(page.browser, f"{ANSWERS}{answer.pk}/delete/")
    deletion.delete_lessons(writer, ["every-kind"])
    assert Share.objects.count() == 0


def test_who_was_left_is_told_what_whoever_is_alone_is_told(
    page, partner, couple, strange, stranger
):
    alone = Workbook(strange, stranger)
    for book in (page, alone):
        book.saved("moment", CANARY)
    share(page.answer("moment"), couple=couple)
    couples.leave(partner)
    told = [
        masked(html(book.browser, path)) for path in (LESSON, ANSWERS) for book in (page, alone)
    ]
    assert (told[0], told[2]) == (told[1], told[3])


def masked(shown):
    """Without what is chance or names a row."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|value=\"[^\"]{20,}\"", "", shown)


def test_nothing_is_told_to_the_partner(page, couple, beside):
    before = masked(html(beside, LESSON))
    page.saved("moment", CANARY)
    share(page.answer("moment"), couple=couple)
    assert masked(html(beside, LESSON)) == before


@pytest.mark.parametrize("number", [1, 60])
def test_however_much_is_shared(page, couple, writer, number):
    write(writer, number)
    for row in (*Answer.objects.of(writer), *Pulse.objects.of(writer)):
        share(row, couple=couple)
    for path in (LESSON, ANSWERS, WEEKS):
        html(page.browser, path)
    found = [queries(lambda: page.browser.get(path)) for path in (LESSON, ANSWERS, WEEKS)]  # noqa: B023
    assert found == [(5, 0), (6, 0), (4, 0)]
    head = str(Answer.objects.get(author=writer, lesson_id="every-kind").head_id)
    fields = {"owner": page.owner} | page.fields("moment", "later", base=head)
    save = "/workbook/save/every-kind/moment/"
    assert queries(lambda: page.post(save, fields)) == (5, 0)
