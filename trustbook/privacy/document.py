"""The exported document: one JSON object that every app fills, and that can be brought in again."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from types import ModuleType
from typing import Any, Literal, get_origin

from pydantic import AwareDatetime, BaseModel, Field, JsonValue, create_model

from trustbook.lib.export import Chapter, Exported, Part
from trustbook.lib.personal_data import modules


class Head(Exported):
    """A person's workbook, taken along. All times have an offset; ids tell rows apart."""

    format: Literal["trustbook workbook"]
    version: Literal[1]
    """Raised when an older program could not make sense of the document any more."""
    made_at: AwareDatetime


@cache
def document() -> type[BaseModel]:
    """The model of the whole document: the head, and what each app declares as ``DOCUMENT``.

    An app that declares nothing and hands over a mapping has it under its own label. Lists and
    mappings may be left out, so that an export from before a kind of row existed can be read.
    """
    fields: dict[str, Any] = {}
    for module in modules():
        for key, kind in declared(module).items():
            may_lack = get_origin(kind) in (list, dict)
            fields[key] = (kind, Field(default_factory=get_origin(kind)) if may_lack else ...)
    return create_model("Workbook", __base__=Head, __doc__=Head.__doc__, **fields)


def declared(module: ModuleType) -> Mapping[str, Any]:
    """The keys that an app fills, each with its type."""
    if not hasattr(module, "export_for"):
        return {}
    found: Mapping[str, Any] = getattr(module, "DOCUMENT", {label(module): dict[str, JsonValue]})
    return found


def label(module: ModuleType) -> str:
    """The app's own word: ``reminders`` for ``trustbook.reminders.personal_data``."""
    return module.__name__.split(".")[-2]


def parts_of(person: Any) -> list[Part]:
    """What every app hands over."""
    return [
        found if isinstance(found, Part) else plain(module, found)
        for module in modules()
        if hasattr(module, "export_for")
        for found in [module.export_for(person)]
    ]


def plain(module: ModuleType, found: Mapping[str, Any]) -> Part:
    """A mapping of what JSON can say, as a part; to be read, it is a list of facts.

    The app may say in ``TITLE`` what it is about.
    """
    key = label(module)
    facts = [(name.replace("_", " "), told(said)) for name, said in found.items()]
    title = getattr(module, "TITLE", key.capitalize())
    chapter = Chapter(key, title, facts=facts, printed=False)
    return Part({key: found}, [chapter] if any(found.values()) else [])


def told(said: Any) -> str:
    """A value that JSON can say, in a line to read."""
    if isinstance(said, Mapping):
        return ", ".join(f"{name.replace('_', ' ')} {told(value)}" for name, value in said.items())
    if isinstance(said, list):
        return "; ".join(map(told, said)) or "none"
    return "none" if said is None else str(said)


def schema() -> str:
    """The JSON Schema of the document, to be read by people as well."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    described = dialect | document().model_json_schema()
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def written(parts: list[Part], made_at: datetime) -> Iterator[str]:
    """The document as JSON, row by row; each row stands on a line of its own."""
    head = Head(format="trustbook workbook", version=1, made_at=made_at).model_dump_json()
    yield head.removesuffix("}")
    for part in parts:
        for key, found in part.data.items():
            yield f',\n"{key}": '
            if isinstance(found, BaseModel):
                yield found.model_dump_json()
                continue
            if isinstance(found, Mapping):
                yield json.dumps(found, ensure_ascii=False)
                continue
            yield "["
            for number, row in enumerate(found):
                yield (",\n" if number else "\n") + row.model_dump_json()
            yield "]"
    yield "}\n"
