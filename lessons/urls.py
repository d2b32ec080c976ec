"""The public pages."""

from django.urls import path

from lessons import views

app_name = "lessons"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("lessons/", views.courses, name="courses"),
    path("lessons/search/", views.search_page, name="search"),
    path("lessons/<slug:course>/", views.course, name="course"),
    path("lessons/<slug:course>/<slug:slug>/", views.lesson, name="lesson"),
    path("help/", views.help_page, name="help"),
    path("help/leaving/", views.leaving, name="leaving"),
    path("what-we-promise/", views.promises, name="promises"),
    path("legal/<slug:name>/", views.legal, name="legal"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
