#!/usr/bin/env python
"""Django's command line for trustbook."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from trustbook.lib.logs import trace

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trustbook.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"trustbook cannot start. {error}")
    except Exception as error:
        if os.environ.get("TRUSTBOOK_PRODUCTION") != "1":
            raise
        # The system's log gets it: the words of an exception may quote what somebody wrote.
        sys.exit("\n".join(trace(error)))
