"""Secrets that an installation makes for itself: once, whole, and for its owner only."""

import multiprocessing
import os
import uuid
from pathlib import Path

import pytest

from trustbook.lib.made_once import made_once, private_folder


def mode(path):
    return oct(path.stat().st_mode & 0o777)


def test_made_when_missing_and_read_ever_after(tmp_path):
    path = tmp_path / "secret"
    assert made_once(path, lambda: "first") == "first"
    assert made_once(path, lambda: "second") == "first"
    assert path.read_text() == "first\n"


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_only_its_owner_may_read_it(tmp_path, mask):
    before = os.umask(mask)
    try:
        made_once(tmp_path / "secret", lambda: "x")
        private_folder(tmp_path / "folder")
    finally:
        os.umask(before)
    assert (mode(tmp_path / "secret"), mode(tmp_path / "folder")) == ("0o600", "0o700")


def test_nothing_else_is_left(tmp_path):
    made_once(tmp_path / "secret", lambda: "x")
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_what_a_crash_left_is_no_secret(tmp_path):
    (tmp_path / f"secret.{os.getpid()}").write_text("half")
    assert made_once(tmp_path / "secret", lambda: "whole") == "whole"
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_where_another_was_faster_its_secret_counts(tmp_path):
    path = tmp_path / "secret"

    def slow() -> str:
        path.write_text("the other's\n")
        return "mine"

    assert made_once(path, slow) == "the other's"
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]


def test_many_processes_read_the_same(tmp_path):
    """Each races the others for eight secrets."""
    paths = [tmp_path / f"secret{number}" for number in range(8)]
    with multiprocessing.get_context("fork").Pool(4) as pool:
        read = pool.starmap(read_all, [(paths,)] * 4)
    assert [len({one[number] for one in read}) for number in range(8)] == [1] * 8


def read_all(paths: list[Path]) -> list[str]:
    return [made_once(path, unlike) for path in paths]


def unlike() -> str:
    return uuid.uuid4().hex


def test_a_folder_may_be_there_already(tmp_path):
    assert private_folder(tmp_path / "a" / "b") == private_folder(tmp_path / "a" / "b")
