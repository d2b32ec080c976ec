"""Many clients of one therapist, made in few statements and without their pages."""

import uuid
from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from exercises.models import (
    Answer,
    AnswerRevision,
    Assignment,
    CareLink,
    ClientFile,
    Opening,
    Response,
    Share,
)
from trustbook.accounts.models import User

LESSONS = ("every-kind", "for-two", "last")
_numbers = count(1)


def many_clients(therapist: User, number: int, per_client: int = 3) -> list[ClientFile]:
    """As many clients, each with assignments, a shared answer that was opened and one that was not,
    and a reply to it. What they wrote is not readable: nothing here opens it.
    """
    people = [
        User(email=f"{uuid.uuid4().hex}@example.org", password="!", data_key_id=uuid.uuid4())
        for _ in range(number)
    ]
    User.objects.bulk_create(people)
    links = [
        CareLink(therapist=therapist, client=one, data_key_id=uuid.uuid4(), since=date(2026, 5, 3))
        for one in people
    ]
    CareLink.objects.bulk_create(links)
    files = [_file(therapist, link) for link in links]
    ClientFile.objects.bulk_create(files)
    Assignment.objects.bulk_create(
        Assignment(
            link=link,
            lesson_id=LESSONS[position % len(LESSONS)] + "-" * (position // len(LESSONS)),
            sealed_note=b"",
            assigned_on=date(2026, 5, 3),
            position=position,
            due_on=date(2026, 6, 1) + timedelta(days=position),
            begun_on=date(2026, 5, 4) if position == 1 else None,
            done_on=timezone.localdate() if position == 2 else None,
        )
        for link in links
        for position in range(per_client)
    )
    _answers(therapist, links)
    return files


def _file(therapist: User, link: CareLink) -> ClientFile:
    file = ClientFile(therapist=therapist, link=link, made_on=date(2026, 5, 3))
    file.seal_label(therapist, f"Client {next(_numbers)}")
    return file


def _answers(therapist: User, links: list[CareLink]) -> None:
    rows: dict[str, list[Any]] = defaultdict(list)
    now = timezone.now()
    for link in links:
        for prompt in ("moment", "scene"):
            answer = Answer(author=link.client, lesson_id="every-kind", prompt_id=prompt)
            answer.head_id = uuid.uuid4()
            head = AnswerRevision(id=answer.head_id, row=answer, token=uuid.uuid4(), sealed=b"")
            about: list[Any] = [answer, head, _share(link, answer, head)]
            if prompt == "moment":
                about.append(_opening(therapist, link, answer, now))
            else:
                about.append(_response(link, answer, now))
            for row in about:
                rows[type(row).__name__].append(row)
    for made in rows.values():
        type(made[0])._base_manager.bulk_create(made)


def _share(link: CareLink, answer: Answer, head: AnswerRevision) -> Share:
    pin: dict[str, Any] = {"answer": answer, "answer_revision": head}
    return Share(owner=link.client, care=link, audience="therapist", since="2026-05-03", **pin)


def _opening(therapist: User, link: CareLink, answer: Answer, now: datetime) -> Opening:
    return Opening(
        owner=link.client,
        reader=therapist.pk,
        row=answer.pk,
        revision=answer.head_id,
        lesson_id=answer.lesson_id,
        prompt_id=answer.prompt_id,
        how="screen",
        opened_at=now,
    )


def _response(link: CareLink, answer: Answer, now: datetime) -> Response:
    return Response(
        link=link,
        answer=answer,
        revision=answer.head_id,
        shared_on=date(2026, 5, 3),
        writer=link.client,
        token=uuid.uuid4(),
        sealed=b"",
        written_at=now,
    )
