"""Where our rules reach into django-allauth."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from trustbook.accounts import sessions
from trustbook.accounts.models import Session
from trustbook.accounts.wording import ERRORS

logger = logging.getLogger("trustbook.security")


class AccountAdapter(DefaultAccountAdapter):
    """allauth's behaviour, with every other session ended by a new password."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Sets the password; whoever else was signed in no longer is. MFA stays as it was."""
        super().set_password(user, password)
        this = sessions.current(context.request) if context.request else None
        Session.objects.filter(user_id=user.pk).other_than(this).delete()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Logs that a sign-in failed, so that many at once are seen; nothing of whose."""
        super().authentication_failed(request, **credentials)
        logger.warning("A sign-in failed.")
