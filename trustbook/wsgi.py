"""What a WSGI server loads: ``trustbook.wsgi:application``."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trustbook.settings")
_django = get_wsgi_application()

from lessons.catalogue import catalogue  # noqa: E402 - Django must be set up first
from trustbook.lib.logs import LastResort  # noqa: E402

application = LastResort(_django)

# The content is read before the first request, and what lives as long as the process is left out
# of every later garbage collection.
catalogue()
gc.freeze()
