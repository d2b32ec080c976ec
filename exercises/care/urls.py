"""A therapist's pages, under /care/. All but the one that says how want the role and its proof."""

from django.urls import path

from exercises.care import practice, secure
from exercises.care.coming import coming
from trustbook.accounts.therapists import for_therapists

app_name = "care"
FILE = "clients/<uuid:file>/"
urlpatterns = [
    path("secure/", secure.secure, name="secure"),
    *for_therapists(
        [
            path("", coming, name="clients"),
            path("clients.csv", coming, name="clients_csv"),
            path("practice/", practice.practice, name="practice"),
            path("invite/", coming, name="invite"),
            path("invite/many/", coming, name="invite_many"),
            path(f"{FILE}", coming, name="client"),
            path(f"{FILE}label/", coming, name="label"),
            path(f"{FILE}invite/", coming, name="invite_again"),
            path(f"{FILE}withdraw/", coming, name="withdraw_invitation"),
            path(f"{FILE}archive/", coming, name="archive"),
            path(f"{FILE}end/", coming, name="end"),
            path(f"{FILE}delete/", coming, name="delete_file"),
            path(f"{FILE}shared/", coming, name="shared"),
            path(f"{FILE}lessons/<str:lesson>/", coming, name="shared_lesson"),
            path(f"{FILE}weeks/", coming, name="weeks"),
            path(f"{FILE}beside/", coming, name="beside"),
            path(f"{FILE}sheet/", coming, name="sheet"),
            path(f"{FILE}sheet.pdf", coming, name="sheet_pdf"),
            path(f"{FILE}met/", coming, name="met"),
            path(f"{FILE}notes/", coming, name="notes"),
            path(f"{FILE}notes/<str:day>/", coming, name="note"),
            path(f"{FILE}fhir/<str:lesson>/", coming, name="fhir"),
            path(f"{FILE}respond/<uuid:row>/", coming, name="respond"),
            path("responses/<uuid:response>/", coming, name="edit_response"),
            path("responses/<uuid:response>/withdraw/", coming, name="withdraw_response"),
            path("assign/", coming, name="assign"),
            path("assignments/<uuid:assignment>/", coming, name="assignment"),
            path("assignments/<uuid:assignment>/withdraw/", coming, name="withdraw_assignment"),
            path("pathways/", coming, name="pathways"),
            path("pathways/new/", coming, name="new_pathway"),
            path("pathways/<uuid:pathway>/", coming, name="pathway"),
            path("pathways/<uuid:pathway>/delete/", coming, name="delete_pathway"),
            path("pathways/supplied/<slug:name>/", coming, name="supplied_pathway"),
            path("lessons/", coming, name="lessons"),
            path("lessons/new/", coming, name="new_lesson"),
            path("lessons/preview/", coming, name="preview"),
            path("lessons/<uuid:lesson>/", coming, name="lesson"),
            path("lessons/<uuid:lesson>/versions/", coming, name="versions"),
            path("lessons/<uuid:lesson>/withdraw/", coming, name="withdraw_lesson"),
        ]
    ),
]
