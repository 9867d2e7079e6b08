"""The program as somebody at the console runs it, in a home of its own."""

import csv
import json
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from coop.kernel import embedded
from coop.migrating import create_database
from tests.program import run_program, without_ours

AS_OF = "2026-11-01T09:00+05:30"
SAMPLE = Path(__file__).parents[1] / "sample"
FILES = {
    "cooperatives": "cooperatives.csv",
    "centres": "centres.csv",
    "grades": "grades.csv",
    "sites": "sites.csv",
    "schools": "schools.csv",
    "price-notices": "price_notices.csv",
    "buyers": "buyers.csv",
    "households": "households.csv",
    "persons": "persons.csv",
    "members": "members.csv",
    "enrolment": "enrolment.csv",
    "weighings": "weighings.csv",
    "lots": "lots.csv",
    "sales": "sales.csv",
}
REPORT = ["row", "id", "outcome", "code", "message", "grams", "paise"]


@dataclass(frozen=True)
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str

    @property
    def counts(self) -> dict[str, int]:
        """The summary of an import: its one line of standard output."""
        lines = self.out.splitlines()
        assert len(lines) == 1, self.out + self.err
        found: dict[str, int] = json.loads(lines[0])
        return found

    @property
    def one_line(self) -> bool:
        """Whether it ended with exit 2, a line of why and no inside of the program."""
        told = self.err.strip().splitlines()
        return self.code == 2 and self.out == "" and "Traceback" not in self.err and bool(told)


@dataclass
class Home:
    """A folder with a database of its own; ``runs`` keeps all that was printed."""

    folder: Path
    server: embedded.Server
    runs: list[Ran]

    def copy_to(self, folder: Path) -> None:
        """All that stands in the home and beside it, while its server is down; owners stay."""
        embedded.stop(self.server)
        assert not (self.folder / "postgres" / "postmaster.pid").exists(), "somebody uses it"
        subprocess.run(["cp", "-a", f"{self.folder.parent}/.", str(folder)], check=True)
        self.server = embedded.start(self.folder)

    def run(self, *words: str, stdin: bytes = b"") -> Ran:
        """Run ``coop WORDS`` to its end."""
        surroundings = {**without_ours(), "COOP_HOME": str(self.folder)}
        done = run_program(*words, surroundings=surroundings, stdin=stdin)
        ran = Ran(done.returncode, done.stdout, done.stderr)
        self.runs.append(ran)
        return ran

    def load(self, kind: str, file: Path | None = None, *more: str) -> Ran:
        """Import a file, by default the sample's, judged on the sample's day."""
        path = file or SAMPLE / FILES[kind]
        return self.run("import", kind, str(path), "--as-of", AS_OF, *more)

    def report(self, kind: str) -> Path:
        """Where the report of a kind stands."""
        return self.folder.parent / f"{kind}.report.csv"

    @asynccontextmanager
    async def owner(self) -> AsyncIterator[Any]:
        """A connection of the owner, whom row guards do not hold back."""
        server = embedded.start(self.folder)
        try:
            url = await create_database(server.owner_url, embedded.DATABASE)
            connection = await asyncpg.connect(url)
            try:
                yield connection
            finally:
                await connection.close()
        finally:
            embedded.stop(server)

    def dump(self) -> str:
        """The whole database as text, and every log."""
        server = embedded.start(self.folder)
        try:
            url = server.owner_url.replace("/postgres?", f"/{embedded.DATABASE}?")
            done = subprocess.run(
                [str(embedded.binaries() / "pg_dump"), url, "--inserts"],
                capture_output=True,
                check=True,
            )
            log = (server.data / "server.log").read_text("utf-8", "replace")
        finally:
            embedded.stop(server)
        return done.stdout.decode() + log


@contextmanager
def new_home(like: Home | None = None) -> Iterator[Home]:
    """A home that goes when the block ends; its server runs on between one command and the next.

    Where another is named it begins as that one stands, with its reports.
    """
    with TemporaryDirectory(prefix="coop-home-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)  # the database's own user walks through it
        folder = Path(name) / "home"
        if like is None:
            folder.mkdir(mode=0o755)
        else:
            like.copy_to(Path(name))
        home = Home(folder, embedded.start(folder), [] if like is None else [*like.runs])
        try:
            yield home
        finally:
            embedded.stop(home.server)


def rows_of(path: Path) -> list[dict[str, str]]:
    """A CSV file's rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def truth(name: str) -> list[dict[str, str]]:
    """The expected answers."""
    return rows_of(SAMPLE / f"truth_{name}.csv")
