"""Taking everything along and bringing it in leaves nothing on the disk."""

import io
import zipfile
from urllib.parse import urlencode
from urllib.request import Request

from tests.canary.browser import FORM
from tests.canary.search import found_in
from tests.canary.writer import PASSWORD, TYPED, WORD, Writer
from tests.servers.live import LiveServer
from tests.servers.places import ROOT

MEMBER = "workbook.json"
"""A name that stands in every ZIP of ours, however it is packed."""


class Owner(Writer):
    """Writes, takes everything along, brings it in again, well and badly."""

    def write(self) -> None:
        self._sign_up()
        assert [self._save(prompt) for prompt in TYPED] == [200] * len(TYPED)

    def take(self) -> bytes:
        """The archive, after a fresh proof."""
        self.browser.get("/privacy/export/")
        proof = {"password": PASSWORD, "next": "/privacy/export/"}
        assert self.browser.post("/accounts/reauthenticate/", proof)[0] == 200
        fields = urlencode({"csrfmiddlewaretoken": self.browser.token}).encode()
        about = {"Content-Type": FORM, "Origin": self.browser.url}
        asked = Request(f"{self.browser.url}/privacy/export/", data=fields, headers=about)
        archive: bytes = self.browser.opener.open(asked, timeout=60).read()
        return archive

    def bring(self, file: bytes) -> tuple[int, str]:
        """Uploads a file; status and page."""
        self.browser.get("/privacy/import/")
        fields = {"csrfmiddlewaretoken": self.browser.token, "owner": self.owner}
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
        body = b"".join([*parts, head, file, b"\r\n--x--\r\n"])
        return self.browser.post("/privacy/import/", body, "multipart/form-data; boundary=x")


def test_nothing_of_it_stays(tmp_path):
    folder = tmp_path / "site"
    (folder / "tmp").mkdir(parents=True)
    env = {"TRUSTBOOK_CONTENT_DIR": str(ROOT / "tests" / "content"), "TMPDIR": str(folder / "tmp")}
    with LiveServer(folder, env) as server:
        owner = Owner(server.url, server.manage)
        owner.write()
        whole = owner.take()
        held = zipfile.ZipFile(io.BytesIO(whole)).read(MEMBER)
        assert (held.count(WORD.encode()) >= 10, MEMBER.encode() in whole) == (True, True)
        assert "was here already" in owner.bring(whole)[1]
        wrong = held.replace(b'"kind":"text"', b'"kind":"none"')
        assert owner.bring(wrong)[0] == 422
        assert owner.bring(held[:-9])[0] == 422
        assert owner.bring(wrong + b" " * 21_000_000)[0] == 413
        for _ in range(2):
            # While it runs, with its logs ahead of the databases, and after it has ended.
            assert (found_in(folder, WORD), found_in(folder, MEMBER)) == ([], [])
            assert list((folder / "tmp").iterdir()) == []
            server.stop()
