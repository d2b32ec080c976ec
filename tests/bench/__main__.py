"""``python -m tests.bench``: pages and saves against their floors, on SQLite and on PostgreSQL.

Each figure is a ratio: requests a second of the page, divided by those of its floor, measured in
turns against the same servers (production settings, two workers). 1.0 would mean that the page
costs nothing but what the floor costs. A therapist's list of clients is measured with ten, a
hundred and a thousand of them, in milliseconds and as times the shortest list. Prints a table and
writes ``var/bench.json``.
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.course import CLIENTS, PAGE, PUBLIC_PAGE, write_course
from tests.bench.weight import Weight, weigh
from tests.servers.live import LiveServer
from tests.servers.places import ROOT
from tests.servers.postgres import Postgres

AIMS = {"private page": 0.7, "public page": 0.8, "save": 0.7}
PRODUCTION = {
    "TRUSTBOOK_PRODUCTION": "1",
    "SECRET_KEY": "only the bench uses this secret, which is long enough to be one",
    "TRUSTBOOK_MASTER_KEYS": "YmVuY2ggYmVuY2ggYmVuY2ggYmVuY2ggYmVuY2ggISE=",
    "ALLOWED_HOSTS": "localhost",
    "EMAIL_URL": "smtp://localhost",
}
SAVE_SCRIPT = ROOT / "tests" / "bench" / "save.lua"


class Bench:
    """Two servers over one database: the program, and the floor without middleware."""

    def __init__(self, program: LiveServer, bare: LiveServer, seconds: int) -> None:
        self.program, self.bare, self.seconds = program, bare, seconds
        self.person: dict[str, str] = json.loads(_run(program, "-m", "tests.bench.seed"))

    def page(self, server: LiveServer, path: str, *, signed_in: bool) -> float:
        """Requests a second."""
        cookie = ["-H", f"Cookie: {self.person['cookie']}"] if signed_in else []
        return self._wrk(["-c4", "-H", "Accept-Encoding: gzip", *cookie, server.url + path])

    def clients(self, number: int) -> float:
        """Milliseconds for the list of a therapist with so many clients, one request at a time."""
        cookie = ["-H", f"Cookie: {self.person[f'{number} clients']}"]
        arguments = ["-c1", "-H", "Accept-Encoding: gzip", *cookie, f"{self.program.url}/care/"]
        return 1000 / self._wrk(arguments)

    def save(self, path: str) -> float:
        """Saves a second, one writer; its first one, that knows no revision yet, is a conflict."""
        person = [self.person[name] for name in ("cookie", "csrf", "owner")]
        script = [
            "-s",
            str(SAVE_SCRIPT),
            self.program.url,
            "--",
            path,
            *person,
            str(time.time_ns() % 2**31),
        ]
        return self._wrk(["-c1", *script], refused=1)

    def keep(self, path: str, name: str) -> Weight:
        """Puts a page where the floors find it; returns what it weighs."""
        weight = weigh(self.program, path, self.person["cookie"])
        (Path(self.program.env["BENCH_PAGES"]) / name).write_bytes(weight.html)
        return weight

    def _wrk(self, arguments: list[str], refused: int = 0) -> float:
        headers = ["-H", "Host: localhost", "-H", "X-Forwarded-Proto: https"]
        command = ["wrk", "-t1", f"-d{self.seconds}s", *headers, *arguments]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        failed = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
        if failed and int(failed[1]) > refused:
            raise SystemExit(f"{failed[0]}\n{told}\nLog: {self.program.log}")
        found = re.search(r"Requests/sec:\s+([\d.]+)", told)
        assert found, told
        return float(found[1])


def measure(bench: Bench, rounds: int) -> dict[str, dict[str, float]]:
    """For each figure the median ratio of all rounds, and the medians it is made of."""
    pairs = {
        "private page": (
            lambda: bench.page(bench.program, PAGE, signed_in=True),
            lambda: bench.page(bench.program, "/floor/private/", signed_in=True),
        ),
        "public page": (
            lambda: bench.page(bench.program, PUBLIC_PAGE, signed_in=False),
            lambda: bench.page(bench.bare, "/floor/public/", signed_in=False),
        ),
        "save": (
            lambda: bench.save("/workbook/save/bench/five/"),
            lambda: bench.save("/floor/save/"),
        ),
    }
    results = {}
    for name, (real, floor) in pairs.items():
        real(), floor()  # both warm
        turns = [(real(), floor()) for _ in range(rounds)]
        results[name] = {
            "ratio": round(statistics.median(one / other for one, other in turns), 3),
            "lowest": round(min(one / other for one, other in turns), 3),
            "highest": round(max(one / other for one, other in turns), 3),
            "per second": round(statistics.median(one for one, _ in turns), 1),
            "floor per second": round(statistics.median(other for _, other in turns), 1),
        }
    return results


def measure_lists(bench: Bench, rounds: int) -> dict[int, dict[str, float]]:
    """For each length of the list the median time, and how many times that of the shortest."""
    for clients in CLIENTS:
        bench.clients(clients)  # warm
    turns = [{clients: bench.clients(clients) for clients in CLIENTS} for _ in range(rounds)]
    shortest = min(CLIENTS)
    return {
        clients: {
            "milliseconds": round(statistics.median(turn[clients] for turn in turns), 1),
            "ratio": round(
                statistics.median(turn[clients] / turn[shortest] for turn in turns),
                2,
            ),
        }
        for clients in CLIENTS
    }


@contextmanager
def databases(name: str, folder: Path) -> Iterator[Mapping[str, str]]:
    """The variables that name both databases."""
    if name == "SQLite":
        yield {
            "DATABASE_URL": f"sqlite:///{folder / 'main.sqlite3'}",
            "KEYS_DATABASE_URL": f"sqlite:///{folder / 'keys.sqlite3'}",
        }
    else:
        with Postgres() as server:
            yield server.environment()


def run(name: str, rounds: int, seconds: int) -> dict[str, object]:
    """All figures on one database."""
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        env = PRODUCTION | {
            "TRUSTBOOK_CONTENT_DIR": str(write_course(folder)),
            "BENCH_PAGES": str(folder),
        }
        env |= stack.enter_context(databases(name, folder))
        program = _server(folder / "program", env, "tests.bench.settings")
        stack.enter_context(program)
        bare = _server(folder / "bare", env, "tests.bench.bare_settings")
        stack.callback(bare.stop)
        bare.start()
        bench = Bench(program, bare, seconds)
        weights = {
            path: bench.keep(path, name).told()
            for path, name in ((PAGE, "private"), (PUBLIC_PAGE, "public"))
        }
        lists = measure_lists(bench, rounds)
        return {"ratios": measure(bench, rounds), "weights": weights, "clients": lists}


def main() -> None:
    """Everything, in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement")
    parser.add_argument("--only", choices=["SQLite", "PostgreSQL"])
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("The bench needs wrk: apt-get install wrk, or your system's package.")
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    results = {}
    for name in ("SQLite", "PostgreSQL"):
        if arguments.only in (None, name):
            results[name] = run(name, arguments.rounds, arguments.seconds)
            show(name, results[name])
    target = ROOT / "var" / "bench.json"
    target.write_text(json.dumps(results, indent=2) + "\n")
    print(f"\nWritten to {target.relative_to(ROOT)}.")


def show(name: str, result: Mapping[str, object]) -> None:
    """A table of one database."""
    print(
        f"\n{name:<14} {'ratio':>6} {'(lowest to highest)':>20} {'a second':>9} {'floor':>9}  aim"
    )
    for figure, row in result["ratios"].items():  # type: ignore[attr-defined]
        spread = f"({row['lowest']:.2f} to {row['highest']:.2f})"
        print(
            f"{figure:<14} {row['ratio']:>6.2f} {spread:>20} {row['per second']:>9.0f} "
            f"{row['floor per second']:>9.0f}  {AIMS[figure]}"
        )
    for clients, row in result["clients"].items():  # type: ignore[attr-defined]
        times = f"{row['ratio']:.1f} times that of {min(CLIENTS)}"
        print(f"/care/ with {clients:>5,} clients: {row['milliseconds']:.0f} ms, {times}")
    for path, told in result["weights"].items():  # type: ignore[attr-defined]
        print(f"{path}: {told}")


def _server(folder: Path, env: Mapping[str, str], settings: str) -> LiveServer:
    return LiveServer(folder, {**env, "DJANGO_SETTINGS_MODULE": settings}, workers=2)


def _run(server: LiveServer, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=server.env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
