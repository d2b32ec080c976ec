"""A therapist's pages, under /care/. All but the one that says how want the role and its proof."""

from django.urls import path

from exercises.care import (
    assigning,
    client_list,
    ending,
    following,
    interchange,
    inviting,
    many,
    noting,
    own_lessons,
    pathways,
    practice,
    reading,
    responding,
    secure,
    sheets,
    side_by_side,
)
from trustbook.accounts.therapists import for_therapists

app_name = "care"
FILE = "clients/<uuid:file>/"
NOTE = f"{FILE}notes/<str:day>/"
LESSON = "lessons/<uuid:lesson>/"
urlpatterns = [
    path("secure/", secure.secure, name="secure"),
    *for_therapists(
        [
            path("", client_list.clients, name="clients"),
            path("clients.csv", client_list.clients_csv, name="clients_csv"),
            path("practice/", practice.practice, name="practice"),
            path("invite/", inviting.invite, name="invite"),
            path("invite/many/", many.invite_many, name="invite_many"),
            path(f"{FILE}", following.client, name="client"),
            path(f"{FILE}label/", ending.label, name="label"),
            path(f"{FILE}invite/", inviting.invite_again, name="invite_again"),
            path(f"{FILE}withdraw/", inviting.withdraw, name="withdraw_invitation"),
            path(f"{FILE}archive/", client_list.archive, name="archive"),
            path(f"{FILE}end/", ending.end, name="end"),
            path(f"{FILE}delete/", ending.delete_file, name="delete_file"),
            path(f"{FILE}shared/", reading.shared, name="shared"),
            path(f"{FILE}lessons/<str:lesson>/", reading.shared_lesson, name="shared_lesson"),
            path(f"{FILE}weeks/", reading.weeks, name="weeks"),
            path(f"{FILE}beside/", side_by_side.beside, name="beside"),
            path(f"{FILE}sheet/", sheets.sheet, name="sheet"),
            path(f"{FILE}sheet.pdf", sheets.sheet_pdf, name="sheet_pdf"),
            path(f"{FILE}met/", sheets.met, name="met"),
            path(f"{FILE}notes/", noting.notes, name="notes"),
            path(NOTE, noting.note, name="note"),
            path(f"{FILE}fhir/<str:lesson>/", interchange.fhir, name="fhir"),
            path(f"{FILE}respond/<uuid:row>/", responding.respond, name="respond"),
            path("responses/<uuid:response>/", responding.edit_response, name="edit_response"),
            path(
                "responses/<uuid:response>/withdraw/",
                responding.withdraw_response,
                name="withdraw_response",
            ),
            path("assign/", assigning.assign, name="assign"),
            path("assignments/<uuid:assignment>/", assigning.assignment, name="assignment"),
            path(
                "assignments/<uuid:assignment>/withdraw/",
                assigning.withdraw,
                name="withdraw_assignment",
            ),
            path("pathways/", pathways.pathways, name="pathways"),
            path("pathways/new/", pathways.new_pathway, name="new_pathway"),
            path("pathways/<uuid:pathway>/", pathways.pathway, name="pathway"),
            path("pathways/<uuid:pathway>/delete/", pathways.delete_pathway, name="delete_pathway"),
            path(
                "pathways/supplied/<slug:name>/",
                pathways.supplied_pathway,
                name="supplied_pathway",
            ),
            path(f"{FILE}respond/<uuid:row>/send/", responding.send_response, name="send_response"),
            path("responses/<uuid:response>/save/", responding.save_response, name="save_response"),
            path(f"{NOTE}save/", noting.save_note, name="save_note"),
            path(f"{NOTE}history/", noting.note_history, name="note_history"),
            path(f"{NOTE}bring-back/", noting.bring_back_note, name="bring_back_note"),
            path(f"{NOTE}delete/", noting.delete_note, name="delete_note"),
            path(
                "assignments/<uuid:assignment>/newest/",
                own_lessons.give_newest,
                name="give_newest",
            ),
            path("lessons/", own_lessons.lessons, name="lessons"),
            path("lessons/new/", own_lessons.new_lesson, name="new_lesson"),
            path("lessons/preview/", own_lessons.preview, name="preview"),
            path(f"{LESSON}", own_lessons.lesson, name="lesson"),
            path(f"{LESSON}versions/", own_lessons.versions, name="versions"),
            path(f"{LESSON}withdraw/", own_lessons.withdraw_lesson, name="withdraw_lesson"),
            path("lessons/new/save/", own_lessons.save_new, name="save_new"),
            path(f"{LESSON}save/", own_lessons.save_lesson, name="save_lesson"),
            path(
                f"{LESSON}versions/<int:number>/bring-back/",
                own_lessons.bring_back,
                name="bring_back_version",
            ),
        ]
    ),
]
