"""How long a page takes: a manager's pages and public ones, by four readers at once, packed as browsers ask."""

import asyncio
import time

import httpx

from benchmarks.sales import Stall, sign_in

READERS, EACH = 4, 30
PAGES = (
    "/home", "/desk", "/members", "/lots", "/sales", "/ledger", "/vouchers", "/more", "/account",
)  # fmt: skip
PUBLIC = ("/", "/prices", "/verify", "/log")


async def measure(port: int, stall: Stall) -> None:
    """Print p50 and p95 in milliseconds: of all pages, and of the slowest one."""
    cookie, _ = await sign_in(port, stall)
    taken: dict[str, list[float]] = {}

    async def read() -> None:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            for _ in range(EACH):
                for path in (*PAGES, *PUBLIC):
                    headers = {"cookie": cookie} if path in PAGES else {}
                    began = time.perf_counter()
                    answer = await client.get(path, headers=headers)
                    taken.setdefault(path, []).append(time.perf_counter() - began)
                    if answer.status_code != 200:
                        raise RuntimeError(f"{path}: {answer.status_code}")

    await asyncio.gather(*(read() for _ in range(READERS)))
    every = sorted(one for times in taken.values() for one in times)
    slowest = max(taken, key=lambda path: _part(sorted(taken[path]), 95))
    print(
        f"  pages, {READERS} readers at once: p50 {_part(every, 50):.1f} p95 {_part(every, 95):.1f} ms (aim 150);"
        f" slowest {slowest} p95 {_part(sorted(taken[slowest]), 95):.1f} ms"
    )


def _part(ordered: list[float], hundredths: int) -> float:
    return 1000 * ordered[min(len(ordered) - 1, len(ordered) * hundredths // 100)]
