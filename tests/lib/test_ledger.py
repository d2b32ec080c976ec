"""The ledger of what was erased: on the disk before anything is deleted, whole whoever writes."""

import os
import stat
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.servers.places import ROOT
from trustbook.lib import ledger


@pytest.fixture
def path(tmp_path):
    return tmp_path / "erased.log"


def entries(count):
    return [("answer", uuid.uuid4()) for _ in range(count)]


def test_what_is_written_is_read(path):
    some, more = entries(2), [("key", uuid.uuid4())]
    ledger.append(path, some)
    ledger.append(path, more)
    assert list(ledger.read(path)) == some + more


def test_a_line_is_a_day_a_word_and_an_id(path):
    ledger.append(path, [("key", uuid.UUID(int=1))])
    _, line = path.read_text()[:10], path.read_text()[10:]
    assert line == " key 00000000-0000-0000-0000-000000000001\n"


def test_nobody_else_may_read_it(path):
    ledger.append(path, entries(1))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_to_write_makes_no_file(path):
    ledger.append(path, [])
    assert not path.exists()


def test_it_is_on_the_disk_when_it_returns(path, monkeypatch):
    synced: list[str] = []
    monkeypatch.setattr(
        os, "fsync", lambda file: synced.append(str(Path(f"/proc/self/fd/{file}").readlink()))
    )
    ledger.append(path, entries(1))
    assert synced == [str(path), str(path.parent)]
    ledger.append(path, entries(1))
    assert synced[2:] == [str(path)]


@pytest.mark.parametrize("cut", [1, 20, 50])
def test_half_a_line_is_no_entry_and_spoils_no_other(path, cut):
    first, torn, last = entries(3)
    ledger.append(path, [first, torn])
    path.write_bytes(path.read_bytes()[:-cut])
    ledger.append(path, [last])
    # Cut off is only the end of the line: the id is whole, so it counts.
    assert list(ledger.read(path)) == ([first, torn, last] if cut == 1 else [first, last])


def test_where_it_cannot_be_written_it_says_so(tmp_path):
    with pytest.raises(OSError, match=r"erased\.log"):
        ledger.append(tmp_path / "nowhere" / "erased.log", entries(1))


def test_many_processes_write_at_once(path):
    script = (
        "import sys, uuid, pathlib\n"
        "from trustbook.lib import ledger\n"
        "for _ in range(40):\n"
        "    ledger.append(pathlib.Path(sys.argv[1]), [('answer', uuid.uuid4())] * 3)\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=ROOT) for _ in range(4)
    ]
    assert [process.wait() for process in running] == [0] * 4
    found = list(ledger.read(path))
    assert len(found) == len(path.read_text().splitlines()) == 4 * 40 * 3
    threes = [found[start : start + 3] for start in range(0, len(found), 3)]
    assert all(len(set(three)) == 1 for three in threes), "one append tore another apart"
