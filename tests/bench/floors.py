"""What a page costs at least on this server: the views against which the real ones are held."""

import uuid

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from exercises.models import Reading
from tests.bench.bare import constant


def private(request):
    """Session and user from the database, then a constant page."""
    assert request.user.pk
    return HttpResponse(constant("private"))


@require_POST
def save(request):
    """Session, user and CSRF token are checked; one row is written and committed."""
    row = Reading(reader=request.user, lesson_id="floor", place=uuid.uuid4().int % 1_000)
    Reading.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["reader", "lesson_id"],
        update_fields=["place"],
    )
    return JsonResponse({"revision": str(uuid.uuid4()), "state": "Saved 14:02", "history": ""})
