"""The weekly pulse, under /workbook/pulse/. Weeks are named by their Mondays."""

from datetime import date

from django.urls import path, register_converter

from exercises.pulse import views


class WeekConverter:
    """``2026-05-04``."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The day. Raises ``ValueError`` for one that is in no calendar."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """As in ISO 8601."""
        return value.isoformat()


register_converter(WeekConverter, "week")

app_name = "pulse"
urlpatterns = [
    path("", views.weeks, name="weeks"),
    path("<week:week>/", views.week, name="week"),
    path("save/", views.save_page, name="save_page"),
    path("save/<str:prompt>/", views.save_prompt, name="save_prompt"),
]
