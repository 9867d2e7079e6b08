"""`coop schooling`: the school status of children on a day, the rules it follows, erasure."""

import asyncio
import csv
import sys
from collections.abc import Iterable
from dataclasses import astuple, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from coop.cli.checking import console
from coop.kernel import clock, i18n
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import Unusable
from coop.running import connected
from coop.schooling.rules.status import DEFAULT_RULE, StatusRule, rule_on
from coop.settings import say_to_operator, settings

if TYPE_CHECKING:
    from coop.schooling.queries.checks import Checked

_HEAD = ("person_no", "status", "udise", "admission_no", "evidence_date", "reason")


@click.group()
def schooling() -> None:
    """Children's school places, looked up with a guardian's consent only."""


@schooling.command("check")
@click.option("--on", "on_text", required=True, metavar="DATE", help="The day, yyyy-mm-dd.")
@click.option("--rule", default=DEFAULT_RULE, show_default=True, metavar="CODE")
@click.option("--cooperative", metavar="CODE", help="Only children of this cooperative.")
@click.option("--record", is_flag=True, help="Keep the check: statuses, counts, doubtful matches.")
@click.option("--language", type=click.Choice(i18n.LANGUAGES), default="en", show_default=True)
def check(on_text: str, rule: str, cooperative: str | None, record: bool, language: str) -> None:
    """Status of every listed child on a day by a rule (in-45, jh-30 or one recorded later), as CSV.

    Enrolment and attendance prove nothing about work: an enrolled child may work, and a child
    without a school place may not.
    """
    with i18n.use_language(language):
        asyncio.run(_check(_day("--on", on_text), rule, cooperative, record=record))


async def _check(on: date, code: str, cooperative: str | None, *, record: bool) -> None:
    from coop.audit.operations import record_read
    from coop.cooperatives.queries import cooperatives
    from coop.schooling.operations.check import keep_check
    from coop.schooling.queries.checks import check as look_up
    from coop.schooling.queries.role import as_school

    async with connected(settings()), transaction(console()) as tx:
        owners = {one.code: one.id for one in await cooperatives(tx)}
        if cooperative is not None and cooperative not in owners:
            raise Unusable(f"--cooperative {cooperative}: no such cooperative")
        async with as_school(tx):
            # All are looked up together, so that a row never goes to two; then one is shown.
            found = await look_up(tx, await _rule(tx, code, on), on)
            own = [one for one in found.checked if cooperative in (None, one.child.cooperative)]
            for name, number in owners.items():
                if record and cooperative in (None, name):
                    await keep_check(tx, number, found)
            place = owners.get(cooperative or "")
            about = cooperative or "all"
            await record_read(tx, "school_check", cooperative_id=place, about=about, rows=len(own))
    _print(own)
    doubtful = {pair.person_id for pair in found.matched.doubtful}
    if waiting := sum(one.child.person_id in doubtful for one in own):
        say_to_operator(f"{waiting} children are perhaps in a register; a person must decide")
    if not found.rule.verified:
        say_to_operator(f"rule {code}: nobody has compared it with its source yet")


async def _rule(tx: Transaction, code: str, on: date) -> StatusRule:
    from coop.schooling.queries.checks import status_rules

    rules = await status_rules(tx)
    try:
        return rule_on(rules, code, on)
    except LookupError as error:
        known = ", ".join(f"{one.code} from {one.holds_from}" for one in rules)
        raise Unusable(f"--rule {code}: none holds on {on}; recorded: {known}") from error


def _print(checked: "Iterable[Checked]") -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(_HEAD)
    for one in checked:
        found = one.finding.row or one.finding.by_hand
        day = one.finding.evidence_on
        out.writerow(
            [
                one.child.person_no,
                one.finding.status.value,
                found.udise if found else "",
                found.admission_no if found else "",
                day.isoformat() if day else "",
                i18n.render(one.finding.reason),
            ]
        )


@schooling.command("rules")
def rules() -> None:
    """The recorded rules of the status, each version with its source, as CSV."""
    asyncio.run(_rules())


async def _rules() -> None:
    from coop.schooling.queries.checks import status_rules
    from coop.schooling.queries.role import school_transaction

    async with connected(settings()), school_transaction(console()) as tx:
        found = await status_rules(tx)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([one.name for one in fields(StatusRule)])
    out.writerows(astuple(one) for one in found)


@schooling.command("add-rule")
@click.option("--code", required=True, metavar="CODE", help="Like in-45: State and days.")
@click.option("--from", "from_text", required=True, metavar="DATE", help="The day it holds from.")
@click.option("--like", default=DEFAULT_RULE, show_default=True, help="What is not given is as in.")
@click.option("--out-of-school-days", type=int, required=True)
@click.option("--long-absent-days", type=int, help="Left out: the rule knows no such step.")
@click.option("--source", required=True, help="Where it stands: law, order, number, day.")
@click.option("--verified", is_flag=True, help="Somebody compared it with the source.")
def add_rule(
    code: str,
    from_text: str,
    like: str,
    out_of_school_days: int,
    long_absent_days: int | None,
    source: str,
    verified: bool,
) -> None:
    """Record a rule's next version; earlier ones go on deciding the days before it."""
    changed = {
        "code": code,
        "holds_from": _day("--from", from_text),
        "out_of_school_days": out_of_school_days,
        "long_absent_days": long_absent_days,
        "source": source,
        "verified": verified,
    }
    asyncio.run(_add_rule(like, changed))


async def _add_rule(like: str, changed: dict[str, Any]) -> None:
    import asyncpg

    from coop.schooling.operations.follow_up import record_rule
    from coop.schooling.queries.role import school_transaction

    async with connected(settings()):
        try:
            async with school_transaction(console()) as tx:
                model = await _rule(tx, like, changed["holds_from"])
                await record_rule(tx, replace(model, **changed))
        except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as error:
            raise Unusable(
                "this rule contradicts itself or stands already; see: coop schooling rules"
            ) from error


@schooling.command("erase-of-age")
def erase_of_age() -> None:
    """Erase what is kept of who is of age for longer than it may be kept; prints how many."""
    click.echo(asyncio.run(_erase_of_age()))


async def _erase_of_age() -> int:
    from coop.schooling.operations.consent import erase_of_age as erase
    from coop.schooling.queries.children import past_keeping
    from coop.schooling.queries.role import school_transaction

    count = 0
    async with connected(settings()), school_transaction(console()) as tx:
        by_cooperative = await past_keeping(tx, clock.today())
        for cooperative_id, lines in by_cooperative.items():
            count += await erase(tx, cooperative_id, lines)
    return count


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unusable(f"{option} {text}: write the day like 2026-11-01") from error
