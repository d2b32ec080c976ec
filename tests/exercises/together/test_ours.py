"""One answer of two people: either changes it, nothing of it is lost, nothing comes by itself."""

import re
import uuid
from html import unescape

import pytest

from exercises import couples
from exercises.models import Answer, JointAnswer, JointRevision, Share
from tests.conftest import signed_in
from tests.exercises.answering.test_queries import queries
from tests.exercises.together.pages import Ours
from tests.exercises.workbook import Workbook
from trustbook.accounts.keys import vault

pytestmark = pytest.mark.postgres

HERON, EGRET, CRANE = "the heron is ours", "the egret is ours", "the crane is mine alone"
SEEN = "Both of you see what is written here, as soon as it is saved."


def words(response):
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", response.content.decode())))


class TestWriting:
    def test_before_the_first_word_the_page_says_who_sees_it(self, mine, theirs):
        for page in (mine, theirs):
            response = page.get()
            assert response.status_code == 200
            assert SEEN in words(response)
            assert "neither of you had written here yet." in words(response)
        assert not JointAnswer.objects.exists()

    def test_what_one_saves_the_other_goes_on_with(self, mine, theirs):
        first = mine.saved("line", HERON)
        assert theirs.get().context["newest"].text == HERON
        theirs.saved("line", EGRET, base=first)
        assert mine.get().context["newest"].text == EGRET
        assert mine.said() == [(HERON, "mine", False), (EGRET, "theirs", False)]

    def test_a_list_is_written_together_as_well(self, mine, theirs):
        mine.saved("talk", {"1.line": HERON})
        assert theirs.get("talk").context["newest"].text == HERON

    def test_the_page_says_whose_the_newest_text_is(self, mine, theirs):
        mine.saved("line", HERON)
        assert "the newest text was yours, saved" in words(mine.get())
        assert "the newest text was your partner’s, saved" in words(theirs.get())

    def test_an_untouched_page_saves_nothing(self, mine):
        assert mine.save("line", "").json() == {"revision": "", "state": "Not answered yet"}
        assert not JointAnswer.objects.exists()

    def test_sent_twice_is_once(self, mine):
        token = str(uuid.uuid4())
        assert mine.saved("line", HERON, token=token) == mine.saved("line", HERON, token=token)
        assert mine.said() == [(HERON, "mine", False)]

    def test_a_script_is_told_where_the_versions_are(self, mine):
        assert mine.save("line", HERON).json()["history"] == mine.at("line", "history")

    def test_without_scripts_the_page_comes_back(self, mine):
        response = mine.save("line", HERON, script=False)
        assert (response.status_code, response.context["newest"].text) == (200, HERON)
        assert "Saved. Both of you see it." in words(response)

    def test_without_scripts_a_row_can_be_added(self, mine):
        fields = {"owner": mine.owner, "more": "talk"} | mine.fields("talk", {"1.line": HERON})
        rows = mine.get("talk").content.decode().count('name="talk.')
        response = mine.post(mine.at("talk", "save"), fields, script=False)
        assert response.content.decode().count('name="talk.') > rows

    def test_the_mark_of_another_person(self, mine, partner):
        response = mine.save("line", HERON, script=False)
        other = Ours(mine.browser, partner)
        response = other.save("line", EGRET)
        assert (response.status_code, response.json()["error"]) == (403, "owner")
        assert mine.said() == [(HERON, "mine", False)]

    def test_what_cannot_be_kept_stays_in_the_page(self, mine):
        response = mine.save("line", "x" * 100_001, script=False)
        assert response.status_code == 422
        assert "x" * 100_001 in response.content.decode()
        assert not JointAnswer.objects.exists()


class TestConflict:
    def test_both_texts_are_kept_and_shown(self, mine, theirs):
        base = mine.saved("line", "begin")
        head = mine.saved("line", HERON, base=base)
        response = theirs.save("line", EGRET, base=base)
        assert response.status_code == 409
        told = response.json()
        assert (told["head"], HERON in told["shown"], HERON in told["form"]) == (head, True, True)
        assert told["message"] == "Your partner saved this after you began. Both texts are kept."
        assert told["whose"] == "Saved by your partner:"
        assert mine.said()[1:] == [(HERON, "mine", False), (EGRET, "theirs", True)]
        assert mine.newest() == HERON

    def test_ones_own_other_page_is_not_called_the_partner(self, mine):
        base = mine.saved("line", "begin")
        mine.saved("line", HERON, base=base)
        told = mine.save("line", EGRET, base=base).json()
        assert told["message"] == "Another page saved this after you began. Both texts are kept."
        assert "whose" not in told

    def test_without_scripts_both_stand_in_the_page(self, mine, theirs):
        mine.saved("line", HERON)
        response = theirs.save("line", EGRET, script=False)
        assert response.status_code == 409
        shown = words(response)
        assert "Your partner saved this after you began." in shown
        assert (HERON in shown, EGRET in shown) == (True, True)
        base = re.search(r'name="line:base" value="([^"]*)"', response.content.decode())
        assert base
        assert theirs.save("line", EGRET, script=False, base=base[1]).status_code == 200
        assert [text for text, _, _ in mine.said()] == [HERON, EGRET, EGRET]
        assert mine.newest() == EGRET

    def test_two_first_words(self, mine, theirs):
        mine.saved("line", HERON)
        assert theirs.save("line", EGRET).status_code == 409
        assert mine.said() == [(HERON, "mine", False), (EGRET, "theirs", True)]


class TestWhatIsMine:
    def test_my_own_answer_is_beside_and_only_on_my_page(self, mine, theirs, own):
        own.saved("line", CRANE)
        mine.saved("line", HERON)
        assert mine.get().context["mine"].text == CRANE
        for what in ("", "history", "delete", "copy-ours"):
            response = theirs.get("line", what)
            assert response.status_code == 200
            assert "crane" not in response.content.decode()
        assert theirs.get().context["mine"] is None

    def test_nothing_of_it_comes_into_ours_by_itself(self, mine, own):
        own.saved("line", CRANE)
        shown = mine.get()
        assert "crane" not in str(shown.context["form"])
        assert mine.save("line", "").json()["revision"] == ""
        mine.get("line", "copy-mine")
        assert not JointAnswer.objects.exists()

    def test_the_partners_pages_are_the_same_whatever_i_write_alone(self, mine, theirs, own):
        mine.saved("line", HERON)
        before = [masked(theirs.get("line", what)) for what in ("", "history", "delete")]
        own.saved("line", CRANE)
        assert [masked(theirs.get("line", what)) for what in ("", "history", "delete")] == before

    def test_writing_together_writes_nothing_of_ones_own(self, mine, theirs):
        mine.saved("line", HERON)
        theirs.get()
        assert not Answer.objects.exists()
        assert not Share.objects.exists()


def masked(response):
    """All that came back, without what is chance."""
    return (
        response.status_code,
        sorted((name, value) for name, value in response.headers.items() if name != "Expires"),
        re.sub(
            r'(name="(?:csrfmiddlewaretoken|token|line:token)" value=)"[^"]*"',
            r"\1",
            response.content.decode(),
        ),
    )


class TestWhereThereIsNone:
    @pytest.mark.parametrize(
        ("lesson", "prompt"),
        [
            ("for-two", "alone"),
            ("for-two", "mood"),
            ("for-two", "nothing"),
            ("nothing", "line"),
            ("for-two", "%00"),
            ("%00", "line"),
        ],
    )
    def test_what_is_not_asked_of_two(self, mine, lesson, prompt):
        at = f"/together/ours/{lesson}/{prompt}/"
        pages = [mine.browser.get(at + what) for what in ("", "history/", "delete/", "copy-ours/")]
        assert [page.status_code for page in pages] == [404] * 4
        kept = mine.post(f"{at}save/", {"owner": mine.owner, prompt: HERON}, script=False)
        assert (kept.status_code, HERON in kept.content.decode()) == (404, True)
        assert not JointAnswer.objects.exists()

    def test_who_shares_no_workbook(self, mine, strange, stranger):
        mine.saved("line", HERON)
        page = Ours(strange, stranger)
        whats = ("", "history", "delete", "copy-mine", "copy-ours")
        assert [page.get("line", what).status_code for what in whats] == [404] * 5
        assert page.save("line", EGRET).status_code == 404
        presses = ("bring-back", "copy-mine", "copy-ours", "delete")
        fields = {"revision": mine.row.head_id, "text": mine.row.head_id, "seen": mine.row.head_id}
        assert [page.press(what, **fields).status_code for what in presses] == [404] * 4
        assert mine.said() == [(HERON, "mine", False)]

    def test_other_twos_have_their_own(self, mine, strange, stranger, django_user_model):
        mine.saved("line", HERON)
        other = django_user_model.objects.create_user("other@example.org", "another password")
        couples.make_couple(stranger, other)
        page = Ours(strange, stranger)
        assert "heron" not in page.get().content.decode()
        page.saved("line", EGRET)
        assert (mine.newest(), page.newest()) == (HERON, EGRET)
        response = page.press("bring-back", revision=mine.row.head_id, base=page.row.head_id)
        assert response.status_code == 404
        assert page.press("delete", seen=mine.row.head_id).status_code == 409
        assert JointAnswer.objects.count() == 2

    def test_a_question_that_left_the_course(self, mine, own, settings):
        mine.saved("line", HERON)
        settings.CONTENT_DIRS = settings.CONTENT_DIRS[:1]
        response = mine.get()
        assert (response.status_code, response.context["form"]) == (200, None)
        assert "This question has left the course" in words(response)
        assert mine.get("line", "copy-mine").status_code == 404
        kept = mine.save("line", EGRET, base=str(mine.row.head_id), script=False)
        assert (kept.status_code, EGRET in kept.content.decode()) == (404, True)
        assert mine.press("copy-ours", **mine.asked("copy-ours")).status_code == 302
        assert own.value("line") == HERON
        assert mine.get("line", "history").status_code == 200


class TestLeaving:
    @pytest.mark.parametrize("script", [True, False])
    @pytest.mark.parametrize("who", ["writer", "partner"])
    def test_afterwards_the_text_stays_in_the_page(
        self, mine, theirs, writer, partner, script, who
    ):
        base = mine.saved("line", HERON)
        couples.leave({"writer": writer, "partner": partner}[who])
        for page in (mine, theirs):
            response = page.save("line", EGRET, base=base, script=script)
            assert response.status_code == 404
            if not script:
                assert EGRET in response.content.decode()
            assert page.get().status_code == 404
        assert not JointRevision.objects.exists()

    def test_who_was_left_is_told_what_everybody_is(self, mine, theirs, writer, strange, stranger):
        couples.leave(writer)
        pages = [theirs, mine, Ours(strange, stranger)]
        told = [page.save("line", EGRET).json() for page in pages]
        assert told[0] == told[1] == told[2]

    def test_a_key_that_is_destroyed_meanwhile_is_no_fault(self, mine, couple):
        mine.saved("line", HERON)
        vault.destroy_key(couple.data_key_id)
        for what in ("", "history", "delete", "copy-ours"):
            assert mine.get("line", what).status_code == 404
        response = mine.save("line", EGRET, script=False)
        assert (response.status_code, EGRET in response.content.decode()) == (404, True)


class TestDeleting:
    def test_it_is_gone_for_both(self, mine, theirs, own):
        own.saved("line", CRANE)
        theirs.saved("line", EGRET, base=mine.saved("line", HERON))
        told = words(mine.get("line", "delete"))
        assert "All 2 versions of it, whoever of you wrote them." in told
        assert "Your partner may have a copy of this text" in told
        response = mine.press("delete", **mine.asked("delete"))
        assert response.headers["Location"] == mine.at()
        assert (JointAnswer.objects.count(), JointRevision.objects.count()) == (0, 0)
        assert "egret" not in theirs.get().content.decode()
        assert theirs.get("line", "history").status_code == 404
        assert own.value("line") == CRANE

    def test_what_was_saved_since_is_not_deleted_unseen(self, mine, theirs):
        mine.saved("line", HERON)
        asked = mine.asked("delete")
        theirs.saved("line", EGRET, base=str(mine.row.head_id))
        response = mine.press("delete", **asked)
        assert (response.status_code, EGRET in response.content.decode()) == (409, True)
        assert mine.newest() == EGRET

    @pytest.mark.parametrize("seen", ["", "x", "12345678-1234-5678-1234-567812345678"])
    def test_a_garbled_form(self, mine, seen):
        mine.saved("line", HERON)
        assert mine.press("delete", seen=seen).status_code == 409
        assert mine.newest() == HERON

    def test_asking_deletes_nothing(self, mine):
        mine.saved("line", HERON)
        mine.get("line", "delete")
        assert mine.newest() == HERON

    def test_pressed_twice(self, mine):
        mine.saved("line", HERON)
        asked = mine.asked("delete")
        mine.press("delete", **asked)
        assert mine.press("delete", **asked).status_code == 404


@pytest.mark.parametrize("versions", [1, 3])
def test_queries(mine, theirs, own, versions):
    own.saved("line", CRANE)
    base = ""
    for number in range(versions):
        page = (mine, theirs)[number % 2]
        base = page.saved("line", f"text {number}", base=base)
    mine.get()
    assert queries(lambda: mine.get()) == (4, 0)
    assert queries(lambda: mine.get("line", "history")) == (4, 0)
    assert queries(lambda: mine.get("line", "copy-mine")) == (4, 0)
    assert queries(lambda: mine.get("line", "delete")) == (4, 0)
    # Two for the couple, which is locked, then looked at again.
    assert queries(lambda: mine.save("line", "more", base=base)) == (6, 0)


def test_a_new_session_sees_the_same(mine, writer):
    mine.saved("line", HERON)
    assert Workbook(signed_in(writer), writer).browser.get(mine.at()).status_code == 200
