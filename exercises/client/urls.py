"""A client's pages about their therapist, under /therapist/."""

from django.urls import path

from exercises.client import own_lessons
from exercises.client.coming import coming

app_name = "client"
urlpatterns = [
    path("", coming, name="therapist"),
    path("welcome/", coming, name="welcome"),
    path("accept/", coming, name="accept"),
    path("end/", coming, name="end"),
    path("opened/", coming, name="opened"),
    path("assignments/<uuid:assignment>/", coming, name="assignment"),
    path("assignments/<uuid:assignment>/begin/", coming, name="begin"),
    path("assignments/<uuid:assignment>/done/", coming, name="done"),
    path("assignments/<uuid:assignment>/aside/", coming, name="aside"),
    path("assignments/<uuid:assignment>/resume/", coming, name="resume"),
    path("answers/<uuid:row>/", coming, name="thread"),
    path("responses/<uuid:response>/", coming, name="edit_response"),
    path("responses/<uuid:response>/withdraw/", coming, name="withdraw_response"),
    path("lessons/<uuid:lesson>/", own_lessons.lesson, name="lesson"),
    path("fhir/<str:lesson>/", coming, name="fhir"),
]
