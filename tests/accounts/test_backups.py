"""Where backups go, how long they stay, and what is said when something is missing.

That they can be restored is shown in tests/durability/test_backups.py.
"""

import re
import stat
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from trustbook.accounts import backups
from trustbook.accounts.checks import check_ledger
from trustbook.lib import dumps, ledger


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Two folders, and dumps that take no time."""
    monkeypatch.setattr(dumps, "write", lambda alias, path: path.write_text(alias))
    return tmp_path / "main", tmp_path / "keys"


def backup(places, *options):
    call_command("backup", "--to", str(places[0]), "--keys-to", str(places[1]), *options)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def aged(days):
    """A name that a backup had this long ago, a minute more or less in favour of its age."""
    made = datetime.now(UTC) - timedelta(days=days, minutes=1)
    return f"trustbook-{{}}-{made:%Y%m%dT%H%M%SZ}.pgdump"


def test_two_files_with_the_time_in_their_names_and_the_ledger(places, settings):
    ledger.append(settings.LEDGER, [("key", uuid.uuid4())])
    backup(places)
    for folder, name in zip(places, ("main", "keys"), strict=True):
        copied, written = names(folder)
        assert re.fullmatch(rf"trustbook-{name}-\d{{8}}T\d{{6}}Z\.(sqlite3|pgdump)", written)
        assert (folder / copied).read_bytes() == settings.LEDGER.read_bytes()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / copied).stat().st_mode) == 0o600


@pytest.mark.parametrize("keys_to", ["main", "main/keys", "", "main/../main"])
def test_data_and_keys_never_go_to_one_place(places, keys_to):
    with pytest.raises(CommandError, match="are not two places"):
        backup((places[0], places[0].parent / keys_to))
    assert not places[0].exists()


def test_nor_by_a_link(places):
    places[0].mkdir()
    places[1].symlink_to(places[0])
    with pytest.raises(CommandError, match="are not two places"):
        backup(places)


def test_where_to_must_be_said(settings):
    settings.BACKUP_DIR = settings.BACKUP_KEYS_DIR = ""
    with pytest.raises(CommandError, match="TRUSTBOOK_BACKUP_KEYS_DIR"):
        call_command("backup", to="", keys_to="")


@pytest.mark.parametrize(
    ("options", "kept"), [([], [1, 27, 28]), (["--days", "7"], [1]), (["--days", "1"], [])]
)
def test_what_will_be_thirty_days_old_before_the_next_one_goes(places, options, kept):
    """Days are whole: what is 28 days and a minute old is not yet 29."""
    for folder, name in zip(places, ("main", "keys"), strict=True):
        folder.mkdir()
        for days in (1, 27, 28, 29, 30, 400):
            (folder / aged(days).format(name)).touch()
            (folder / f".{aged(days).format(name)}.part").touch()
        for other in ("trustbook.sqlite3", "notes-20200101T000000Z.txt"):
            (folder / other).touch()
    expected = {days: aged(days) for days in kept}
    backup(places, *options)
    for folder, name in zip(places, ("main", "keys"), strict=True):
        left = [one for one in names(folder) if one.startswith("trustbook-")]
        left.remove(backups.LEDGER)
        assert len(left) == len(kept) + 1
        for text in expected.values():
            day = text.partition("T")[0].format(name)
            assert any(one.startswith(day) for one in left)
        assert {"trustbook.sqlite3", "notes-20200101T000000Z.txt"} <= set(names(folder))


def test_no_longer_than_that(places):
    with pytest.raises(CommandError, match="invalid choice: 30"):
        backup(places, "--days", "30")


def test_old_ones_go_also_where_nothing_new_can_be_written(places, monkeypatch):
    for folder, name in zip(places, ("main", "keys"), strict=True):
        folder.mkdir()
        (folder / aged(30).format(name)).touch()

    def full(alias, path):
        path.touch()
        raise dumps.DumpError("No space left on device")

    monkeypatch.setattr(dumps, "write", full)
    with pytest.raises(CommandError, match="No space left"):
        backup(places)
    assert [names(folder) for folder in places] == [[], []]


def test_a_disk_in_common_is_mentioned(places, capsys):
    backup(places)
    assert "Both are on one disk" in capsys.readouterr().err


class TestRestoring:
    def restore(self, tmp_path, *options):
        main, keys = tmp_path / "main.sqlite3", tmp_path / "keys.sqlite3"
        call_command("restore", str(main), str(keys), *options)

    def test_not_without_a_ledger(self, tmp_path):
        with pytest.raises(CommandError, match="There is no ledger of what was erased"):
            self.restore(tmp_path)

    def test_nor_with_one_that_is_not_there(self, tmp_path):
        with pytest.raises(CommandError, match=r"erased\.log cannot be read"):
            self.restore(tmp_path, "--ledger", str(tmp_path / "erased.log"))

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(CommandError, match=r"main\.sqlite3 cannot be read"):
            self.restore(tmp_path, "--without-ledger")

    def test_a_file_that_is_no_backup(self, tmp_path):
        (tmp_path / "main.sqlite3").write_text("a letter")
        with pytest.raises(CommandError, match="is no backup of trustbook"):
            self.restore(tmp_path, "--without-ledger")

    def test_of_another_kind_of_database(self, tmp_path):
        for name in ("main.sqlite3", "keys.sqlite3"):
            (tmp_path / name).write_bytes(b"SQLite format 3\0" + bytes(84))
        from django.db import connection

        if connection.vendor == "sqlite":
            (tmp_path / "main.sqlite3").write_bytes(b"PGDMP" + bytes(84))
        with pytest.raises(CommandError, match=r"is a backup of .*, this installation uses"):
            self.restore(tmp_path, "--without-ledger")


class TestTheLedgersPlace:
    def test_well(self, settings, tmp_path):
        settings.LEDGER = tmp_path / "erased.log"
        assert check_ledger() == []

    def test_a_folder_that_is_missing_is_told_at_the_start(self, settings, tmp_path):
        settings.LEDGER = tmp_path / "nowhere" / "erased.log"
        assert [found.id for found in check_ledger()] == ["trustbook.D003"]
