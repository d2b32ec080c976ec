"""A client's pages about their therapist, under /therapist/, and one for whoever is invited."""

from django.urls import include, path

from exercises.client import conversations, interchange, joining, own_lessons, tasks, therapist
from exercises.client.opened import opened

app_name = "client"
under_therapist = [
    path("", therapist.therapist, name="therapist"),
    path("accept/", joining.accept, name="accept"),
    path("end/", therapist.end, name="end"),
    path("opened/", opened, name="opened"),
    path("assignments/<uuid:assignment>/", tasks.assignment, name="assignment"),
    path("assignments/<uuid:assignment>/begin/", tasks.begin, name="begin"),
    path("assignments/<uuid:assignment>/done/", tasks.done, name="done"),
    path("assignments/<uuid:assignment>/aside/", tasks.aside, name="aside"),
    path("assignments/<uuid:assignment>/resume/", tasks.resume, name="resume"),
    path("answers/<uuid:row>/", conversations.thread, name="thread"),
    path("responses/<uuid:response>/", conversations.edit_response, name="edit_response"),
    path(
        "responses/<uuid:response>/withdraw/",
        conversations.withdraw_response,
        name="withdraw_response",
    ),
    path("answers/", conversations.written, name="written"),
    path("answers/<uuid:row>/reply/", conversations.reply, name="reply"),
    path("responses/<uuid:response>/save/", conversations.save_response, name="save_response"),
    path("lessons/<uuid:lesson>/", own_lessons.lesson, name="lesson"),
    path("fhir/", interchange.take_along, name="take_along"),
    path("fhir/<str:lesson>/", interchange.fhir, name="fhir"),
]
urlpatterns = [
    # Said in mails: so it does not say of what.
    path("invitation/", joining.welcome, name="welcome"),
    path("therapist/", include(under_therapist)),
]
