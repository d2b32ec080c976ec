"""What there is to be told about by mail. Each is off until its person turns it on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LONGEST_NAME = 20


def always(person: Any) -> bool:
    """Nothing can make this notice pointless before it is sent; it is for everybody."""
    return True


@dataclass(frozen=True)
class Kind:
    """One kind of notice. ``label`` and ``help_text`` stand beside its box on the page."""

    name: str
    """In lower case; it is stored."""
    label: str
    help_text: str = ""
    still: Callable[[Any], bool] = always
    """Asked just before sending: whether there is still something to tell this person.

    What was withdrawn meanwhile must leave no trace, and a mail about nothing would be one.
    """
    offered: Callable[[Any], bool] = always
    """Whether this person can ask for it."""


_registered: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Makes ``kind`` known, in the order of registering; a second one of that name replaces it.

    Raises ``ValueError`` for a name that cannot be stored.
    """
    if len(kind.name) > LONGEST_NAME:
        raise ValueError(f"{kind.name!r} is longer than {LONGEST_NAME} letters")
    _registered[kind.name] = kind
    return kind


def forget(kind: Kind) -> None:
    """Undoes ``register``."""
    _registered.pop(kind.name, None)


def registered() -> list[Kind]:
    """All kinds, the first registered first."""
    return list(_registered.values())


def offered_to(person: Any) -> list[Kind]:
    """Those of them for which a person can ask."""
    return [kind for kind in registered() if kind.offered(person)]


def named(name: str) -> Kind | None:
    """The kind of this name, None for one that this version does not know."""
    return _registered.get(name)
