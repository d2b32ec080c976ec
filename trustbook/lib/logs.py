"""What a line in a log, a mail to the operator or a page about a fault may say: which code, where.

Never what somebody wrote, searched for or is called. The words of an exception often quote just
that (a database the row that it refused, a decoder the text that it could not read), and the
address of a page may be a key. So a fault is told by the names of exceptions and the lines of
the program, and a request by the pattern of its address.
"""

import errno
import logging
import sqlite3
import time
import traceback
from collections.abc import Callable, ItemsView, Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

OURS = ("trustbook", "lessons", "exercises")
"""Loggers whose messages we wrote ourselves, with nothing private in them."""
NO_ADDRESS = "(an address that is none)"

logger = logging.getLogger("trustbook.faults")


class Reticent(logging.Formatter):
    """One line about what happened, then the way through the code, without any private word."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, logger, what happened; below it the trace of an exception."""
        when = self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ")
        lines = [f"{when} {record.levelname} {record.name}: {happened(record)}"]
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([*lines, *(trace(error) if error else [])])


def happened(record: logging.LogRecord) -> str:
    """Our own message; of a request what was asked; of all else the line of code that speaks."""
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return f"{getattr(record, 'status_code', '')} {request.method} {address(request)}".strip()
    if record.name.partition(".")[0] in OURS:
        return one_line(message(record))
    return f"see {Path(record.pathname).name}, line {record.lineno}"


def message(record: logging.LogRecord) -> str:
    """What a line of ours says; an exception in it by its name."""
    if isinstance(record.msg, BaseException):
        return named(record.msg)
    if not isinstance(record.args, tuple):
        return record.getMessage()
    parts = [named(part) if isinstance(part, BaseException) else part for part in record.args]
    return str(record.msg) % tuple(parts) if parts else str(record.msg)


def address(request: HttpRequest) -> str:
    """The pattern of the address as ``urls.py`` has it: names a page and nobody's row or key."""
    match = request.resolver_match
    return f"/{match.route}" if match else NO_ADDRESS


def one_line(text: str) -> str:
    """``text`` without line ends, by which a second line could be forged."""
    return text.replace("\r", "\\r").replace("\n", "\\n")


def trace(error: BaseException) -> list[str]:
    """The lines of a traceback, causes first, exceptions by their names and without their words."""
    lines: list[str] = []
    for number, step in enumerate(reversed(list(chain(error)))):
        lines += ["then:"] if number else []
        frames = traceback.extract_tb(step.__traceback__)
        lines += [line for frame in frames.format() for line in frame.rstrip("\n").split("\n")]
        lines.append(named(step))
    return lines


def chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and what led to it, each once."""
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        yield step
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)


def named(error: BaseException) -> str:
    """The full name of an exception, with what helps an operator and quotes nobody."""
    kind = type(error)
    facts = [str(fact) for fact in facts_of(error) if fact]
    return f"{kind.__module__}.{kind.__qualname__}" + (f" ({', '.join(facts)})" if facts else "")


def facts_of(error: BaseException) -> Iterator[Any]:
    """Codes and names that are the database's or the system's own.

    An exception that only ever speaks of the program says so: ``says_nothing_private = True``.
    """
    if getattr(error, "says_nothing_private", False):
        yield one_line(str(error))
    if isinstance(error, OSError):
        yield errno.errorcode.get(error.errno or 0)
    if isinstance(error, ImportError):
        yield error.name
    if isinstance(error, sqlite3.Error):
        yield getattr(error, "sqlite_errorname", None)
    if isinstance(error, psycopg.Error):
        yield error.sqlstate
        yield error.diag.constraint_name
        if isinstance(error, psycopg.OperationalError) and not error.diag.message_primary:
            # Of the connection: no statement has reached the server, or no answer came back.
            yield one_line(str(error))


class Reporter(ExceptionReporter):
    """For mails to operators, should somebody set them up: the trace as above, nothing else."""

    def get_traceback_text(self) -> SafeString:
        """The trace."""
        return SafeString("\n".join(trace(self.exc_value)) if self.exc_value else "")

    def get_traceback_html(self) -> SafeString:
        """In a mail the trace; on a developer's own page Django's, stripped by ``NoValues``."""
        if self.is_email:
            return format_html("<pre>{}</pre>", str(self.get_traceback_text()))
        return super().get_traceback_html()


class NoValues(SafeExceptionReporterFilter):
    """Neither what was sent nor what variables held, also where TRUSTBOOK_DEBUG is on."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Nothing of the body."""
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        """No variable."""
        return dict[str, Any]().items()

    def get_safe_request_meta(self, request: Any) -> dict[str, Any]:
        """No header."""
        return {}

    def get_safe_cookies(self, request: Any) -> dict[str, Any]:
        """No cookie."""
        return {}


class Cut(Exception):
    """An answer could not be sent to its end; what went wrong stands in the log before this."""


Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class LastResort:
    """A WSGI application around ours: the server would log an exception with its words.

    Django answers for nearly all that goes wrong. Left are a page about a fault that is itself
    faulty, and an answer that breaks off while it is being sent.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """The ordinary answer, guarded where it is made while it is sent; else a bare 500."""
        try:
            response = self.application(environ, start_response)
        except Exception as error:
            logger.error("No answer could be made.", exc_info=error)
            start_response("500 Internal Server Error", BARE)
            return [b"Something went wrong on our side. Nothing is saved.\n"]
        return Guarded(response) if getattr(response, "streaming", False) else response


BARE = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
]


class Guarded:
    """An answer that is made while it is sent."""

    def __init__(self, response: Any) -> None:
        self.response = response

    def __iter__(self) -> Iterator[bytes]:
        """Its parts. Raises ``Cut`` for whatever goes wrong, so that the connection ends."""
        try:
            yield from self.response
        except Exception as error:
            logger.error("An answer broke off.", exc_info=error)
            raise Cut from None

    def close(self) -> None:
        """Ends it."""
        self.response.close()
