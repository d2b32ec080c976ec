"""Keys live in a database of their own, with nothing that says whose they are."""

from django.apps import apps
from django.db import connections, router

from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.keys.router import KeysRouter
from trustbook.accounts.models import User


def tables(name):
    return set(connections[name].introspection.table_names())


def test_where_each_model_lives():
    places = {model._meta.label: router.db_for_write(model) for model in apps.get_models()}
    assert [label for label, place in places.items() if place == "keys"] == ["keys.DataKey"]
    assert router.db_for_read(DataKey) == "keys"


def test_each_table_is_in_its_own_database_only():
    assert tables("keys") == {"keys_datakey", "django_migrations"}
    assert "keys_datakey" not in tables("default")
    assert "accounts_user" in tables("default")


def test_no_relation_spans_both():
    assert not KeysRouter().allow_relation(DataKey(), User())
    assert KeysRouter().allow_relation(User(), User())


def test_a_key_names_nobody(writer):
    fields = {field.name for field in DataKey._meta.get_fields()}
    assert fields == {"id", "wrapped", "made_at"}
    row = DataKey.objects.get()
    assert (row.pk == writer.data_key_id, row.pk == writer.pk) == (True, False)
