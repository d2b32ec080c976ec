"""What a person may do with all that they have here, under /privacy/."""

from django.urls import path

from trustbook.privacy import deletion, exporting, importing, overview

app_name = "privacy"
urlpatterns = [
    path("", overview.your_data, name="your_data"),
    path("export/", exporting.export, name="export"),
    path("import/", importing.bring_in, name="import"),
    path("delete/", deletion.choose, name="delete"),
    path("delete/answers/<slug:course>/", deletion.delete_course, name="delete_course"),
    path("delete/account/", deletion.delete_account, name="delete_account"),
    path("ended/", deletion.ended, name="ended"),
]
