"""What people asked for, and the token that ends it."""

import uuid

from tests.lib.outbox.conftest import NOW
from trustbook.lib.outbox import choosing
from trustbook.lib.outbox.models import Notice, Subscription


def test_nothing_is_wanted_before_somebody_asks(writer):
    assert choosing.chosen(writer) == {}


def test_what_is_chosen_replaces_what_was(writer, clock):
    choosing.choose(writer.pk, {"a", "b"})
    clock.shift(60)
    choosing.choose(writer.pk, {"b", "c"})
    assert {kind: (when - NOW).seconds for kind, when in choosing.chosen(writer).items()} == {
        "b": 0,
        "c": 60,
    }


def test_with_a_kind_goes_what_waits_of_it(writer, stranger):
    for person in (writer, stranger):
        choosing.choose(person.pk, {"a", "b"})
        for kind in ("a", "b"):
            Notice.objects.create(person=person, kind=kind, due_at=NOW)
    choosing.choose(writer.pk, {"b"})
    left = Notice.objects.order_by("person__email", "kind")
    assert list(left.values_list("person__email", "kind")) == [
        ("stranger@example.org", "a"),
        ("stranger@example.org", "b"),
        ("writer@example.org", "b"),
    ]


def test_ones_own_only(writer, stranger):
    choosing.choose(stranger.pk, {"a"})
    choosing.choose(writer.pk, ())
    assert set(choosing.chosen(stranger)) == {"a"}
    assert not choosing.wants(writer.pk, "a")


def test_choosing_twice_is_choosing_once(writer):
    choosing.choose(writer.pk, {"a"})
    choosing.choose(writer.pk, {"a"})
    assert Subscription.objects.count() == 1


def test_a_token_leads_to_its_person(writer, stranger):
    tokens = [choosing.stop_token(person.pk) for person in (writer, stranger)]
    assert [choosing.person_of(token) for token in tokens] == [writer.pk, stranger.pk]
    assert [len(token) for token in tokens] == [66, 66]


def test_all_else_leads_nowhere(writer):
    token = choosing.stop_token(writer.pk)
    forged = choosing.stop_token(uuid.uuid4())[:22] + token[22:]
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    short = choosing._signer().sign("abc")
    for wrong in ("", ".", "é.é", str(writer.pk), forged, changed, token + "=", short):
        assert choosing.person_of(wrong) is None


def test_a_token_works_while_its_secret_is_known(writer, settings):
    token = choosing.stop_token(writer.pk)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert choosing.person_of(token) == writer.pk
    settings.SECRET_KEY_FALLBACKS = []
    assert choosing.person_of(token) is None
