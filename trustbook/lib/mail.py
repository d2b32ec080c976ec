"""Mail for an installation without a mail server: printed, and kept as files."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.core.mail.backends.filebased import EmailBackend as FileBackend

from trustbook.lib.made_once import private_folder


class ConsoleAndFileBackend(BaseEmailBackend):
    """Prints each mail on the console and keeps it in ``mail/`` under the data folder."""

    def __init__(self, fail_silently: bool = False, **_: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        folder = private_folder(settings.DATA_DIR / "mail")
        self.backends = [ConsoleBackend(), FileBackend(file_path=str(folder))]

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many mails were written."""
        messages = list(email_messages)
        return min([backend.send_messages(messages) or 0 for backend in self.backends])
