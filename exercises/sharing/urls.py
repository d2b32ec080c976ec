"""Who can see what, under /sharing/: the one place where consent is given and taken back."""

from django.urls import path

from exercises.sharing import views

app_name = "sharing"
urlpatterns = [
    path("", views.who, name="who"),
    path("weeks/", views.weeks, name="weeks"),
    path("weeks/withdraw/", views.withdraw_weeks, name="withdraw_weeks"),
    path("<uuid:row>/", views.share, name="share"),
    path("<uuid:row>/withdraw/", views.withdraw, name="withdraw"),
]
