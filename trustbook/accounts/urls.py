"""Sessions and settings; allauth's own addresses stand beside them under /accounts/."""

from django.urls import path

from trustbook.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/others/end/", views.end_other_sessions, name="end_other_sessions"),
    path("sessions/<uuid:session>/end/", views.end_session, name="end_session"),
    path("settings/", views.settings, name="settings"),
]
