"""Lists that somebody exported, judged row by row and written through the domains' own verbs.

Each kind is a function ``(tx, task) -> outcomes``; it writes what it accepts, and the caller
keeps or undoes the whole transaction.
"""

from collections.abc import Awaitable, Callable, Mapping

from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.cooperatives.queries import cooperative_named
from coop.importing import people, places, register, sales, trade
from coop.importing.task import ImportTask
from coop.kernel.db import Transaction
from coop.kernel.refusal import Unusable
from coop.kernel.rows import RowOutcome, summary

__all__ = ["COLUMNS", "ImportTask", "check_cooperative", "import_rows"]

_Importer = Callable[[Transaction, ImportTask], Awaitable[list[RowOutcome]]]

_IMPORTERS: Mapping[str, _Importer] = {
    "cooperatives": places.cooperatives,
    "centres": places.centres,
    "sites": places.sites,
    "grades": trade.grades,
    "price-notices": trade.price_notices,
    "buyers": trade.buyers,
    "weighings": trade.weighings,
    "lots": sales.lots,
    "sales": sales.sales,
    "households": people.households,
    "persons": people.persons,
    "members": people.members,
    "schools": register.schools,
    "enrolment": register.enrolment,
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    **places.COLUMNS,
    **trade.COLUMNS,
    **sales.COLUMNS,
    **people.COLUMNS,
    **register.COLUMNS,
}


async def check_cooperative(tx: Transaction, code: str | None) -> None:
    """Raise Unusable where ``--cooperative`` names nobody."""
    if code is not None and await cooperative_named(tx, code) is None:
        raise Unusable(f"--cooperative {code}: no such cooperative; import cooperatives first")


async def import_rows(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """Judge and write a file's rows, and record the file itself."""
    outcomes = await _IMPORTERS[task.kind](tx, task)
    counts = summary(outcomes, kept=True)
    if counts.posted:
        await record(
            tx,
            AuditTag.FILE_IMPORTED,
            cooperative_id=task.owner_id,
            table=task.kind,
            row=task.sha256[:16],
            facts={
                "kind": task.kind,
                "file_sha256": task.sha256,
                "rows": counts.rows,
                "posted": counts.posted,
                "refused": counts.refused,
            },
        )
    return outcomes
