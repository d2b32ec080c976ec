"""The mark of the person for whom a page was made."""

from trustbook.accounts.owner_mark import made_for, owner_mark


def test_it_is_its_owners(writer, stranger):
    mark = owner_mark(writer)
    assert (made_for(mark, writer), made_for(mark, stranger)) == (True, False)


def test_it_tells_nothing_of_them(writer):
    mark = owner_mark(writer)
    assert len(mark) == 32
    assert mark not in (writer.pk.hex, writer.data_key_id.hex)


def test_without_the_secret_nobody_makes_one(writer, settings):
    mark = owner_mark(writer)
    settings.SECRET_KEY = "another secret"
    assert not made_for(mark, writer)


def test_an_open_page_outlives_a_new_secret(writer, settings):
    mark = owner_mark(writer)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret"
    assert made_for(mark, writer)


def test_garbled_marks(writer):
    assert not any(made_for(mark, writer) for mark in ("", "x", "é", "0" * 32))
