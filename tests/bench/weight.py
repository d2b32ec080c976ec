"""What a page weighs over the wire: the first view with all it loads, and the second one."""

import gzip
import http.client
import re
from dataclasses import dataclass

from tests.servers.live import LiveServer

LOADED = re.compile(r'(?:<link rel="(?:stylesheet|icon)" href|<script src)="([^"]+)"')


@dataclass(frozen=True)
class Weight:
    """Bytes as sent to a browser that takes brotli and gzip, and the page itself."""

    html: bytes
    page: int
    assets: dict[str, int]
    """By address. They are immutable: a second view loads none of them."""

    def told(self) -> dict[str, int]:
        """For the table."""
        return {
            "first view": self.page + sum(self.assets.values()),
            "requests": 1 + len(self.assets),
            "second view": self.page,
            "uncompressed": len(self.html),
        }


def weigh(server: LiveServer, path: str, cookie: str) -> Weight:
    """Loads a page and all that it names."""
    packed = _get(server, path, cookie, "gzip")
    html = gzip.decompress(packed)
    assets = {
        found: len(_get(server, found, cookie, "br")) for found in LOADED.findall(html.decode())
    }
    return Weight(html, len(packed), assets)


def _get(server: LiveServer, path: str, cookie: str, encoding: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(
        "GET",
        path,
        headers={
            "Host": "localhost",
            "X-Forwarded-Proto": "https",
            "Cookie": cookie,
            "Accept-Encoding": encoding,
        },
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert response.status == 200, (path, response.status, body[:300])
    return body
