"""Bringing an export in. The file is held in memory and nowhere else."""

import io
import struct
import zipfile
import zlib
from typing import Any

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods
from pydantic import BaseModel, ValidationError

from trustbook.accounts.owner_mark import made_for, owner_mark
from trustbook.accounts.requests import SignedInRequest
from trustbook.lib.export import Brought, Unfit
from trustbook.lib.personal_data import modules
from trustbook.privacy.archive import DOCUMENT
from trustbook.privacy.document import document

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
"""Of a request, and so of the file in it."""
MOST_UNFOLDED = 64 * MEGABYTE
"""Of the document, which a ZIP may hold in a twentieth of the room."""
MOST_PARTS = 4_000_000
"""Commas and opening brackets: a document that is all structure would need too much memory."""

TOO_LARGE = "This file is too large: 20 MB can be brought in, 64 MB when unpacked."
NO_FILE = "Choose the file first: workbook.zip, or the workbook.json out of it."
ANOTHER_PERSON = (
    "This page was opened with another account than the one that is signed in now, so nothing was "
    "brought in. If this is the account that you mean, choose the file again."
)
DAMAGED = (
    "This ZIP file is damaged, or was not received whole. Take it along once more, or choose the "
    "workbook.json out of it."
)

WORDED = {
    "missing": "This is missing.",
    "extra_forbidden": "Nothing that can be brought in is called so.",
}
"""Some of the faults that pydantic knows, in plainer words."""


class InMemory(MemoryFileUploadHandler):
    """Django's, with a limit of its own; what is larger is not kept anywhere."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[Any, MultiValueDict[str, Any]] | None:
        """Decides by the length of the whole request."""
        self.activated = content_length <= MOST_BYTES
        return None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keeps it, or drops it."""
        if self.activated:
            self.file.write(raw_data)
        return None


@csrf_exempt  # checked below: the check reads the request, which needs the handler first
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: SignedInRequest) -> HttpResponse:
    """The page that takes the file."""
    request.upload_handlers = [InMemory(request)]
    return _bring_in(request)


@csrf_protect
def _bring_in(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, 200, [])
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > MOST_BYTES:
        return _page(request, 413, [("", TOO_LARGE)])
    try:
        brought = bring(request)
    except Unfit as unfit:
        return _page(request, 422, unfit.faults)
    messages.success(request, told(brought))
    return redirect("privacy:import")


def _page(request: SignedInRequest, status: int, faults: Any) -> HttpResponse:
    context = {"faults": faults, "owner": owner_mark(request.user)}
    return render(request, "privacy/import.html", context, status=status)


def bring(request: SignedInRequest) -> Brought:
    """Reads, checks, writes, in this order. Raises ``Unfit`` before anything is written."""
    if not made_for(request.POST.get("owner", ""), request.user):
        raise Unfit([("", ANOTHER_PERSON)])
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise Unfit([("", NO_FILE)])
    found = read(file.read())
    able = [module for module in modules() if hasattr(module, "import_for")]
    bringing = [module.import_for(request.user, found) for module in able]
    return sum((bring() for bring in bringing), start=Brought())


def read(file: bytes) -> BaseModel:
    """The document in ``file``, a ZIP or the JSON itself. Raises ``Unfit``."""
    text = unpacked(file) if file.startswith(b"PK") else file
    if len(text) > MOST_UNFOLDED or sum(map(text.count, (b",", b"[", b"{"))) > MOST_PARTS:
        raise Unfit([("", TOO_LARGE)])
    try:
        return document().model_validate_json(text)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        raise Unfit([(place_of(one["loc"]), worded(one)) for one in found[:20]]) from None


def worded(fault: Any) -> str:
    """What is wrong, in a sentence."""
    return WORDED.get(fault["type"], f"{fault['msg']}.")


def unpacked(file: bytes) -> bytes:
    """The document out of a ZIP, or as much of it as shows that it is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive, archive.open(DOCUMENT) as member:
            return member.read(MOST_UNFOLDED + 1)
    except KeyError:
        raise Unfit([("", f"There is no {DOCUMENT} in this ZIP file.")]) from None
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError):
        raise Unfit([("", DAMAGED)]) from None
    except (RuntimeError, ValueError):
        # Encrypted, or packed in a way that we never use.
        raise Unfit([("", DAMAGED)]) from None


def place_of(steps: tuple[int | str, ...]) -> str:
    """A place in the file: ``answers[3].revisions[0].saved_at``."""
    words = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(words).lstrip(".")


def told(brought: Brought) -> str:
    """What was done, in a few sentences."""
    if brought == Brought():
        return "Everything in this file was here already. Nothing was added."
    said = [
        f"Brought in: {counted(brought.versions, 'version')}. New here: "
        f"{counted(brought.rows, 'answer or week', 'answers and weeks')}."
        if brought.versions
        else "",
        f"{counted(brought.readings, 'lesson counts', 'lessons count')} as opened or finished now."
        if brought.readings
        else "",
        f"In {counted(brought.beside, 'place')} what you had here stays the newest; what the file "
        "says is under “Earlier versions”."
        if brought.beside
        else "",
    ]
    return " ".join(one for one in said if one)


def counted(number: int, one: str, many: str = "") -> str:
    """``1 place``, ``3 places``."""
    return f"{number} {one}" if number == 1 else f"{number:,} {many or one + 's'}"
