"""`coop schooling check`: the school status of children on a day, as CSV."""

import asyncio
import csv
import sys
from datetime import date

import click

from coop.cli.checking import console
from coop.kernel import i18n
from coop.kernel.db import transaction
from coop.kernel.refusal import Unusable
from coop.running import connected
from coop.schooling.rules.status import DEFAULT_RULE
from coop.settings import say_to_operator, settings

_HEAD = ("person_no", "status", "udise", "admission_no", "evidence_date", "reason")


@click.group()
def schooling() -> None:
    """Children's school places, looked up with a guardian's consent only."""


@schooling.command("check")
@click.option("--on", "on_text", required=True, metavar="DATE", help="The day, yyyy-mm-dd.")
@click.option("--rule", default=DEFAULT_RULE, show_default=True, metavar="CODE")
@click.option("--cooperative", metavar="CODE", help="Only children of this cooperative.")
@click.option("--record", is_flag=True, help="Keep the check: statuses, counts, doubtful matches.")
def check(on_text: str, rule: str, cooperative: str | None, record: bool) -> None:
    """Status of every listed child on a day by a rule (in-45, jh-30 or one recorded later), as CSV.

    Enrolment and attendance prove nothing about work: an enrolled child may work, and a child
    without a school place may not.
    """
    try:
        on = date.fromisoformat(on_text)
    except ValueError as error:
        raise Unusable(f"--on {on_text}: write the day like 2026-11-01") from error
    asyncio.run(_check(on, rule, cooperative, record=record))


async def _check(on: date, code: str, cooperative: str | None, *, record: bool) -> None:
    from coop.audit.operations import record_read
    from coop.cooperatives.queries import cooperatives
    from coop.schooling.operations.check import keep_check
    from coop.schooling.queries.checks import check as look_up
    from coop.schooling.queries.checks import status_rules
    from coop.schooling.queries.role import as_school
    from coop.schooling.rules.status import rule_on

    async with connected(settings()):
        async with transaction(console()) as tx:
            owners = {one.code: one.id for one in await cooperatives(tx)}
            if cooperative is not None and cooperative not in owners:
                raise Unusable(f"--cooperative {cooperative}: no such cooperative")
            async with as_school(tx):
                rules = await status_rules(tx)
                try:
                    rule = rule_on(rules, code, on)
                except LookupError as error:
                    known = ", ".join(dict.fromkeys(one.code for one in rules))
                    raise Unusable(
                        f"--rule {code}: none holds on {on}; recorded: {known}"
                    ) from error
                # All are looked up together, so that a row never goes to two; then one is shown.
                found = await look_up(tx, rule, on)
                shown = [
                    one
                    for one in found.checked
                    if cooperative is None or one.child.cooperative == cooperative
                ]
                if record:
                    for name, number in owners.items():
                        if cooperative in (None, name):
                            await keep_check(tx, number, found)
                await record_read(
                    tx,
                    "school_check",
                    cooperative_id=owners.get(cooperative or ""),
                    about=cooperative or "all",
                    rows=len(shown),
                )
        doubtful = {pair.person_id for pair in found.matched.doubtful}
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(_HEAD)
    for one in shown:
        row, day = one.finding.row, one.finding.evidence_on
        hand = one.finding.by_hand
        out.writerow(
            [
                one.child.person_no,
                one.finding.status.value,
                row.udise if row else hand.udise if hand else "",
                row.admission_no if row else hand.admission_no if hand else "",
                day.isoformat() if day else "",
                i18n.render(one.finding.reason),
            ]
        )
    waiting = sum(one.child.person_id in doubtful for one in shown)
    if waiting:
        say_to_operator(f"{waiting} children are perhaps in a register; a person must decide")
    if not rule.verified:
        say_to_operator(f"rule {rule.code}: nobody has compared it with its source yet")
