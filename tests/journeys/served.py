"""The program served as anybody serves it: a process of its own, a free port, a demo's data."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.program import ROOT, run_program, without_ours

PASSWORD = "namuna ladder 42"


@dataclass(frozen=True)
class Served:
    """Where it answers and what it printed."""

    url: str
    lines: list[str]
    surroundings: dict[str, str]

    def receipts(self) -> list[str]:
        """The texts of all receipts in the order of posting, asked of the program beside it."""
        done = run_program("receipt", "list", surroundings=self.surroundings)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo() -> Iterator[Served]:
    """Fill a demo and serve it until the block ends."""
    with TemporaryDirectory(prefix="coop-demo-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)  # the database's own user walks through it
        port = _free_port()
        surroundings = {
            **without_ours(),
            "COOP_HOME": str(Path(name) / "home"),
            "PORT": str(port),
            "COOP_DEMO_PASSWORD": PASSWORD,
            "COOP_DEMO_SIZE": "tiny",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "coop", "demo"],
            cwd=ROOT,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines: list[str] = []
        reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
        reader.start()
        try:
            _wait(process, lines)
            yield Served(f"http://127.0.0.1:{port}", lines, surroundings)
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            reader.join(timeout=5)
            if process.stdout is not None:
                process.stdout.close()


def _read(process: subprocess.Popen[str], lines: list[str]) -> None:
    for line in process.stdout or ():
        lines.append(line.rstrip("\n"))


def _wait(process: subprocess.Popen[str], lines: list[str]) -> None:
    until = time.monotonic() + 240
    while not any(line.startswith("ready:") for line in lines):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the demo did not start:\n" + "\n".join(lines[-20:]))
        time.sleep(0.1)
