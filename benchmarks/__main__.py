"""`make bench`: desk entries, lists of a hundred and sales through HTTP, beside asyncpg and pgbench; papers; schemes."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import clients, ground, log, pages, papers, pgbench, sales, screening
from coop.kernel.clock import financial_year, now
from coop.kernel.db import close_pool, open_pool
from coop.running import Running, ready_database
from coop.settings import settings

DESKS, SECONDS = 8, 8


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _serve(port: int) -> tuple[subprocess.Popen[bytes], float]:
    """Start one worker; return it and the seconds to its first answer."""
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "coop", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while time.perf_counter() - began < 60:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as door:
                door.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                if b" 200 " in door.recv(64):
                    return server, time.perf_counter() - began
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server did not answer")


def _memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def _ready(cooperatives: int) -> tuple[Running, list[ground.Desk], list[sales.Stall]]:
    running = await ready_database(settings())
    await open_pool(running.addresses.app)
    desks = await ground.lay(cooperatives, DESKS)
    stalls = await sales.lay(desks)
    await close_pool()
    return running, desks, stalls


async def _compare(port: int, running: Running, desks: list[ground.Desk], folder: Path) -> None:
    url, ids = running.addresses.app, [desk.cooperative_id for desk in desks]
    fy = financial_year(now())
    await clients.http(port, desks, 30, 1)  # warm
    for size, each, aim in ((1, 150, 0.5), (100, 6, 0.8)):
        through = await clients.http(port, desks, each, size)
        alone = await clients.bare(url, desks, each, size)
        again = await clients.http(port, desks, each, size)
        rate = (through.rate + again.rate) / 2
        print(
            f"  {'single entry' if size == 1 else 'list of 100':13} HTTP {rate:7.0f}/s  asyncpg {alone.rate:7.0f}/s  "
            f"ratio {rate / alone.rate:.2f} (aim {aim})  p50 {again.p50:.1f} p95 {again.p95:.1f} ms flat out"
        )
    calm = await clients.http(port, desks, 40, 1, pause=0.1)
    print(f"  single entry, 8 desks at a modest rate: p95 {calm.p95:.1f} ms (aim 50)")
    by_pgbench = await asyncio.to_thread(
        pgbench.rate, url, folder, fy, (min(ids), max(ids)), DESKS, SECONDS
    )
    if by_pgbench:
        print(f"  single entry by pgbench: {by_pgbench:.0f}/s")


async def _compare_sales(port: int, running: Running, stalls: list[sales.Stall]) -> None:
    await sales.http(port, stalls, 20)  # warm
    through = await sales.http(port, stalls, 100)
    alone = await sales.bare(running.addresses.app, stalls, 100)
    again = await sales.http(port, stalls, 100)
    rate = (through.rate + again.rate) / 2
    print(
        f"  {'sale':13} HTTP {rate:7.0f}/s  asyncpg {alone.rate:7.0f}/s  "
        f"ratio {rate / alone.rate:.2f} (aim 0.5)  p50 {again.p50:.1f} p95 {again.p95:.1f} ms flat out"
    )


def main() -> None:
    """Measure with one and with eight cooperatives, each in a home of its own."""
    for cooperatives in (1, 8):
        with tempfile.TemporaryDirectory(prefix="coop-bench-") as name:
            folder = Path(name)
            folder.chmod(0o755)
            os.environ["COOP_HOME"] = str(folder / "home")
            settings.cache_clear()
            running, desks, stalls = asyncio.run(_ready(cooperatives))
            if cooperatives == 1:
                asyncio.run(log.measure(running, desks[0]))
            port = _free_port()
            server, cold = _serve(port)
            print(f"{cooperatives} cooperative(s), {DESKS} desks; cold start {cold:.2f} s (aim 3)")
            try:
                asyncio.run(_compare(port, running, desks, folder))
                asyncio.run(_compare_sales(port, running, stalls))
                asyncio.run(pages.measure(port, stalls[0]))
                print(f"  worker {_memory_mb(server.pid):.0f} MB (aim 200)")
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(20)
                running.leave()
    papers.main()
    screening.main()


main()
