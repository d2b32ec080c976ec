"""A public page: the same bytes for everybody, made once for each state of the content.

The view is never given the request. So it cannot read a session, and nothing about a visitor can
find its way into a page that a CDN may keep. Once made, a page is answered by ``PublicPages``,
ahead of everything that would ask who is asking.
"""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from lessons.catalogue import catalogue

METHODS = ("GET", "HEAD")
HTML = "text/html; charset=utf-8"
SECONDS = 300
MOST_PAGES = 1_000

Context = Mapping[str, object]
State = tuple[str, str]
"""The digest of the content, and the version of what else a page is made of."""
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Page:
    """A rendered page, plain and compressed, and the mark by which a browser knows it again."""

    plain: bytes
    packed: bytes
    etag: str
    state: Callable[[], State]
    made_in: State
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    """What other middleware adds, the same for everybody as well."""

    @property
    def current(self) -> bool:
        """Whether it would be made the same today."""
        return self.made_in == self.state()


_pages: dict[str, Page] = {}


class PublicPages:
    """Middleware, the outermost: answers with public pages that were made before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The kept page; else the ordinary answer, which is kept if it is a public page."""
        page = _pages.get(request.path)
        if page and page.current and request.method in METHODS and _may_be_answered(request):
            return _response(request, page)
        response = self.get_response(request)
        made: Page | None = getattr(response, "public_page", None)
        if made and not settings.DEBUG:
            ours = _response(request, made).headers
            added = {name: text for name, text in response.items() if name not in ours}
            page = replace(made, headers=added)
            _keep(request.path, page)
            # Down to the order of headers as for the next one: nobody can tell who was here before.
            return _response(request, page)
        return response


def _may_be_answered(request: HttpRequest) -> bool:
    """Not where the visitor is first sent to https."""
    return request.is_secure() or not settings.SECURE_SSL_REDIRECT


def public_page(
    template: str, version: Callable[[], str] = lambda: "", content_type: str = HTML
) -> Callable[[Callable[..., Context]], View]:
    """Makes a view of a function from the parts of an address to the context of ``template``.

    The page is rendered again when the content changes, or when ``version()`` does. The function
    raises ``Http404`` for an address that names nothing. Every page knows its own address.
    """

    def decorate(context_of: Callable[..., Context]) -> View:
        @login_not_required
        @csrf_exempt  # other methods are refused anyway, and without looking for a cookie
        @wraps(context_of)
        def view(request: HttpRequest, **parts: str) -> HttpResponseBase:
            if request.method not in METHODS:
                return _refusal()
            made_in = state()
            address = {"origin": settings.SITE_ORIGIN, "path": request.path}
            text = render_to_string(template, {**address, **context_of(**parts)})
            page = _page(text, content_type, state, made_in)
            response = _response(request, page)
            response.public_page = page  # type: ignore[attr-defined]
            return response

        return view

    def state() -> State:
        return catalogue().digest, version()

    return decorate


def _refusal() -> HttpResponseBase:
    """405, kept out of the log, which shall not tell who was on the help page."""
    response = HttpResponseNotAllowed(METHODS)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _page(text: str, content_type: str, state: Callable[[], State], made_in: State) -> Page:
    plain = text.encode()
    packed = gzip.compress(plain, mtime=0)
    return Page(plain, packed, sha256(plain).hexdigest()[:32], state, made_in, content_type)


def _keep(path: str, page: Page) -> None:
    if len(_pages) >= MOST_PAGES:
        _pages.clear()
    _pages[path] = page


def _response(request: HttpRequest, page: Page) -> HttpResponseBase:
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    body = page.packed if packed else page.plain
    # While lessons are being written, a changed file is live at the next request.
    seconds = SECONDS if settings.PRODUCTION else 0
    etag = f'"{page.etag}-gzip"' if packed else f'"{page.etag}"'
    headers = {
        **page.headers,
        "Cache-Control": f"public, max-age={seconds}",
        "Content-Type": page.content_type,
        "Content-Length": str(len(body)),
        "ETag": etag,
        "Vary": "Accept-Encoding",
    }
    if packed:
        headers["Content-Encoding"] = "gzip"
    response = HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)
    known = get_conditional_response(request, etag=etag, response=response)
    if known is None or known is response:
        return response
    for name, value in page.headers.items():
        known.headers.setdefault(name, value)
    return known
