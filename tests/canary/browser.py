"""A plain browser for a live server: cookies, forms, and no opinion about statuses."""

import re
from collections.abc import Mapping
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

FORM = "application/x-www-form-urlencoded"


class Browser:
    """Keeps cookies and the CSRF token of the page that it saw last.

    ``says`` is a word in every header by which browsers tell of themselves.
    """

    def __init__(self, url: str, says: str = "") -> None:
        self.url, self.says = url, says
        self.jar = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))
        self.token = ""

    def get(self, path: str) -> tuple[int, str]:
        """Status and page."""
        return self._send(Request(self.url + path))

    def post(
        self, path: str, fields: Mapping[str, Any] | bytes, kind: str = FORM, **headers: str
    ) -> tuple[int, str]:
        """Status and page; a form gets the CSRF token of the last page."""
        if not isinstance(fields, bytes):
            fields = urlencode(
                {"csrfmiddlewaretoken": self.token} | dict(fields), doseq=True
            ).encode()
        about = {"Content-Type": kind, "Origin": self.url} | headers
        return self._send(Request(self.url + path, data=fields, headers=about))

    def cookie(self, name: str) -> str:
        """The value of a cookie that the browser has."""
        [value] = [str(cookie.value) for cookie in self.jar if cookie.name == name]
        return value

    def _send(self, request: Request) -> tuple[int, str]:
        request.add_header("Accept", "text/html")
        request.add_header("User-Agent", f"Firefox/1.0 (Linux; {self.says})")
        request.add_header("Accept-Language", f"en-{self.says}")
        request.add_header("Referer", f"{self.url}/{self.says}/?{self.says}")
        try:
            response = self.opener.open(request, timeout=30)
        except HTTPError as error:
            response = error
        page = response.read().decode(errors="replace")  # a PDF is no text
        if token := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page):
            self.token = token.group(1)
        return response.status, page
