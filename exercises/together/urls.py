"""Couples: coming together, opening together, writing together, parting."""

from django.urls import path

from exercises.together import (
    copying,
    earlier,
    inviting,
    joining,
    leaving,
    ours,
    overview,
    promising,
    revealing,
)

app_name = "together"
urlpatterns = [
    path("join/", joining.welcome, name="welcome"),
    path("never-write/<str:token>/", inviting.never_write, name="never_write"),
    path("together/", overview.together, name="together"),
    path("together/lesson/<str:lesson>/", overview.lesson, name="lesson"),
    path("together/weeks/", overview.weeks, name="weeks"),
    path("together/safety/", joining.safety, name="safety"),
    path("together/invite/", inviting.invite, name="invite"),
    path(
        "together/invite/<uuid:invitation>/withdraw/",
        inviting.withdraw,
        name="withdraw_invitation",
    ),
    path("together/join/", joining.join, name="join"),
    path("together/leave/", leaving.leave, name="leave"),
    path("together/reveal/<str:topic>/", revealing.reveal, name="reveal"),
    path("together/reveal/<str:topic>/close/", revealing.close, name="close"),
    path("together/ours/<str:lesson>/<str:prompt>/", ours.ours, name="ours"),
    path("together/ours/<str:lesson>/<str:prompt>/save/", ours.save, name="save_ours"),
    path("together/ours/<str:lesson>/<str:prompt>/history/", earlier.history, name="history"),
    path(
        "together/ours/<str:lesson>/<str:prompt>/bring-back/",
        earlier.bring_back,
        name="bring_back_ours",
    ),
    path("together/ours/<str:lesson>/<str:prompt>/copy-mine/", copying.copy_mine, name="copy_mine"),
    path("together/ours/<str:lesson>/<str:prompt>/copy-ours/", copying.copy_ours, name="copy_ours"),
    path("together/ours/<str:lesson>/<str:prompt>/delete/", ours.delete, name="delete_ours"),
    path("together/promises/", promising.promises, name="promises"),
    path("together/promises/write/", promising.write, name="write_promise"),
    path("together/promises/mine/<uuid:copy>/", promising.copy, name="copy_promise"),
    path("together/promises/<uuid:promise>/", promising.promise, name="promise"),
    path("together/promises/<uuid:promise>/say/", promising.say, name="say"),
    path("together/promises/<uuid:promise>/anew/", promising.write_anew, name="write_anew"),
    path("together/promises/<uuid:promise>/remove/", promising.remove, name="remove_promise"),
]
