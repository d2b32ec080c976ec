"""The private workbook, under /workbook/.

Answers are sent to permanent ids, never to slugs: a lesson that was renamed while somebody was
writing still takes their text.
"""

from django.urls import path

from exercises.answering import deleting, looking_back, today, views

app_name = "workbook"
urlpatterns = [
    path("", today.today, name="today"),
    path("token/", views.token, name="token"),
    path("answers/", looking_back.answers, name="answers"),
    path("answers/<uuid:row>/", looking_back.history, name="history"),
    path("answers/<uuid:row>/bring-back/", looking_back.bring_back, name="bring_back"),
    path("answers/<uuid:row>/delete/", deleting.delete, name="delete"),
    path("deleted/<uuid:row>/", deleting.deleted, name="deleted"),
    path("deleted/<uuid:row>/undo/", deleting.undo, name="undo"),
    path("deleted/<uuid:row>/purge/", deleting.purge, name="purge"),
    path("save/<str:lesson>/", views.save_page, name="save_page"),
    path("save/<str:lesson>/<str:prompt>/", views.save_prompt, name="save_prompt"),
    path("place/<str:lesson>/", views.place, name="place"),
    path("own/<uuid:lesson>/", views.own_lesson, name="own_lesson"),
    path("<slug:course>/<slug:slug>/", views.lesson, name="lesson"),
]
