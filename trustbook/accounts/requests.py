"""A request of which it is known who asks."""

from django.http import HttpRequest

from trustbook.accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view receives behind ``LoginRequiredMiddleware``."""

    user: User
