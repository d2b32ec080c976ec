"""One person's pages after lives that differ only in who they shared a workbook with, and how it
ended."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import time_machine
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from exercises import couples, shown
from exercises.models import Answer, Couple, Keepsake, Pulse, Ready, ReadyPin, Share, WeekNote
from tests.access.table import ROWS
from tests.access.test_addresses import body
from tests.conftest import just_proved
from tests.exercises.pulse.checkin import noted, told
from tests.exercises.two import joint
from tests.exercises.workbook import FORM, Workbook
from trustbook.accounts import erasure
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark
