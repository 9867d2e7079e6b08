"""`coop import KIND FILE`: checks every row first; by default all or none is kept."""

import asyncio
import contextlib
import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from coop.cli.checking import console
from coop.kernel import clock, i18n
from coop.kernel.db import transaction
from coop.kernel.refusal import Unusable
from coop.kernel.rows import Outcome, RowOutcome, Summary, summary
from coop.kernel.table_file import read_table
from coop.settings import say_to_operator, settings

KINDS = (
    "cooperatives",
    "centres",
    "grades",
    "sites",
    "schools",
    "price-notices",
    "buyers",
    "households",
    "persons",
    "members",
    "enrolment",
    "weighings",
    "lots",
    "sales",
)
_NOT_KEPT = (Outcome.REFUSED,)


class _HeldBack(Exception):
    """Undoes the transaction: a dry run, or a refused row without --keep-good."""


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--cooperative", metavar="CODE", help="Refuse rows of any other cooperative.")
@click.option("--dry-run", is_flag=True, help="Judge every row, keep nothing.")
@click.option("--keep-good", is_flag=True, help="Keep the good rows though others are refused.")
@click.option("--as-of", metavar="TIME", help="Judge as if it were this ISO 8601 time.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Row report as CSV."
)
@click.option("--language", type=click.Choice(i18n.LANGUAGES), default="en", show_default=True)
def import_file(
    kind: str,
    file: Path,
    cooperative: str | None,
    dry_run: bool,
    keep_good: bool,
    as_of: str | None,
    report: Path | None,
    language: str,
) -> None:
    """Read a list of KIND from FILE (CSV or XLSX) and print one JSON summary line."""
    if report is not None and not report.resolve().parent.is_dir():
        raise Unusable(f"{report}: the folder of the report does not exist")
    judged_at = _instant(as_of) if as_of else clock.now()
    outcomes, counts = asyncio.run(
        _import(kind, file, cooperative, judged_at, keep_good=keep_good, dry_run=dry_run)
    )
    with i18n.use_language(language):
        if report is not None:
            _write_report(report, outcomes)
        for text in _first_refusals(outcomes):
            say_to_operator(text)
    click.echo(json.dumps(asdict(counts)))
    raise SystemExit(1 if counts.refused else 0)


def _instant(text: str) -> datetime:
    try:
        return clock.parse_instant(text)
    except ValueError as error:
        raise Unusable(f"--as-of {text}: write it like 2026-11-01T09:00+05:30") from error


async def _import(
    kind: str,
    file: Path,
    cooperative: str | None,
    judged_at: datetime,
    *,
    keep_good: bool,
    dry_run: bool,
) -> tuple[list[RowOutcome], Summary]:
    from coop.importing import COLUMNS, ImportTask, check_cooperative, import_rows
    from coop.running import connected

    table = read_table(file, COLUMNS[kind])
    task = ImportTask(kind, table.rows, table.sha256, judged_at, cooperative)
    outcomes: list[RowOutcome] = []
    kept = False
    async with connected(settings()):
        with contextlib.suppress(_HeldBack):
            async with transaction(console()) as tx:
                await check_cooperative(tx, cooperative)
                outcomes = await import_rows(tx, task)
                counts = summary(outcomes, kept=True)
                if dry_run or (counts.refused and not keep_good):
                    raise _HeldBack
            kept = True
        if kept and kind == "cooperatives" and counts.posted:
            await _keys()
        if kept and kind == "weighings" and counts.posted:
            await _into_the_log()
    return outcomes, summary(outcomes, kept=kept)


async def _keys() -> None:
    """A new cooperative needs a key that the root signs into the list."""
    from coop.receipts.operations.keys import make_missing_keys

    async with transaction(console()) as tx:
        await make_missing_keys(tx, settings().keys, settings().trust_domain)


async def _into_the_log() -> None:
    """Receipts stand in the public log at once, also where no server runs; it would do so later."""
    from coop.log.operations.integrate import integrate_waiting

    try:
        await integrate_waiting()
    except Unusable as error:
        say_to_operator(f"not in the public log yet: {error}")


def _write_report(path: Path, outcomes: Sequence[RowOutcome]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["row", "id", "outcome", "code", "message", "grams", "paise"])
            for one in outcomes:
                writer.writerow(
                    [
                        one.row,
                        _inert(one.row_id),
                        one.outcome.value,
                        "|".join(r.code for r in one.reasons),
                        " ".join(i18n.render(r.message) for r in one.reasons),
                        "" if one.grams is None else one.grams,
                        "" if one.paise is None else one.paise,
                    ]
                )
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error


def _inert(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is shown as text."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _first_refusals(outcomes: Sequence[RowOutcome]) -> Iterator[str]:
    """The first ten refusals for a person at the console; the report has all."""
    bad = [one for one in outcomes if one.outcome in _NOT_KEPT]
    for one in bad[:10]:
        why = " ".join(f"{r.code}: {i18n.render(r.message)}" for r in one.reasons)
        yield f"row {one.row}: {why}"
    if len(bad) > 10:
        yield f"... and {len(bad) - 10} more; see --report"
