"""trustbook with faults: what is asked for with ``FAULT`` fails, and quotes what it was given."""

from functools import wraps
from typing import Any

FAULT = "curlew"


def quoting(function: Any) -> Any:
    """``function``, which now fails as soon as ``FAULT`` stands in any of its arguments."""

    @wraps(function)
    def failing(*arguments: Any, **named: Any) -> Any:
        said = f"{arguments!r} {named!r} {getattr(arguments[0], 'data', '')!r}"
        if FAULT in said:
            raise ValueError(f"cannot do anything with {said}")
        return function(*arguments, **named)

    return failing


class Broken:
    """An answer that breaks off."""

    streaming = True

    def __init__(self, said: str) -> None:
        self.said = said

    def __iter__(self) -> Any:
        yield b"a beginning"
        raise ValueError(self.said)

    def close(self) -> None:
        """Nothing to do."""


def broken(environ: dict[str, Any], start_response: Any) -> Any:
    """Django's application, but for two faults that Django itself does not answer for."""
    from trustbook.wsgi import _django

    asked = environ.get("QUERY_STRING", "")
    if FAULT in asked and environ["PATH_INFO"] == "/healthz":
        raise ValueError(asked)
    if FAULT in asked and environ["PATH_INFO"] == "/readyz":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return Broken(asked)
    return _django(environ, start_response)


def with_faults() -> Any:
    """The application; the tests around it want nothing of this module but ``FAULT``."""
    import trustbook.wsgi  # noqa: F401 - sets Django up
    from exercises.answering import actions
    from trustbook.accounts.forms import SignupForm
    from trustbook.lib.logs import LastResort

    vars(actions)["record"] = quoting(vars(actions)["record"])
    type.__setattr__(SignupForm, "save", quoting(SignupForm.save))
    return LastResort(broken)


def __getattr__(name: str) -> Any:
    """``application``, when the server asks for it."""
    if name != "application":
        raise AttributeError(name)
    return with_faults()
