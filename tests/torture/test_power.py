"""The power fails: application and PostgreSQL die at once, while entries arrive several times at once.

Every desk sends until it is answered, so that in the end the books hold exactly what was
acknowledged: not one entry more, not one less.
"""

import asyncio
import contextlib
import os
import random
import signal
import socket
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.torture.test_killed import Home, _entry, _send

COOPS = ("KOD01", "GIR01")
Answer = tuple[int, dict[str, object]]


@dataclass
class Seen:
    """What desks were answered. ``changed``: answers to another body under an acknowledged id."""

    acknowledged: dict[str, dict[str, object]] = field(default_factory=dict)
    coops: dict[str, str] = field(default_factory=dict)
    sent: int = 0
    cut_off: int = 0
    changed: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def _postmaster(home: Path) -> int:
    note = home / "postgres.path"
    data = Path(note.read_text("utf-8").strip()) if note.exists() else home / "postgres"
    return int((data / "postmaster.pid").read_text("utf-8").split()[0])


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            # The name between brackets may hold blanks; the parent is the second item after it.
            if int(status.read_text("utf-8").rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found


def _cut_power(home: Home) -> None:
    """SIGKILL for the application, the postmaster and each of its backends; nobody says goodbye."""
    postmaster = _postmaster(Path(home.env["COOP_HOME"]))
    backends = _children(postmaster)
    assert len(backends) > 5, "PostgreSQL was not at work"
    assert home.process is not None
    for pid in (home.process.pid, postmaster, *backends):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    home.process.wait(30)


async def _try(home: Home, token: str, entry: dict[str, object], seen: Seen) -> Answer | None:
    """One answer, or None where the application was down or died on the way."""
    seen.sent += 1
    try:
        return await asyncio.wait_for(_send(home.port, token, entry), 30)
    except (OSError, asyncio.IncompleteReadError):
        seen.cut_off += 1
        return None


async def _settled(
    home: Home, token: str, entry: dict[str, object], seen: Seen, copies: int
) -> None:
    """Send copies of an entry at once, again until one is answered; all answers are the same."""
    got: list[Answer] = []
    while not got:
        tried = await asyncio.gather(*(_try(home, token, entry, seen) for _ in range(copies)))
        got = [one for one in tried if one is not None]
        if not got:
            await asyncio.sleep(0.1)
    name = str(entry["id"])
    for status, body in got:
        if status not in (200, 201):
            seen.wrong.append(f"{status} {body}")
        elif seen.acknowledged.setdefault(name, body) != body:
            seen.wrong.append(f"two answers for {name}")
    if [status for status, _ in got].count(201) > 1:
        seen.wrong.append(f"{name} was new twice")


async def _desk(home: Home, place: int, token: str, seen: Seen, stop: asyncio.Event) -> None:
    chance, coop, seq = random.Random(1000 + place), COOPS[place % 2], 0
    while not stop.is_set():
        seq += 1
        entry = _entry(coop, seq, chance)
        seen.coops[str(entry["id"])] = coop
        await _settled(home, token, entry, seen, chance.randint(2, 5))
        if chance.random() < 0.2:
            other = await _try(home, token, {**entry, "gross_g": 41_000}, seen)
            if other is not None:
                seen.changed.append(other[0])


async def _storm(home: Home, tokens: list[str], cuts: int) -> Seen:
    seen, stop = Seen(), asyncio.Event()
    desks = [asyncio.create_task(_desk(home, *one, seen, stop)) for one in enumerate(tokens)]
    for _ in range(cuts):
        await asyncio.sleep(1.5)
        await asyncio.to_thread(_cut_power, home)
        await asyncio.to_thread(home.start)
    await asyncio.sleep(1.5)
    stop.set()
    await asyncio.wait_for(asyncio.gather(*desks), 120)
    return seen


def _gaps(seen: Seen, coop: str) -> list[int]:
    """Numbers that no desk was told between the first and the last of a cooperative."""
    told = {
        int(body["receipt"]["no"])  # type: ignore[index]  # a JSON object, checked by the equality of answers
        for name, body in seen.acknowledged.items()
        if seen.coops[name] == coop
    }
    return sorted(set(range(min(told), max(told) + 1)) - told)


def _run(tmp_path: Path, desks: int, cuts: int) -> None:
    tmp_path.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = Home({**os.environ, "COOP_HOME": str(tmp_path / "home"), "PORT": str(port)}, port)
    home.start("demo")
    try:
        tokens = []
        for place in range(desks):
            coop = COOPS[place % 2]
            added = home.coop("device", "add", "--cooperative", coop, "--centre", f"{coop}-C1")
            assert added.returncode == 0, added.stderr
            tokens.append(added.stdout.strip())
        before = set(home.coop("receipt", "list").stdout.split())
        seen = asyncio.run(_storm(home, tokens, cuts))
    finally:
        home.end(signal.SIGTERM)
    after = home.coop("receipt", "list").stdout.split()
    verified = home.coop("ledger", "verify")
    print(
        f"\n{desks} desks, power cut {cuts} times: {seen.sent} requests, {seen.cut_off} cut off,"
        f" {len(seen.acknowledged)} entries acknowledged, {len(after) - len(before)} receipts,"
        f" {len(seen.changed)} changed bodies; {verified.stdout.strip()}"
    )
    assert not seen.wrong, seen.wrong[:3]
    assert set(seen.changed) == {409}
    assert seen.cut_off > 0, "no request met the cut"
    assert len(set(after)) == len(after)
    told = {str(body["text"]) for body in seen.acknowledged.values()}
    assert len(told) == len(seen.acknowledged) > desks
    assert set(after) - before == told, "what is booked is not what was acknowledged"
    assert [_gaps(seen, coop) for coop in COOPS] == [[], []]
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.mark.torture
def test_power_fails_three_times_under_load(tmp_path: Path) -> None:
    _run(tmp_path, desks=20, cuts=3)
