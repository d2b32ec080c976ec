"""Every field of every model is declared: exported, erased, or why not."""

import pytest
from django.apps import apps
from django.db import models

from trustbook.accounts.models import User
from trustbook.lib.personal_data import Fate, register


def fields(model: type[models.Model]) -> set[str]:
    """The names of the columns."""
    return {field.name for field in model._meta.concrete_fields + model._meta.many_to_many}


MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def test_every_field_is_declared_and_nothing_else():
    assert {label: set(fates) for label, fates in register().items()} == {
        label: fields(model) for label, model in MODELS.items()
    }


@pytest.mark.parametrize("label", MODELS)
def test_what_is_not_taken_along_has_a_reason(label: str):
    assert [
        name
        for name, fate in register()[label].items()
        if not (fate.exported and fate.erased) and not fate.why
    ] == []


def of_a_person(model: type[models.Model], seen: frozenset[str] = frozenset()) -> bool:
    """Whether rows of ``model`` go with a user: it is the user, or hangs on one by foreign keys."""
    if model is User:
        return True
    owners = [
        field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete in (models.CASCADE, models.SET_NULL)
        and field.related_model._meta.label not in seen
    ]
    return any(of_a_person(owner, seen | {model._meta.label}) for owner in owners)


NAMED_BY_THE_PERSON = {"keys.DataKey"}
"""In a database of their own, without foreign keys; ``erasure`` deletes them by name."""
OF_TWO = {"exercises.Couple", "exercises.JointAnswer"}
"""They go when one of the two leaves, which comes first when an account is erased."""


@pytest.mark.parametrize("label", MODELS)
def test_what_is_erased_hangs_on_a_person(label: str):
    fates: set[bool] = {fate.erased for fate in register()[label].values()}
    assert fates == {of_a_person(MODELS[label]) or label in NAMED_BY_THE_PERSON | OF_TWO}


def test_a_field_that_nobody_declared_is_found(monkeypatch):
    from exercises import personal_data

    short = {**personal_data.FIELDS, "exercises.Pulse": {"id": Fate(True, True)}}
    monkeypatch.setattr(personal_data, "FIELDS", short)
    assert set(register()["exercises.Pulse"]) != fields(MODELS["exercises.Pulse"])
