"""The live server serves, ends with all its workers, and comes back where it was."""

import urllib.error
import urllib.request

import psutil
import pytest

from tests.servers.live import LiveServer


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """trustbook with two workers."""
    with LiveServer(tmp_path_factory.mktemp("live"), workers=2) as server:
        yield server


def get(live, path):
    with urllib.request.urlopen(live.url + path, timeout=10) as answer:
        return answer.status


def test_it_answers(live):
    assert get(live, "/healthz") == 200


def test_kill_9_ends_every_worker_and_start_brings_it_back(live):
    workers = psutil.Process(live.process.pid).children(recursive=True)
    assert len(workers) >= 2
    live.kill9()
    assert not any(worker.is_running() and worker.status() != "zombie" for worker in workers)
    with pytest.raises(urllib.error.URLError):
        get(live, "/healthz")
    live.start()
    assert get(live, "/healthz") == 200


def test_a_failing_command_says_what_it_said(live):
    with pytest.raises(RuntimeError, match="Unknown command"):
        live.manage("nonsense")
