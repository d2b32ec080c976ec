"""Reminders: the page of one's own, and the one that a mail leads to."""

from django.urls import path

from trustbook.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.reminders, name="reminders"),
    path("stop/<str:token>/", views.stop, name="stop"),
]
