"""A client's pages about their therapist, under /therapist/."""

from django.urls import path

from exercises.client import conversations
from exercises.client.coming import coming
from exercises.client.opened import opened

app_name = "client"
urlpatterns = [
    path("", coming, name="therapist"),
    path("welcome/", coming, name="welcome"),
    path("accept/", coming, name="accept"),
    path("end/", coming, name="end"),
    path("opened/", opened, name="opened"),
    path("assignments/<uuid:assignment>/", coming, name="assignment"),
    path("assignments/<uuid:assignment>/begin/", coming, name="begin"),
    path("assignments/<uuid:assignment>/done/", coming, name="done"),
    path("assignments/<uuid:assignment>/aside/", coming, name="aside"),
    path("assignments/<uuid:assignment>/resume/", coming, name="resume"),
    path("answers/", conversations.written, name="written"),
    path("answers/<uuid:row>/", conversations.thread, name="thread"),
    path("answers/<uuid:row>/reply/", conversations.reply, name="reply"),
    path("responses/<uuid:response>/", conversations.edit_response, name="edit_response"),
    path("responses/<uuid:response>/save/", conversations.save_response, name="save_response"),
    path(
        "responses/<uuid:response>/withdraw/",
        conversations.withdraw_response,
        name="withdraw_response",
    ),
    path("lessons/<uuid:lesson>/", coming, name="lesson"),
    path("fhir/<str:lesson>/", coming, name="fhir"),
]
