"""Benchmarks as recorded."""

from coop.kernel.db import Transaction
from coop.livelihoods.rules.benchmarks import Benchmark, Kind, Per


async def benchmarks(tx: Transaction) -> list[Benchmark]:
    """All, by kind, the later first."""
    rows = await tx.fetch(
        """SELECT kind, name_en, name_hi, area, state_lgd, amount_paise, per, household_hundredths, holds_from, proxy, source, verified
           FROM income_benchmark ORDER BY kind, holds_from DESC, amount_paise, id DESC"""
    )
    return [
        Benchmark(
            Kind(row["kind"]),
            row["name_en"],
            row["name_hi"],
            row["area"],
            row["state_lgd"],
            row["amount_paise"],
            Per(row["per"]),
            *list(row.values())[7:],
        )
        for row in rows
    ]
