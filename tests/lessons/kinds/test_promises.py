from urllib.parse import urlencode

import pytest

from lessons.kinds import Fields, Refused
from lessons.kinds.promises import BY, PROMISE_ID, STATES
from tests.lessons.kinds.examples import PROMISE, make, read
from tests.lessons.kinds.page import Page, name_of, posted


def row(number: int = 1, **changes: str) -> str:
    return urlencode({f"mine.{number}.{k}": v for k, v in (PROMISE | changes).items()})


def test_a_promise_keeps_its_id():
    assert read(make("promises"), row()) == [PROMISE]


def test_a_new_promise_gets_an_id_and_keeps_it():
    prompt = make("promises")
    one, two = read(prompt, f"{row(1, id='')}&{row(2, id='')}")
    assert PROMISE_ID.fullmatch(one["id"])
    assert one["id"] != two["id"]
    assert one | {"id": PROMISE["id"]} == PROMISE
    assert prompt.read(Fields(posted(prompt.form([one, two])), "mine")) == [one, two]


def test_a_row_without_words_is_left_out_whatever_is_selected():
    assert read(make("promises"), row(what=" ", until="", by="x")) == []
    assert len(read(make("promises"), row(what="", until="Friday"))) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"by": "us"}, "Promise 1: choose “I promised” or “was promised to me”"),
        ({"by": ""}, "Promise 1: choose"),
        ({"state": "broken"}, "Promise 1: choose how it stands: still open, kept"),
        ({"id": "x"}, "Reload the page"),
        ({"id": "0" * 33}, "Reload the page"),
        ({"id": "0" * 31 + "\n"}, "Reload the page"),
        ({"until": "x" * 201}, "at most 200 characters"),
        ({"what": "x" * 2001}, "Row 1: This is 2,001 characters long"),
    ],
)
def test_what_is_refused(changes, says):
    with pytest.raises(Refused, match=says):
        read(make("promises"), row(**changes))


def test_an_id_twice_is_refused():
    with pytest.raises(Refused, match=r"sent twice\. Reload the page"):
        read(make("promises"), f"{row(1)}&{row(2)}")


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("state", STATES)
def test_each_choice_comes_back_as_posted(by, state):
    prompt = make("promises")
    value = [PROMISE | {"by": by, "state": state}]
    post = posted(prompt.form(value))
    assert (post["mine.1.by"], post["mine.1.state"]) == (by, state)
    assert (post["mine.2.by"], post["mine.2.state"], post["mine.2.id"]) == ("me", "open", "")


def test_each_promise_is_a_named_group_of_named_fields():
    page = Page(make("promises").form([PROMISE]))
    groups = [e for e in page.root.all if e.get("role") == "group" and not e.within("template")]
    assert [name_of(group, page) for group in groups] == ["Promise 1", "Promise 2", "Promise 3"]
    names = [name_of(field, page) for field in page.fields()][:4]
    assert [name.split(" I ")[0] for name in names] == [
        "What was promised Call if later than half past six",
        "Who promised",
        "Until when",
        "How it stands still open kept changed in time not kept",
    ]


def test_rows_can_be_added_up_to_200():
    prompt = make("promises")
    assert len(Page(prompt.form([PROMISE], 1)).all("li")) == 4
    assert 'data-most="200"' in prompt.form([])


def test_a_script_knows_where_a_new_id_belongs():
    hidden = [
        e for e in Page(make("promises").form([PROMISE])).root.all if e.get("type") == "hidden"
    ]
    assert all("data-new-id" in e.attributes for e in hidden)
    assert [e.get("value") for e in hidden] == [PROMISE["id"], "", "", ""]


def test_what_does_not_fit():
    prompt = make("promises")
    assert prompt.fits([PROMISE])
    for value in (
        [PROMISE, PROMISE],
        [PROMISE | {"state": "broken"}],
        [PROMISE | {"by": "us"}],
        [PROMISE | {"id": ""}],
        [PROMISE | {"more": ""}],
        [PROMISE | {"until": None}],
        PROMISE,
    ):
        assert not prompt.fits(value)


def test_it_reads_as_a_list_of_facts():
    prompt = make("promises")
    value = [PROMISE, PROMISE | {"id": "f" * 32, "what": "<b>", "by": "them", "until": ""}]
    assert prompt.show(value) == (
        '<ol class="promises answer">'
        '<li class="promise"><p class="what">Call if later than half past six</p>'
        '<p class="meta">I promised · each evening · kept</p></li>'
        '<li class="promise"><p class="what">&lt;b&gt;</p>'
        '<p class="meta">was promised to me · kept</p></li></ol>'
    )
    assert prompt.as_text(value) == (
        "Call if later than half past six (I promised · each evening · kept)\n"
        "<b> (was promised to me · kept)"
    )


def test_what_it_gives_to_a_ledger_of_two():
    prompt = make("promises")
    one = {"id": "1" * 32, "what": " Call \n", "by": "them", "until": " Friday ", "state": "kept"}
    none = {"id": "2" * 32, "what": " ", "by": "me", "until": "Friday", "state": "open"}
    assert prompt.gives
    given = [tuple(given) for given in prompt.given([one, none])]
    assert given == [("1" * 32, "Call", "Friday", "them")]
