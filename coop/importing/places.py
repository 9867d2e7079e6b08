"""Cooperatives, centres and sites."""

from collections.abc import Mapping
from dataclasses import replace

from coop.cooperatives import operations as cooperatives_operations
from coop.cooperatives import queries as cooperatives_queries
from coop.cooperatives.forms import (
    CENTRE_COLUMNS,
    COOPERATIVE_COLUMNS,
    Parsed,
    centre_from_row,
    cooperative_from_row,
)
from coop.cooperatives.rules import Centre, Cooperative, refusals_to_record_centre
from coop.importing.task import ImportTask
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal
from coop.kernel.rows import RowOutcome, judge_register
from coop.kernel.words import say
from coop.sites import operations as sites_operations
from coop.sites import queries as sites_queries
from coop.sites.forms import SITE_COLUMNS, kept_facts, site_from_row
from coop.sites.rules import Site, refusals_to_record

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "cooperatives": COOPERATIVE_COLUMNS,
    "centres": CENTRE_COLUMNS,
    "sites": SITE_COLUMNS,
}


def _differs(kind: str, code: str) -> tuple[Refusal, ...]:
    message = say("%(code)s is recorded with other content; ask the administrator.", code=code)
    return (Refusal(f"{kind}_differs", message, "code"),)


async def cooperatives(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """A cooperative is recorded once; another content under its code is refused."""
    current = {
        row.code: Cooperative(
            row.code, row.name_en, row.name_hi, row.block, row.district_lgd, row.state_lgd
        )
        for row in await cooperatives_queries.cooperatives(tx)
    }

    def refusals(one: Cooperative) -> tuple[Refusal, ...]:
        why = task.elsewhere(one.code)
        return why or (
            _differs("cooperative", one.code) if current.get(one.code, one) != one else ()
        )

    judged = judge_register(
        task.rows, cooperative_from_row, lambda one: one.code, current, refusals
    )
    for row in judged:
        if row.value is not None:
            await cooperatives_operations.record_cooperative(tx, row.value)
    return [row.outcome for row in judged]


async def centres(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """A centre belongs to a recorded cooperative; its devices stand nowhere else."""
    known = {row.code: row.id for row in await cooperatives_queries.cooperatives(tx)}
    current = await cooperatives_queries.recorded_centres(tx)
    taken = {device: centre.code for centre in current.values() for device in centre.devices}

    def parse(row: Mapping[str, str]) -> Parsed[Centre]:
        # A list without Hindi names takes none away.
        parsed = centre_from_row(row)
        if parsed.value is None or parsed.value.name_hi or parsed.value.code not in current:
            return parsed
        known_name = current[parsed.value.code].name_hi
        return replace(parsed, value=replace(parsed.value, name_hi=known_name))

    def refusals(one: Centre) -> tuple[Refusal, ...]:
        if replace(current.get(one.code, one), name_hi=one.name_hi) != one:
            return _differs("centre", one.code)
        elsewhere = [device for device in one.devices if taken.get(device, one.code) != one.code]
        why = task.elsewhere(one.cooperative) or refusals_to_record_centre(one, known, elsewhere)
        taken.update({} if why else dict.fromkeys(one.devices, one.code))
        return why

    judged = judge_register(task.rows, parse, lambda one: one.code, current, refusals)
    for row in judged:
        one = row.value
        if one is not None and one.code in current:
            owner = known[one.cooperative]
            await cooperatives_operations.name_centre(tx, owner, one.code, one.name_hi)
        elif one is not None:
            await cooperatives_operations.record_centre(tx, known[one.cooperative], one)
    return [row.outcome for row in judged]


async def sites(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """A site that changed gets a new version."""
    current = await sites_queries.sites(tx)
    states = {row.state_lgd for row in await cooperatives_queries.cooperatives(tx)}

    def refusals(one: Site) -> tuple[Refusal, ...]:
        own = one.state_lgd if one.state_lgd in states or not states else -1
        return refusals_to_record(one, own)

    def parse(row: Mapping[str, str]) -> Parsed[Site]:
        # What a list has no column for stays as it was recorded on the site's page.
        parsed = site_from_row(row)
        if parsed.value is None or parsed.value.code not in current:
            return parsed
        return replace(parsed, value=kept_facts(parsed.value, current[parsed.value.code]))

    judged = judge_register(task.rows, parse, lambda one: one.code, current, refusals)
    for row in judged:
        if row.value is not None:
            await sites_operations.record_site(tx, row.value)
    return [row.outcome for row in judged]
