"""Who can see what, under /sharing/: the one place where consent is given and taken back."""

from django.urls import path

from exercises.sharing import views, weeks, who

app_name = "sharing"
urlpatterns = [
    path("", who.who, name="who"),
    path("weeks/", weeks.weeks, name="weeks"),
    path("weeks/withdraw/", weeks.withdraw_weeks, name="withdraw_weeks"),
    path("<uuid:row>/", views.share, name="share"),
    path("<uuid:row>/withdraw/", views.withdraw, name="withdraw"),
]
