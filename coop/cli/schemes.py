"""`coop schemes check`: what a household can claim, from a file of facts, without a database."""

import json
import re
import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from coop.kernel.refusal import Unusable

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Numbers longer than any range of ours: kept small, so that nobody can make us count for minutes.
_LONG = 400


@click.group()
def schemes() -> None:
    """What the State owes a household."""


@schemes.command("check")
@click.option(
    "--facts",
    "facts_file",
    required=True,
    type=click.Path(path_type=Path),
    help="JSON: household and persons.",
)
@click.option("--on", "day", required=True, metavar="YYYY-MM-DD", help="The day of the check.")
def check(facts_file: Path, day: str) -> None:
    """Judge every scheme of the catalogue; one JSON array of results, sorted."""
    on = _day(day)
    given = _json(facts_file)
    from coop.schemes.queries.catalogue import catalogue
    from coop.schemes.rules.answers import WrongFacts, read_facts
    from coop.schemes.rules.judging import DayRules
    from coop.schemes.rules.scheme import Faulty

    try:
        known = catalogue()
        facts = read_facts(given, known.book, frozenset(known.schemes), on)
    except Faulty as faulty:
        for fault in faulty.faults:
            click.echo(f"coop: {fault}", err=True)
        raise SystemExit(1) from faulty
    except WrongFacts as wrong:
        faults = [{"error": f.error, "at": f.at, "message": f.message} for f in wrong.faults]
        click.echo(json.dumps(faults), err=True)
        raise SystemExit(1) from wrong
    rows = [
        {
            "scheme": code,
            "applicant": applicant,
            "result": judgement.result,
            "failing": judgement.failing,
            "missing": judgement.missing,
        }
        for code, applicant, judgement in DayRules(known, on).outcomes(facts)
    ]
    sys.stdout.write(json.dumps(rows) + "\n")


def _day(text: str) -> date:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Unusable("--on: a real day, written YYYY-MM-DD") from wrong


def _json(path: Path) -> object:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return json.loads(text, parse_float=_decimal, parse_int=_whole, parse_constant=_not_json)
    except OSError as wrong:
        raise Unusable(f"{path}: {wrong.strerror}") from wrong
    except (ValueError, RecursionError) as wrong:
        raise Unusable(f"{path}: not JSON: {str(wrong)[:200]}") from wrong


def _not_json(word: str) -> object:
    raise ValueError(word)


def _whole(digits: str) -> int:
    return int(digits[:_LONG])


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except (
        InvalidOperation
    ):  # an exponent beyond all reason: next to nothing, or beyond every range
        small = "e-" in text.lower()
        return Decimal(("-" if text[0] == "-" else "") + ("1e-9999" if small else "1e9999"))
