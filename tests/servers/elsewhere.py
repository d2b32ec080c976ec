"""Another site, which people leave for and which may want to find out where they came from."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PAGE = b"<!doctype html><html lang=en><title>Weather</title><h1>Weather</h1><p>Rain later."


class Elsewhere:
    """Answers every address with the same page and notes what it is told.

    By its number and not as localhost: for a browser it is another site, not another port.
    """

    def __init__(self) -> None:
        self.told: list[dict[str, str]] = []
        """The headers of each page that was asked for, their names in lower case."""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/weather"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        told = self.told

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/weather":
                    told.append({name.lower(): text for name, text in self.headers.items()})
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(PAGE)))
                self.end_headers()
                self.wfile.write(PAGE)

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
