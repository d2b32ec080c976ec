"""A therapist and their clients, as the therapist may see it.

What a client wrote is read in ``openings`` alone, where it is noted for the client.
"""

import uuid
from collections.abc import Collection
from datetime import date

from django.http import Http404

from exercises.models import (
    Assignment,
    CareLink,
    ClientFile,
    OwnLesson,
    OwnLessonVersion,
    Pathway,
    Practice,
    SessionNote,
)
from trustbook.accounts.models import User


def own_files(therapist: User) -> list[ClientFile]:
    """All files of a therapist, with the links and the clients of those that hold, in no order."""
    rows = ClientFile.objects.filter(therapist=therapist)
    return list(rows.select_related("link__client", "link__therapist"))


def own_file(therapist: User, file: uuid.UUID) -> ClientFile:
    """One of them, with a link or without."""
    rows = ClientFile.objects.filter(therapist=therapist, pk=file)
    found = rows.select_related("link__client", "link__therapist").first()
    if found is None:
        raise Http404
    return found


def locked_file(therapist: User, file: uuid.UUID) -> ClientFile:
    """The same, locked until the commit; its link, if that is locked at all, is locked already."""
    rows = ClientFile.objects.filter(therapist=therapist, pk=file)
    found = rows.select_for_update().first()
    if found is None:
        raise Http404
    return found


def link_of(file: ClientFile) -> CareLink | None:
    """The link of a file that was fetched here, if it holds."""
    rows = CareLink.objects.live().filter(file=file)
    return rows.select_related("client", "therapist").first()


def own_link(therapist: User, file: uuid.UUID, *, lock: bool = False) -> CareLink:
    """What links a therapist with the client of a file, if it holds; 404 once it has ended.

    ``lock`` keeps its row until the commit, so that it cannot end meanwhile.
    """
    rows = CareLink.objects.live().filter(therapist=therapist, file=file)
    rows = rows.select_related("client", "therapist")
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None or (lock and not CareLink.objects.live().filter(pk=found.pk).exists()):
        raise Http404
    return found


def own_links(
    therapist: User, files: Collection[uuid.UUID], *, lock: bool = False
) -> dict[uuid.UUID, CareLink]:
    """The same of several files, by file; one that has ended is left out.

    ``lock`` keeps their rows until the commit, all of them in one order: nobody waits for whoever
    waits for them.
    """
    rows = CareLink.objects.live().filter(therapist=therapist, file__in=files).order_by("pk")
    rows = rows.select_related("client", "therapist", "file")
    found = list(rows.select_for_update(of=("self",)) if lock else rows)
    if lock:
        hold = CareLink.objects.live().filter(pk__in=[link.pk for link in found])
        still = set(hold.values_list("pk", flat=True))
        found = [link for link in found if link.pk in still]
    return {link.file.pk: link for link in found}


def given_assignment(therapist: User, assignment: uuid.UUID, *, lock: bool = False) -> Assignment:
    """An assignment that a therapist gave, whose link holds; ``lock`` keeps it until the commit."""
    rows = Assignment.objects.filter(
        link__in=CareLink.objects.live().filter(therapist=therapist), pk=assignment
    ).select_related("link__client", "link__file", "version")
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise Http404
    return found


def given_to(link: CareLink) -> list[Assignment]:
    """All that a client was ever assigned, also what was withdrawn, the last first.

    Whether they have put something aside is not fetched.
    """
    rows = Assignment.objects.filter(link=link).select_related("version").defer("aside_at")
    return list(rows.order_by("-assigned_on", "position", "pk"))


def own_session_notes(file: ClientFile) -> list[SessionNote]:
    """What a therapist noted in a file of theirs, with the newest texts, the last day first."""
    rows = SessionNote.objects.filter(file=file, therapist=file.therapist_id)
    return list(rows.select_related("head").order_by("-day"))


def session_note_days(file: ClientFile) -> list[date]:
    """The days of which there are notes, the last first."""
    rows = SessionNote.objects.filter(file=file, therapist=file.therapist_id)
    return list(rows.order_by("-day").values_list("day", flat=True))


def own_session_note(file: ClientFile, day: date) -> SessionNote | None:
    """The note of one day."""
    rows = SessionNote.objects.filter(file=file, therapist=file.therapist_id, day=day)
    return rows.select_related("head").first()


def written_session_note(file: ClientFile, day: date) -> SessionNote:
    """The same, where there is one."""
    found = own_session_note(file, day)
    if found is None:
        raise Http404
    return found


def own_pathways(therapist: User) -> list[Pathway]:
    """A therapist's own pathways, in no order."""
    return list(Pathway.objects.filter(therapist=therapist))


def own_pathway(therapist: User, pathway: uuid.UUID, *, lock: bool = False) -> Pathway:
    """One of them; ``lock`` keeps it until the commit."""
    rows = Pathway.objects.filter(therapist=therapist, pk=pathway)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise Http404
    return found


def written_lessons(therapist: User) -> list[OwnLesson]:
    """A therapist's own lessons with their newest versions, in no order."""
    return list(OwnLesson.objects.filter(therapist=therapist).select_related("head"))


def written_lesson(therapist: User, lesson: uuid.UUID) -> OwnLesson:
    """One of them."""
    rows = OwnLesson.objects.filter(therapist=therapist, pk=lesson)
    found = rows.select_related("head").first()
    if found is None:
        raise Http404
    return found


def practice_of(therapist: User) -> Practice | None:
    """What a therapist says of their practice, if they have written anything."""
    return Practice.objects.filter(therapist=therapist).first()


def locked_lesson(therapist: User, lesson: uuid.UUID) -> OwnLesson | None:
    """One of them, locked until the commit, with its newest version; None for one not yet begun."""
    rows = OwnLesson.objects.filter(therapist=therapist, pk=lesson)
    rows = rows.select_for_update(of=("self",)).select_related("head")
    # Where PostgreSQL had to wait for another save, the join may miss the new version.
    return rows.first() or rows.first()


def versions_of(therapist: User, lesson: uuid.UUID) -> list[OwnLessonVersion]:
    """All versions of one of them, the first one first; none of one that has not begun."""
    rows = OwnLessonVersion.objects.filter(row__therapist=therapist, row=lesson)
    return list(rows.order_by("number"))


def version_of(row: OwnLesson, number: int) -> OwnLessonVersion:
    """One of them."""
    found = row.versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def holders_of(row: OwnLesson) -> int:
    """How many clients of the therapist's have a lesson that was fetched here."""
    links = CareLink.objects.live().filter(therapist=row.therapist_id)
    held = Assignment.objects.filter(link__in=links, lesson_id=row.lesson_id, withdrawn_on=None)
    return held.values("link").distinct().count()
