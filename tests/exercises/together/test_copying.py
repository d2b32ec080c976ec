"""Copying between one's own answer and the one of both: only what was shown, only when pressed."""

import uuid

import pytest

from exercises import access, deletion
from exercises.models import Answer, JointAnswer
from tests.exercises.together.test_ours import CRANE, EGRET, HERON, words
from tests.exercises.workbook import Workbook

pytestmark = pytest.mark.postgres


class TestMineIntoOurs:
    def test_first_it_is_said_exactly_which_text_goes_where(self, mine, theirs, own):
        own.saved("line", CRANE)
        theirs.saved("line", EGRET)
        response = mine.get("line", "copy-mine")
        assert (response.context["going"].text, response.context["before"].text) == (CRANE, EGRET)
        assert "This text of yours goes into what both of you see." in words(response)
        assert mine.newest() == EGRET

    def test_pressed_it_is_the_newest_and_nothing_is_lost(self, mine, theirs, own):
        own.saved("line", CRANE)
        theirs.saved("line", EGRET)
        response = mine.press("copy-mine", **mine.asked("copy-mine"))
        assert (response.status_code, response.headers["Location"]) == (302, mine.at())
        assert mine.said() == [(EGRET, "theirs", False), (CRANE, "mine", False)]
        assert theirs.get().context["newest"].text == CRANE
        assert own.value("line") == CRANE

    def test_into_an_empty_page(self, mine, theirs, own):
        own.saved("line", CRANE)
        mine.press("copy-mine", **mine.asked("copy-mine"))
        assert mine.said() == [(CRANE, "mine", False)]

    def test_what_i_write_afterwards_stays_mine(self, mine, theirs, own):
        first = own.saved("line", CRANE)
        mine.press("copy-mine", **mine.asked("copy-mine"))
        own.saved("line", "and a second thought", base=first)
        assert theirs.get().context["newest"].text == CRANE

    def test_the_text_that_was_shown_goes_not_a_later_one(self, mine, own):
        first = own.saved("line", CRANE)
        asked = mine.asked("copy-mine")
        own.saved("line", "a later thought", base=first)
        mine.press("copy-mine", **asked)
        assert mine.newest() == CRANE

    def test_what_was_saved_meanwhile_stays_the_newest(self, mine, theirs, own):
        own.saved("line", CRANE)
        base = theirs.saved("line", EGRET)
        asked = mine.asked("copy-mine")
        theirs.saved("line", HERON, base=base)
        response = mine.press("copy-mine", **asked)
        assert response.status_code == 409
        assert (HERON in words(response), CRANE in words(response)) == (True, True)
        assert "Your partner saved this after you began." in words(response)
        said = [(EGRET, "theirs", False), (HERON, "theirs", False), (CRANE, "mine", True)]
        assert mine.said() == said

    def test_pressed_twice_is_once(self, mine, own):
        own.saved("line", CRANE)
        asked = mine.asked("copy-mine") | {"token": uuid.uuid4()}
        for _ in range(2):
            mine.press("copy-mine", **asked)
        assert mine.said() == [(CRANE, "mine", False)]

    def test_the_partner_cannot_fetch_it(self, mine, theirs, own):
        revision = own.saved("line", CRANE)
        assert theirs.get("line", "copy-mine").status_code == 404
        assert theirs.press("copy-mine", text=revision).status_code == 404
        assert not JointAnswer.objects.exists()

    def test_not_with_a_text_of_the_other_one(self, mine, theirs, own, partner):
        own.saved("line", CRANE)
        secret = Workbook(theirs.browser, partner, "for-two").saved("line", "a secret")
        assert mine.press("copy-mine", text=secret).status_code == 404
        assert not JointAnswer.objects.exists()

    def test_what_was_deleted_meanwhile_does_not_go(self, mine, own):
        own.saved("line", CRANE)
        asked = mine.asked("copy-mine")
        answer = own.answer("line")
        deletion.hide(answer, answer.head_id)
        assert mine.press("copy-mine", **asked).status_code == 404
        assert not JointAnswer.objects.exists()

    def test_an_emptied_answer_is_nothing_to_copy(self, mine, own):
        own.saved("line", "", base=own.saved("line", CRANE))
        assert "Copy mine into ours" not in words(mine.get())
        assert mine.get("line", "copy-mine").status_code == 404

    @pytest.mark.parametrize("part", ["text", "base", "token"])
    def test_a_garbled_form(self, mine, own, part):
        own.saved("line", CRANE)
        response = mine.press("copy-mine", **(mine.asked("copy-mine") | {part: "x"}))
        assert response.status_code == 422
        assert not JointAnswer.objects.exists()

    def test_the_mark_of_another_person(self, mine, own, theirs):
        own.saved("line", CRANE)
        asked = mine.asked("copy-mine") | {"owner": theirs.owner}
        assert mine.press("copy-mine", **asked).status_code == 403
        assert not JointAnswer.objects.exists()


class TestOursIntoMine:
    def test_first_it_is_said_exactly_which_text_goes_where(self, mine, theirs, own):
        own.saved("line", CRANE)
        theirs.saved("line", EGRET)
        response = mine.get("line", "copy-ours")
        assert (response.context["going"].text, response.context["before"].text) == (EGRET, CRANE)
        assert "This text goes into your own answer." in words(response)
        assert own.value("line") == CRANE

    def test_pressed_it_is_ones_own_newest(self, mine, theirs, own):
        own.saved("line", CRANE)
        theirs.saved("line", EGRET)
        assert mine.press("copy-ours", **mine.asked("copy-ours")).status_code == 302
        assert own.history("line") == [CRANE, EGRET]
        assert theirs.said() == [(EGRET, "mine", False)]
        assert Answer.objects.count() == 1

    def test_where_there_is_no_own_answer_yet(self, mine, theirs, own):
        theirs.saved("line", EGRET)
        mine.press("copy-ours", **mine.asked("copy-ours"))
        assert own.history("line") == [EGRET]

    def test_the_text_that_was_shown_comes_not_a_later_one(self, mine, theirs, own):
        base = theirs.saved("line", EGRET)
        asked = mine.asked("copy-ours")
        theirs.saved("line", HERON, base=base)
        mine.press("copy-ours", **asked)
        assert own.value("line") == EGRET

    def test_what_one_wrote_meanwhile_stays_the_newest(self, mine, theirs, own):
        base = own.saved("line", CRANE)
        theirs.saved("line", EGRET)
        asked = mine.asked("copy-ours")
        own.saved("line", "a later thought", base=base)
        response = mine.press("copy-ours", **asked)
        assert response.headers["Location"] == f"/workbook/answers/{own.answer('line').pk}/"
        assert own.value("line") == "a later thought"
        assert own.history("line") == [CRANE, "a later thought", EGRET]

    def test_it_opens_under_ones_own_key_alone(self, mine, theirs, own, couple):
        theirs.saved("line", EGRET)
        mine.press("copy-ours", **mine.asked("copy-ours"))
        answer = own.answer("line")
        assert answer.open(answer.head, own.person).value == EGRET
        assert access.own_answer(theirs.person, "for-two", "line") is None
