"""What a person may do with all that they have here, under /privacy/."""

from django.urls import path

from trustbook.privacy import exporting, importing, overview

app_name = "privacy"
urlpatterns = [
    path("", overview.your_data, name="your_data"),
    path("export/", exporting.export, name="export"),
    path("import/", importing.bring_in, name="import"),
]
