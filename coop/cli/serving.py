"""`coop serve`, `coop demo`, `coop migrate`, `coop doctor`."""

import asyncio
import ipaddress
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import click

from coop.kernel.refusal import Unusable
from coop.settings import say_to_operator, settings

if TYPE_CHECKING:
    from coop.running import Running


def _port() -> int:
    """``PORT``, else 8000. Raises Unusable for text that is no port."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Unusable(f"PORT={text} is not a port; use a number from 1 to 65535")
    return int(text)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), help="Default: PORT, else 8000.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--tls-cert", type=click.Path(exists=True, dir_okay=False))
@click.option("--tls-key", type=click.Path(exists=True, dir_okay=False))
def serve(
    host: str, port: int | None, workers: int, tls_cert: str | None, tls_key: str | None
) -> None:
    """Serve pages and the desk's entries until stopped."""
    _serve(host, port or _port(), workers, tls_cert, tls_key, before=None)


@click.command()
def demo() -> None:
    """Fill an empty database with invented people and two months of trade, then serve it."""
    from coop.seed import fill

    _serve("127.0.0.1", _port(), 1, None, None, before=fill)


@click.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    from coop.running import connected

    async def run() -> None:
        async with connected(settings()):
            pass

    asyncio.run(run())
    click.echo("schema is up to date")


@click.command()
def doctor() -> None:
    """Say what this machine lacks; exit 1 when something does."""
    from coop.running import connected

    problems = [*machine_problems("127.0.0.1", _port()), *_catalogue_faults()]

    async def reach() -> None:
        async with connected(settings()):
            pass

    try:
        asyncio.run(reach())
    except Unusable as wrong:
        problems.append(str(wrong))
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(1)
    click.echo(f"ready: home {settings().home}, public address {settings().public_url}")


def machine_problems(host: str, port: int) -> list[str]:
    """What would stop the server from starting, each with what to do."""
    found = []
    try:
        import uharfbuzz  # noqa: F401  (without it Hindi on paper is drawn wrong, in silence)
    except ImportError:
        found.append("uharfbuzz is missing: Hindi on paper would be wrong; run: make demo")
    if _taken(host, port):
        found.append(f"port {port} is taken; stop the other program or set PORT to another number")
    return found


def _taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _catalogue_faults() -> list[str]:
    """What is wrong in the files of schemes: a desk that cannot judge must not open."""
    from coop.schemes.queries.catalogue import catalogue
    from coop.schemes.rules.scheme import Faulty

    try:
        catalogue()
    except Faulty as faulty:
        return [str(fault) for fault in faulty.faults]
    return []


def _serve(
    host: str,
    port: int,
    workers: int,
    cert: str | None,
    key: str | None,
    before: Callable[[], Awaitable[None]] | None,
) -> None:
    import uvicorn

    if bool(cert) != bool(key):
        raise Unusable("give both --tls-cert and --tls-key, or neither")
    if cert:
        os.environ["COOP_TLS"] = "1"
        settings.cache_clear()
    if not settings().secure and not _loopback(host):
        raise Unusable(
            f"{host} can be reached by others and nothing encrypts; give --tls-cert and --tls-key, or"
            " COOP_PUBLIC_URL=https://... with COOP_TRUSTED_PROXY, or serve on 127.0.0.1"
        )
    problems = [*machine_problems(host, port), *_catalogue_faults()]
    if problems:
        raise Unusable("; ".join(problems))
    # uvicorn raises the signal again when it is done; it must unwind us, or PostgreSQL stays up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    running = asyncio.run(_prepare(before))
    try:
        os.environ["COOP_SERVING_APP_URL"] = running.addresses.app
        os.environ["COOP_SERVING_SAFE_URL"] = running.addresses.safe
        address = f"http{'s' if cert else ''}://{host}:{port}"
        threading.Thread(target=_say_ready, args=(host, port, address), daemon=True).start()
        uvicorn.run(
            "coop.app:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            ssl_certfile=cert,
            ssl_keyfile=key,
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            loop="uvloop",
            http="httptools",
        )
    finally:
        running.leave()


def _say_ready(host: str, port: int, address: str) -> None:
    """Print the address once the door is open, not before: others start when they read it."""
    target = "127.0.0.1" if host in ("0.0.0.0", "localhost") else host  # noqa: S104  (asked, not bound)
    for _ in range(1200):
        try:
            with socket.create_connection((target, port), timeout=1):
                print(f"ready: {address}", flush=True)
                return
        except OSError:
            time.sleep(0.05)


async def _prepare(before: Callable[[], Awaitable[None]] | None) -> "Running":
    """Database, keys, and what must stand before the first request."""
    from coop.kernel.db import SAFE, SYSTEM, close_pool, open_pool, transaction
    from coop.receipts.operations.keys import make_missing_keys
    from coop.running import ready_database

    say_to_operator(f"home: {settings().home}")
    running = await ready_database(settings())
    try:
        await open_pool(running.addresses.app)
        await open_pool(running.addresses.safe, size=1, engine=SAFE)
        try:
            if before is not None:
                await before()
            # Last: what a demo lived through weeks ago may have left a list of keys that ends soon.
            async with transaction(SYSTEM) as tx:
                await make_missing_keys(tx, settings().keys, settings().trust_domain)
        finally:
            await close_pool()
            await close_pool(SAFE)
    except BaseException:
        running.leave()
        raise
    return running
