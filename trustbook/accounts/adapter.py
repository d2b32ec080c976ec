"""Where our rules reach into django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from trustbook.accounts import sessions
from trustbook.accounts.models import Session, User
from trustbook.accounts.wording import ERRORS


class AccountAdapter(DefaultAccountAdapter):
    """allauth's behaviour, with every other session ended by a new password."""

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
