"""The exported document: one JSON object that every app fills, and that can be brought in again."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Literal, get_origin

from pydantic import AwareDatetime, BaseModel, Field, create_model

from trustbook.lib.export import Exported, Part
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

    Lists may be left out, so that an export from before a kind of row existed can be read.
    """
    fields: dict[str, Any] = {}
    for module in modules():
        declared: Mapping[str, Any] = module.DOCUMENT
        for key, kind in declared.items():
            fields[key] = (kind, Field(default_factory=list) if get_origin(kind) is list else ...)
    return create_model("Workbook", __base__=Head, __doc__=Head.__doc__, **fields)


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
            yield "["
            for number, row in enumerate(found):
                yield (",\n" if number else "\n") + row.model_dump_json()
            yield "]"
    yield "}\n"
