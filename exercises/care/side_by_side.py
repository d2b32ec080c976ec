"""Two clients' files side by side, as their therapist wishes. It knows nothing of couples.

What each has shared with the therapist stands there, and each reading is in that client's record.
"""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exercises import access
from exercises.care.opening import opens
from exercises.care.page_forms import Beside
from exercises.care.texts import Asked, Chapter, Text, asked_of, by_lesson
from exercises.models import Answer, CareLink, ClientFile, How
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest


@dataclass(frozen=True)
class Pair:
    """What the two share of one question; None where one of them shares nothing."""

    row: Answer
    """Of either."""
    columns: list[Text | None]
    labels: list[str]

    @property
    def named(self) -> list[tuple[str, Text | None]]:
        """Each beside its client's label."""
        return list(zip(self.labels, self.columns, strict=True))

    @property
    def asked(self) -> str:
        """As the first of them was asked."""
        return next(text.asked for text in self.columns if text)


@require_http_methods(["GET", "HEAD", "POST"])
@opens
def beside(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """Both, lesson by lesson; or the choice of whom to put beside, while nobody is."""
    access.own_link(request.user, file)
    found = access.own_file(request.user, file)
    if request.method == "POST":
        return _choose(request, found)
    other = beside_of(request.user, found)
    if other is None:
        return _ask(request, found, Beside(others_than(request.user, found)))
    files = [found, other]
    context = {
        "file": found,
        "label": found.label(request.user),
        "chapters": _read(request.user, files),
    }
    return render(request, "care/beside.html", context)


def _choose(request: SignedInRequest, file: ClientFile) -> HttpResponse:
    if "apart" in request.POST:
        take_apart(request.user, file.pk)
        messages.success(request, "No longer side by side. Nothing else has changed.")
        return redirect("care:client", file=file.pk)
    form = Beside(others_than(request.user, file), request.POST)
    if not form.is_valid():
        return _ask(request, file, form, status=422)
    put_beside(request.user, file.pk, uuid.UUID(form.cleaned_data["other"]))
    return redirect("care:beside", file=file.pk)


def _ask(
    request: SignedInRequest, file: ClientFile, form: Beside, status: int = 200
) -> HttpResponse:
    context = {"file": file, "label": file.label(request.user), "form": form}
    return render(request, "care/put_beside.html", context, status=status)


def _read(therapist: User, files: list[ClientFile]) -> list[Chapter[Pair]]:
    """What is opened is recorded for both, or nothing is opened."""
    texts: dict[tuple[str, str], dict[uuid.UUID, Text]] = {}
    with transaction.atomic():
        for file in sorted(files, key=_lock_order):
            for read in access.read_shared(therapist, file.pk, How.SCREEN, answer__isnull=False):
                assert isinstance(read.row, Answer)  # noqa: S101 - for the type checker
                place = (read.row.lesson_id, read.row.prompt_id)
                texts.setdefault(place, {})[file.pk] = Text.of(read)
    labels = [file.label(therapist) for file in files]
    pairs = [_pair([found.get(file.pk) for file in files], labels) for found in texts.values()]
    return by_lesson(pairs, lambda pair: pair.row, _asked(files))


def _lock_order(file: ClientFile) -> str:
    """That of the links, as everywhere: so two pages never wait for each other."""
    return str(file.link_id)


def _asked(files: list[ClientFile]) -> Asked:
    """Of both; the therapist's own lessons as each of them has them."""
    first, second = (asked_of(file.link) for file in files if file.link)
    return Asked(first.names, first.prompts | second.prompts)


def _pair(columns: list[Text | None], labels: list[str]) -> Pair:
    row = next(text.read.row for text in columns if text)
    assert isinstance(row, Answer)  # noqa: S101 - for the type checker
    return Pair(row, columns, labels)


def beside_of(therapist: User, file: ClientFile) -> ClientFile | None:
    """Whom the therapist sees beside this client, as long as that one is linked too."""
    if file.beside_id is None:
        return None
    return next((one for one in _linked(therapist) if one.pk == file.beside_id), None)


def others_than(therapist: User, file: ClientFile) -> list[tuple[str, str]]:
    """The linked clients whom a therapist can put beside this one, by label."""
    others = [one for one in _linked(therapist) if one.pk != file.pk]
    named = [(str(one.pk), one.label(therapist)) for one in others]
    return sorted(named, key=lambda one: (one[1].casefold(), one[0]))


def _linked(therapist: User) -> list[ClientFile]:
    live = CareLink.objects.live().filter(therapist=therapist)
    rows = ClientFile.objects.filter(therapist=therapist, link__in=live)
    return list(rows.select_related("link__client", "link__therapist"))


def put_beside(therapist: User, file: uuid.UUID, other: uuid.UUID) -> None:
    """From now on each is beside the other, and whoever was beside either is beside nobody.

    Raises ``Http404`` unless both are linked with the therapist.
    """
    with transaction.atomic():
        rows = _apart(therapist, [file, other])
        live = CareLink.objects.live().filter(therapist=therapist, file__in=[file, other])
        if live.count() != 2:
            raise Http404
        rows.filter(pk=file).update(beside=other)
        rows.filter(pk=other).update(beside=file)


def take_apart(therapist: User, file: uuid.UUID) -> None:
    """Whoever is beside this client no longer is."""
    with transaction.atomic():
        _apart(therapist, [file])


def _apart(therapist: User, files: list[uuid.UUID]) -> QuerySet[ClientFile]:
    own = ClientFile.objects.filter(therapist=therapist)
    rows = own.filter(Q(pk__in=files) | Q(beside__in=files)).order_by("pk")
    ids = list(rows.select_for_update().values_list("pk", flat=True))
    own.filter(pk__in=ids).update(beside=None)
    return own
