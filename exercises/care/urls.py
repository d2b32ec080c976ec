"""A therapist's pages, under /care/. All but the one that says how want the role and its proof."""

from django.urls import path

from exercises.care import following, noting, reading, sheets, side_by_side
from exercises.care.coming import coming
from trustbook.accounts.therapists import for_therapists

app_name = "care"
FILE = "clients/<uuid:file>/"
NOTE = f"{FILE}notes/<str:day>/"
urlpatterns = [
    path("secure/", coming, name="secure"),
    *for_therapists(
        [
            path("", coming, name="clients"),
            path("clients.csv", coming, name="clients_csv"),
            path("practice/", coming, name="practice"),
            path("invite/", coming, name="invite"),
            path("invite/many/", coming, name="invite_many"),
            path(f"{FILE}", following.client, name="client"),
            path(f"{FILE}label/", coming, name="label"),
            path(f"{FILE}invite/", coming, name="invite_again"),
            path(f"{FILE}withdraw/", coming, name="withdraw_invitation"),
            path(f"{FILE}archive/", coming, name="archive"),
            path(f"{FILE}end/", coming, name="end"),
            path(f"{FILE}delete/", coming, name="delete_file"),
            path(f"{FILE}shared/", reading.shared, name="shared"),
            path(f"{FILE}lessons/<str:lesson>/", reading.shared_lesson, name="shared_lesson"),
            path(f"{FILE}weeks/", reading.weeks, name="weeks"),
            path(f"{FILE}beside/", side_by_side.beside, name="beside"),
            path(f"{FILE}sheet/", sheets.sheet, name="sheet"),
            path(f"{FILE}sheet.pdf", sheets.sheet_pdf, name="sheet_pdf"),
            path(f"{FILE}met/", sheets.met, name="met"),
            path(f"{FILE}notes/", noting.notes, name="notes"),
            path(NOTE, noting.note, name="note"),
            path(f"{NOTE}save/", noting.save_note, name="save_note"),
            path(f"{NOTE}history/", noting.note_history, name="note_history"),
            path(f"{NOTE}bring-back/", noting.bring_back_note, name="bring_back_note"),
            path(f"{NOTE}delete/", noting.delete_note, name="delete_note"),
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
