"""The commands as somebody types them, beside a running system."""

from pathlib import Path

import pytest

from coop.cli.keys import key as key_group
from coop.log.operations.integrate import integrate_waiting
from coop.receipts.rules.note import read_checkpoint, read_vkey
from coop.settings import settings
from tests.log.test_witness import LEAVES, _folder, head_of
from tests.program import run_program, without_ours
from tests.receipts.log_samples import LOG_KEY
from tests.trade import Side, Trade


def run(*words: str, home: Path | None = None, check: int = 0) -> str:
    """Run the program to its end; ``home`` None: a folder that must not be needed."""
    surroundings = {**without_ours(), "COOP_HOME": str(home or "/proc/none")}
    done = run_program(*words, surroundings=surroundings)
    assert done.returncode == check, (words, done)
    assert "Traceback" not in done.stderr
    return done.stdout + ("\n" + done.stderr if check else "")


async def test_verify_tells_size_and_root(logged: Trade) -> None:
    await integrate_waiting()
    last = run("log", "verify", home=settings().home).splitlines()[-1]
    assert last.startswith("log holds: ")
    assert "receipts, root " in last


async def test_a_list_is_exported_signed_elsewhere_and_published(
    drill: Side, tmp_path: Path
) -> None:
    home, root = settings().home, settings().keys / "root.key"
    away = tmp_path / "root.key"
    root.rename(away)
    unsigned, signed = str(tmp_path / "list"), str(tmp_path / "signed")
    try:
        kid = run("key", "rotate", drill.code, home=home).strip()
        run("key", "export-list", unsigned, home=home)
        run("key", "sign-list", unsigned, "--root", str(away), "-o", signed)
        assert run("key", "import-list", signed, home=home).startswith("published: list ")
        older = run("key", "import-list", signed, home=home, check=2)
        assert "older" in older
    finally:
        away.rename(root)
    listed = run("key", "list", home=home)
    assert f"{kid} {drill.code} " in listed
    assert " witness drill.example/w1 in use" in listed
    assert run("key", "revoke", kid, "--from", "2026-01-01T00:00+05:30", home=home)


async def test_tokens_are_shown_once(logged: Trade) -> None:
    home = settings().home
    token = run("token", "add", "--role", "witness", "--name", "Watcher", home=home).strip()
    assert len(token) == 43
    assert run("token", "revoke", "Watcher", home=home) == "revoked: 1 of Watcher\n"
    assert "no such token" in run("token", "revoke", "Nobody", home=home, check=2)


def test_a_witness_needs_no_home(tmp_path: Path) -> None:
    key = str(tmp_path / "w.key")
    mine = read_vkey(run("log", "witness-key", "ngo.example/w1", key).strip())
    assert mine is not None
    from coop.receipts.rules.note import vkey

    grown, forked = (
        _folder(tmp_path / name, leaves)
        for name, leaves in (("a", LEAVES[:300]), ("b", [*LEAVES[:299], *LEAVES[300:420]]))
    )
    words = ("--key", key, "--state", str(tmp_path / "state"), "--log-key", vkey(LOG_KEY))
    run("log", "witness", str(grown), *words, "-o", str(tmp_path / "signed"))
    found = read_checkpoint((tmp_path / "signed").read_bytes(), [LOG_KEY, mine])
    assert found is not None
    assert found.head == head_of(LEAVES[:300])
    assert len(found.cosignatures) == 1
    assert "FORK" in run("log", "witness", str(forked), *words, check=1)
    assert "neither" in run("log", "witness", str(tmp_path / "none"), *words, check=2)
    run("log", "witness", str(grown), *words[:4], check=2)


def test_a_root_is_made_anywhere(tmp_path: Path) -> None:
    file = tmp_path / "second.key"
    assert len(run("key", "new-root", str(file)).strip()) == 64
    assert file.stat().st_mode & 0o777 == 0o600
    run("key", "new-root", str(file), check=2)


@pytest.mark.parametrize("name", sorted(key_group.commands))
def test_every_command_explains_itself(name: str) -> None:
    assert key_group.commands[name].help
