"""The map of the site."""

from django.urls import include, path

from trustbook import health
from trustbook.accounts import leaving

urlpatterns = [
    path("", include("lessons.urls")),
    path("workbook/", include("exercises.answering.urls")),
    path("accounts/", include("trustbook.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("leave/", leaving.leave, name="leave"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
handler400 = "trustbook.errors.bad_request"
