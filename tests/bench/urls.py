"""The map of the site, and the floors."""

from django.urls import path

from tests.bench import floors
from trustbook.urls import urlpatterns as site

urlpatterns = [
    path("floor/private/", floors.private),
    path("floor/save/", floors.save),
    *site,
]
