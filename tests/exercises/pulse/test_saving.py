"""What is given in the check-in is kept: by a script, by the form, in two tabs, or refused."""

from datetime import timedelta

import pytest

from exercises.models import Pulse, WeekNote
from tests.exercises.pulse.checkin import SAVE, WEEKS, noted, told
from tests.exercises.pulse.conftest import THIS
from tests.exercises.workbook import Workbook

OLD = THIS - timedelta(weeks=9)


class TestByScript:
    def test_numbers_and_a_note(self, checkin):
        checkin.saved("pulse", {"openness": "7", "safety": "1"})
        checkin.saved("note", "A long walk")
        assert checkin.numbers() == {"2026-03-02": {"openness": 7, "safety": 1}}
        assert checkin.notes() == {"2026-03-02": "A long walk"}

    def test_the_pulse_of_a_lesson_is_the_same_week(self, checkin, page):
        base = page.saved("week", {"safety": "2"})
        checkin.saved("pulse", {"safety": "3"}, base=base)
        assert checkin.numbers() == {"2026-03-02": {"safety": 3}}
        assert Pulse.objects.get().revisions.count() == 2

    def test_two_tabs_keep_both_texts(self, checkin):
        checkin.saved("note", "In the first tab")
        response = checkin.save("note", "In the second tab")
        assert response.status_code == 409
        assert "In the first tab" in response.json()["shown"]
        assert WeekNote.objects.get().revisions.count() == 2

    def test_nothing_given_makes_no_week(self, checkin):
        assert checkin.save("pulse", {"safety": ""}).json()["revision"] == ""
        assert checkin.save("note", "").json()["revision"] == ""
        assert (checkin.numbers(), checkin.notes()) == ({}, {})

    @pytest.mark.parametrize("prompt", ["pulse", "note"])
    def test_sunday_nights_page_sent_on_monday(self, checkin, clock, prompt):
        typed = {"safety": "1"} if prompt == "pulse" else "Away"
        clock.shift(timedelta(days=5))
        checkin.saved(prompt, typed, week="2026-03-02")
        assert [*checkin.numbers(), *checkin.notes()] == ["2026-03-02"]

    @pytest.mark.parametrize("week", [str(OLD), "2026-02-24", "x", "9999-99-99", "\0"])
    @pytest.mark.parametrize("prompt", ["pulse", "note"])
    def test_a_week_about_which_there_is_nothing(self, checkin, prompt, week):
        typed = {"safety": "1"} if prompt == "pulse" else "Away"
        response = checkin.save(prompt, typed, week=week)
        assert (response.status_code, response.json()["error"]) == (422, "refused")
        assert (checkin.numbers(), checkin.notes()) == ({}, {})

    def test_a_note_on_an_old_week_that_was_told(self, checkin):
        told(checkin.person, OLD, {"safety": 4})
        checkin.saved("note", "Looking back", week=str(OLD))
        assert checkin.notes() == {str(OLD): "Looking back"}

    def test_a_note_on_an_old_week_is_changed(self, checkin):
        noted(checkin.person, OLD, "Then")
        base = str(WeekNote.objects.get().head_id)
        checkin.saved("note", "Then, and now", week=str(OLD), base=base)
        assert checkin.notes() == {str(OLD): "Then, and now"}

    def test_numbers_of_an_old_week_stay_as_they_were_told(self, checkin):
        told(checkin.person, OLD, {"safety": 4})
        assert checkin.save("pulse", {"safety": "7"}, week=str(OLD)).status_code == 422
        assert checkin.numbers() == {str(OLD): {"safety": 4}}

    def test_the_week_of_somebody_else_opens_none(self, checkin, stranger):
        told(stranger, OLD, {"safety": 4})
        noted(stranger, OLD, "Theirs")
        assert checkin.save("note", "Mine", week=str(OLD)).status_code == 422
        assert not WeekNote.objects.filter(author=checkin.person).exists()

    def test_nor_does_a_note_of_somebody_else(self, checkin, stranger):
        noted(stranger, OLD, "Theirs")
        assert checkin.save("note", "Mine", week=str(OLD)).status_code == 422
        assert checkin.notes() == {}

    @pytest.mark.parametrize("prompt", ["moment", "week", "x"])
    def test_nothing_else_is_asked(self, checkin, prompt):
        response = checkin.save(prompt, "a")
        assert (response.status_code, response.json()["error"]) == (404, "gone")

    @pytest.mark.parametrize("number", ["0", "8", "x", "1.5", "٣"])
    def test_a_number_that_is_none(self, checkin, number):
        response = checkin.save("pulse", {"safety": number})
        assert response.status_code == 422
        assert "I felt safe to say" in response.json()["message"]

    def test_the_mark_of_another_person(self, checkin, stranger):
        checkin.owner = Workbook(checkin.browser, stranger).owner
        assert checkin.save("note", "Mine").status_code == 403
        assert not WeekNote.objects.exists()


class TestByForm:
    def test_all_at_once_and_the_page_says_so(self, checkin):
        response = checkin.send(
            checkin.fields("pulse", {"safety": "6"}, week=str(THIS)),
            checkin.fields("note", "Rain all week", week=str(THIS)),
            finish="1",
        )
        html = response.content.decode()
        assert response.status_code == 200
        assert '<p class="notice" role="status">Saved.</p>' in html
        assert [week.monday for week in response.context["page"].weeks] == [THIS]
        assert (checkin.numbers(), checkin.notes()) == (
            {"2026-03-02": {"safety": 6}},
            {"2026-03-02": "Rain all week"},
        )

    def test_the_page_of_an_old_week_comes_back(self, checkin):
        noted(checkin.person, OLD, "Then")
        base = str(WeekNote.objects.get().head_id)
        fields = checkin.fields("note", "Now", week=str(OLD), base=base)
        response = checkin.send(fields)
        assert (response.status_code, response.context["page"].week) == (200, OLD)
        assert "Now</textarea>" in response.content.decode()

    def test_two_texts_are_both_shown(self, checkin):
        checkin.saved("note", "In the first tab")
        response = checkin.send(checkin.fields("note", "In the second tab", week=str(THIS)))
        html = response.content.decode()
        assert response.status_code == 409
        assert "In the second tab</textarea>" in html
        assert '<div class="other"><p>In the first tab</p></div>' in html

    def test_what_is_refused_comes_back_to_send_again(self, checkin):
        response = checkin.send(
            checkin.fields("pulse", {"safety": "9"}), checkin.fields("note", "x" * 20_001)
        )
        html = response.content.decode()
        assert response.status_code == 422
        assert "“A note on the week, if you like” This is 20,001 characters long" in html
        assert "x" * 20_001 in html
        assert f'action="{SAVE}"' in html

    def test_an_empty_form_keeps_nothing(self, checkin):
        assert checkin.send().status_code == 200
        assert (checkin.numbers(), checkin.notes()) == ({}, {})

    def test_signed_out_the_text_comes_back(self, visiting, checkin):
        checkin.browser = visiting
        response = checkin.send(checkin.fields("note", "Still here"))
        assert response.status_code == 401
        assert "Still here" in response.content.decode()


class TestLookingBack:
    ANSWERS = "/workbook/answers/"

    def entries(self, browser):
        chapters = browser.get(self.ANSWERS).context["chapters"]
        return [(entry.asked, entry.text) for chapter in chapters for entry in chapter.entries]

    def test_a_note_stands_under_its_week(self, checkin):
        told(checkin.person, OLD, {"safety": 4})
        noted(checkin.person, OLD, "Then")
        checkin.saved("pulse", {"safety": "5"})
        checkin.saved("note", "Now")
        safe = "I felt safe to say what was on my mind."
        assert self.entries(checkin.browser) == [
            ("The week of 2 March 2026", f"{safe} 5 of 7"),
            ("Your note on the week of 2 March 2026", "Now"),
            ("The week of 29 December 2025", f"{safe} 4 of 7"),
            ("Your note on the week of 29 December 2025", "Then"),
        ]
        assert (
            f'<a href="{WEEKS}">Your weeks</a>'
            in checkin.browser.get(self.ANSWERS).content.decode()
        )

    def test_a_note_is_found(self, checkin):
        checkin.saved("note", "A heron by the river")
        response = checkin.post(self.ANSWERS, {"words": "heron march"}, script=False)
        assert [entry.text for entry in response.context["chapters"][0].entries] == [
            "A heron by the river"
        ]

    def test_its_versions_are_kept_and_brought_back(self, checkin):
        checkin.saved("note", "Second", base=checkin.saved("note", "First"))
        row = WeekNote.objects.get()
        first = next(one for one in row.revisions.all() if one.base is None)
        address = f"{self.ANSWERS}{row.pk}/"
        assert "First" in checkin.browser.get(f"{address}?version={first.pk}").content.decode()
        fields = {"owner": checkin.owner, "revision": first.pk, "base": row.head_id}
        token = "12345678-1234-5678-1234-567812345678"
        response = checkin.post(f"{address}bring-back/", fields | {"token": token}, script=False)
        assert "Brought back." in response.content.decode()
        assert checkin.notes() == {"2026-03-02": "First"}

    def test_nobody_elses_note(self, checkin, strange):
        checkin.saved("note", "Mine")
        row = WeekNote.objects.get()
        assert strange.get(f"{self.ANSWERS}{row.pk}/").status_code == 404
        assert self.entries(strange) == []
