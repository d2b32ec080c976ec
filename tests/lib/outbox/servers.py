"""Mail servers that fail, each in its way. Django makes a new one for each connection."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import ClassVar

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Taking

HERE = "tests.lib.outbox.servers."


class OutOfReach(BaseEmailBackend):
    """No connection comes about."""

    asked: ClassVar[int] = 0

    def open(self):
        OutOfReach.asked += 1
        raise ConnectionRefusedError("somebody@example.org")


class Refusing(Taking):
    """Takes nothing for ``REFUSED``, and everything else."""

    REFUSED = "writer@example.org"

    def send_messages(self, messages):
        if messages[0].to == [self.REFUSED]:
            raise SMTPRecipientsRefused({self.REFUSED: (550, b"no such person")})
        return super().send_messages(messages)


class HangingUp(BaseEmailBackend):
    """Ends the conversation in the middle; whether the mail was taken, nobody knows."""

    closed: ClassVar[int] = 0

    def send_messages(self, messages):
        raise SMTPServerDisconnected

    def close(self):
        HangingUp.closed += 1
