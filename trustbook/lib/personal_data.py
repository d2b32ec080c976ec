"""What becomes of each field of each model when its person takes everything or ends everything.

An app that stores something has a module ``personal_data`` with

- ``FIELDS``: a ``Fate`` for every field of every model that the app answers for, by the model's
  label; a field without one fails the suite;
- ``DOCUMENT``: the keys that it fills in the exported document, each with its type;
- ``export_for(person)``: the app's part of the export, a ``trustbook.lib.export.Part``, or, without
  ``DOCUMENT``, a mapping of a few things that JSON can say;
- ``import_for(person, document)``, where it can take something back: checks the whole of it,
  raising ``trustbook.lib.export.Unfit``, and returns what then does the writing;
- ``before_erasing(person)``: what must happen while the person is still whole, such as leaving
  somebody; comes before anything else, may be called again after a crash, and finds the key gone
  where a restored backup is a little newer than its keys;
- ``erase(person)``: deletes the app's rows of a person, whose key is destroyed by then; may be
  called again after a crash;
- ``finish()``: completes for everybody what a crash or a closed page left; how many there were;
- ``forget(what, ids)``: deletes the rows that the ledger of what was erased calls ``what``, after
  a restore; how many there were, None where the word is none of the app's.
- ``named_keys()``: the ids of the data keys that the app's rows name; a key that nobody names is
  swept after a day;
- ``after_restoring()``: deletes what was meant for the moment of the backup only.

All but ``FIELDS`` may be left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Fate:
    """Whether a field goes into its person's export, and whether it goes with the account."""

    exported: bool
    erased: bool
    why: str = ""
    """For what is not exported or not erased: the reason, for those who read the register."""


Fields = Mapping[str, Mapping[str, Fate]]
"""By the model's label, then by the field's name."""

EXPORTED = Fate(exported=True, erased=True)
"""Its person takes it along, and it goes with the account."""


def unexported(why: str) -> Fate:
    """Goes with the account, and is of no use to its person elsewhere: ``why``."""
    return Fate(exported=False, erased=True, why=why)


def nobodys(why: str) -> Fate:
    """Of no person: neither exported nor erased."""
    return Fate(exported=False, erased=False, why=why)


def modules() -> Iterator[ModuleType]:
    """The module ``personal_data`` of every app that has one, in the order of INSTALLED_APPS."""
    for app in apps.get_app_configs():
        name = f"{app.name}.personal_data"
        if find_spec(name):
            yield import_module(name)


def ask_all(verb: str, *arguments: Any) -> list[Any]:
    """What every app that has the function ``verb`` in its ``personal_data`` answers, in order."""
    asked = [getattr(module, verb, None) for module in modules()]
    return [function(*arguments) for function in asked if function]


def register() -> dict[str, dict[str, Fate]]:
    """The fate of every declared field, over all apps."""
    found: dict[str, dict[str, Fate]] = {}
    for module in modules():
        fields: Fields = module.FIELDS
        found |= {label: dict(fates) for label, fates in fields.items()}
    return found
