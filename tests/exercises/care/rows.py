"""The list of clients, as a therapist reads it."""

import re
from html import unescape
from typing import Any

ROW = re.compile(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>')
CELL = re.compile(r"<td[^>]*>(.*?)</td>")


def rows(page: Any) -> list[tuple[str, ...]]:
    """Each client's row as the text of its cells: client, waits on, assigned, new, next due."""
    assert page.status_code == 200
    return [
        tuple(map(text, (client, *CELL.findall(cells))))
        for client, cells in ROW.findall(page.content.decode())
    ]


def text(html: str) -> str:
    """What is read, a line break as a slash."""
    spaced = html.replace("<br>", " / ").replace('<span class="meta">', " | ")
    return unescape(re.sub(r"<[^>]+>", "", spaced))
