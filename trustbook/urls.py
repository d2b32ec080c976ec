"""The map of the site."""

from django.urls import include, path

from trustbook import health
from trustbook.accounts import leaving

urlpatterns = [
    path("", include("lessons.urls")),
    path("workbook/pulse/", include("exercises.pulse.urls")),
    path("workbook/", include("exercises.answering.urls")),
    path("sharing/", include("exercises.sharing.urls")),
    path("care/", include("exercises.care.urls")),
    path("", include("exercises.client.urls")),
    path("", include("exercises.together.urls")),
    path("privacy/", include("trustbook.privacy.urls")),
    path("accounts/", include("trustbook.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("reminders/", include("trustbook.reminders.urls")),
    path("leave/", leaving.leave, name="leave"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
handler400 = "trustbook.errors.bad_request"
