"""The user and the sessions."""

from trustbook.accounts.models.session import Session
from trustbook.accounts.models.user import User

__all__ = ["Session", "User"]
