"""Sessions and settings; allauth's own addresses stand beside them under /accounts/."""

from django.urls import path

from trustbook.accounts import resting, views

app_name = "accounts"
urlpatterns = [
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/others/end/", views.end_other_sessions, name="end_other_sessions"),
    path("sessions/<uuid:session>/end/", views.end_session, name="end_session"),
    path("sessions/rest/", resting.rest, name="rest"),
    path("sessions/shared/", resting.shared, name="shared"),
    path("idle/", resting.idle, name="idle"),
    path("stay/", resting.stay, name="stay"),
    path("settings/", views.settings, name="settings"),
]
