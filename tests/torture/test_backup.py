"""docs/howto/backup.md, command by command, on a small home: what is restored is what was there."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "howto" / "backup.md"


def parts() -> dict[str, str]:
    """The page's commands by the word beside ``sh run``."""
    found = re.findall(r"^```sh run ?([a-z-]*)\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    return dict(found)


@dataclass
class Desk:
    """Somebody who types the page's commands, in one folder after another."""

    folder: Path

    def types(self, *words: str, home: str, **more: str) -> str:
        """Run parts of the page in a shell; return what was printed."""
        script = "set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + "\n".join(
            parts()[word] for word in ("", *words)
        )
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
        script = script.replace(".venv/bin/coop", f"{sys.executable} -m coop").replace(
            "8091", str(_free())
        )
        env = {
            **kept,
            "COOP_HOME": str(self.folder / home),
            "BACKUP": str(self.folder / "backup"),
            "PASSPHRASE": str(self.folder / "passphrase"),
            "GNUPGHOME": str(self.folder / "gnupg"),
            "COOP_PUBLIC_URL": "https://abhrak.example",
            **more,
        }
        done = subprocess.run(
            ["bash", "-c", script.replace(".venv/bin/python", sys.executable)],
            cwd=ROOT, env=env, capture_output=True, text=True, timeout=90,
        )  # fmt: skip
        assert done.returncode == 0, f"{words}: {done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A folder with a short path, as sockets need."""
    with tempfile.TemporaryDirectory(prefix="bk-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "passphrase").write_text("neem hill 7 kettle\n", "ascii")
        (folder / "gnupg").mkdir(mode=0o700)
        yield Desk(folder)


def test_the_page_shows_commands_only_that_are_run() -> None:
    """A block of commands that no test runs is a promise that nobody keeps."""
    text = PAGE.read_text("utf-8")
    assert text.count("```sh") == len(parts()) == 8
    assert "```\n" not in re.sub(r"```sh run[^\n]*\n.*?```\n", "", text, flags=re.S)


def entries(desk: Desk, home: str) -> str:
    """What the books and the log say of themselves, without the times."""
    return re.sub(r"\d+\.\d+ s", "", desk.types("prove", home=home))


FILL = """
import asyncio
from coop.running import ready_database
from coop.kernel.db import close_pool, open_pool
from coop.settings import settings
from tests.trade import entry, open_trade, post

from coop.log.operations.integrate import integrate_waiting

async def fill():
    running = await ready_database(settings())
    await open_pool(running.addresses.app)
    trade = await open_trade()
    await post(trade.here, *(entry(trade.here, paid_mode=mode) for mode in ("cash", "later", "upi")))
    await integrate_waiting()
    await close_pool()
    running.leave()

asyncio.run(fill())
"""


HOLD = """
import signal, sys, time
from pathlib import Path
from coop.kernel.embedded import start, stop

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server = start(Path(sys.argv[1]))
try:
    time.sleep(300)
finally:
    stop(server)
"""


def hold(desk: Desk, home: str) -> str:
    """A shell's lines that keep the embedded server of a home running while others work."""
    (desk.folder / "hold.py").write_text(HOLD, "utf-8")
    where = desk.folder / home
    return (
        f"PYTHONPATH={ROOT} .venv/bin/python {desk.folder / 'hold.py'} {where} & HOLD=$!\n"
        f'until "$BIN/pg_isready" -q -h {where}/postgres; do sleep 0.2; done\n'
    )


@pytest.mark.torture
def test_a_backup_comes_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.folder / "fill.py").write_text(FILL, "utf-8")
    given = parts()
    given["fill"] = f"PYTHONPATH={ROOT} .venv/bin/python {desk.folder / 'fill.py'}\n"
    given |= {f"hold-{home}": hold(desk, home) for home in ("first", "server")}
    given["let-go"] = "kill $HOLD; wait $HOLD || true\n"
    monkeypatch.setattr(sys.modules[__name__], "parts", lambda: given)
    desk.types("fill", home="first")
    before = entries(desk, "first")
    assert "books balance" in before
    desk.types("hold-first", "take", "encrypt", "let-go", home="first")
    backup = {path.name for path in (desk.folder / "backup").iterdir()}
    assert backup == {"coop.dump", "files.tar.gpg", "SHA256SUMS"}
    assert (desk.folder / "backup" / "coop.dump").stat().st_mode & 0o077 == 0
    desk.types("decrypt", "restore", home="second")
    assert entries(desk, "second") == before
    assert (desk.folder / "second" / "keys").stat().st_mode & 0o077 == 0
    for name in ("keys/root.key", "roles.toml", "site.toml"):
        first, second = (desk.folder / home / name for home in ("first", "second"))
        assert first.read_bytes() == second.read_bytes(), name
    by_address(desk, before)


def by_address(desk: Desk, before: str) -> None:
    """The same with a server of one's own: another home's stands in for it."""
    url = address(desk, "first", "coop")
    desk.types("hold-first", "take-by-address", "let-go", home="first", COOP_DATABASE_URL=url)
    (desk.folder / "server").mkdir()
    desk.types("hold-server", "let-go", home="server")  # makes it, with its owner and password
    shutil.copytree(desk.folder / "second" / "keys", desk.folder / "third" / "keys")
    for name in ("roles.toml", "site.toml"):
        shutil.copy(desk.folder / "second" / name, desk.folder / "third" / name)
    urls = {
        "COOP_DATABASE_URL": address(desk, "server", "coop"),
        "COOP_ADMIN_URL": address(desk, "server", "postgres"),
    }
    said = desk.types("hold-server", "restore-by-address", "prove", "let-go", home="third", **urls)
    assert re.sub(r"\d+\.\d+ s", "", said).strip().endswith(before.strip())


def address(desk: Desk, home: str, database: str) -> str:
    """The owner's address of a database in a home's embedded server."""
    password = desk.folder / home / "owner.password"
    secret = password.read_text("ascii").strip() if password.exists() else ""
    return f"postgresql://coop_owner:{secret}@/{database}?host={desk.folder / home}/postgres"
