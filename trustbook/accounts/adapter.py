"""Where our rules reach into django-allauth."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from trustbook.accounts import sessions
from trustbook.accounts.models import Session, User
from trustbook.accounts.wording import ERRORS
from trustbook.lib.outbox import posting

logger = logging.getLogger("trustbook.security")


class AccountAdapter(DefaultAccountAdapter):
    """allauth's behaviour; a new password ends every other session, mails go by the outbox."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Signs in, by whatever proof; the session then ends by itself as was wished."""
        super().login(request, user)
        if isinstance(user, User):
            sessions.begin(request, user)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Sets the password; whoever else was signed in no longer is. MFA stays as it was."""
        super().set_password(user, password)
        this = sessions.current(context.request) if context.request else None
        Session.objects.filter(user_id=user.pk).other_than(this).delete()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Puts the mail into the outbox, beside what it tells of; it leaves after the commit."""
        request = self.request
        whole = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, whole | context)
        posting.post(context.get("user"), message)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """The same for what was changed in an account, which its owner is told of."""
        about = {**(context or {}), "user": user}
        super().send_notification_mail(template_prefix, user, about, email)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Logs that a sign-in failed, so that many at once are seen; nothing of whose."""
        super().authentication_failed(request, **credentials)
        logger.warning("A sign-in failed.")
