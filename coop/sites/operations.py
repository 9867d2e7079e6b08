"""Record a site and its permissions; a change is a new version, the old one stays."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, astuple, dataclass
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.participation.operations.hearings import refusals_of_hearing, rest_site_on
from coop.participation.rules.hearing import Rests
from coop.sites.queries import hazards, permits_of, site_of
from coop.sites.queries.proof import PERMISSION_SEAL, SITE_SEAL
from coop.sites.rules import (
    Site,
    SitePermit,
    cleared_until,
    holding,
    refusals_to_clear_by_hand,
    refusals_to_permit,
    refusals_to_record,
)


@dataclass(frozen=True, slots=True)
class Sending:
    """How a site was sent: by a form drawn once (``operation_id``), in a role.

    ``seen``: the version that the form was drawn from, 0 for a new site. ``own_states``: LGD codes
    of the States where collection is lawful, those of the cooperatives.
    ``rests``: who was heard before, or why nobody was.
    """

    operation_id: UUID
    recorded_as: str
    seen: int
    own_states: Collection[int]
    rests: Rests | None = None


async def record_site(tx: Transaction, site: Site) -> None:
    """Write a site's next version as a list or another act gives it."""
    await lock_head(tx, None)
    await _write(tx, site, None, None)


async def record_site_by_hand(tx: Transaction, site: Site, sending: Sending) -> None:
    """Write a site's next version as somebody typed it; the same form again changes nothing.

    Raises Refused, also where another version came since; Conflict for other content.
    """
    await lock_head(tx, None)
    content = _digest(site, sending.rests)
    earlier = await tx.fetchval(
        "SELECT content_sha256 FROM site WHERE operation_id = $1", sending.operation_id
    )
    if earlier is not None:
        if earlier != content:
            raise Conflict
        return
    stands = await site_of(tx, site.code)
    if (stands.version if stands else 0) != sending.seen:
        message = (
            say("This site was changed meanwhile; look at it and begin again.")
            if sending.seen
            else say("A site has this code; open it to change it.")
        )
        raise Refused([Refusal("meanwhile", message, None if sending.seen else "code")])
    own = site.state_lgd if site.state_lgd in sending.own_states else -1
    permits = holding(await permits_of(tx, site.code))
    barring = {one.code for one in await hazards(tx, clock.today()) if one.bars_collection}
    refusals = (
        *refusals_to_record(site, own),
        *refusals_to_clear_by_hand(site, permits, barring, clock.today()),
        *(await refusals_of_hearing(tx, sending.rests) if sending.rests else ()),
    )
    if refusals:
        raise Refused(refusals)
    version = await _write(tx, site, sending, content)
    if sending.rests is not None:
        await rest_site_on(tx, site.code, version, sending.rests)


async def record_permission(tx: Transaction, permit: SitePermit, sending: Sending) -> None:
    """Write a site's permission, and a version of the site that says how long it clears it.

    Raises NotThere, Refused; Conflict where the form came before with other content.
    """
    await lock_head(tx, None)
    content = _digest(permit)
    earlier = await tx.fetchval(
        "SELECT content_sha256 FROM site_permission WHERE operation_id = $1", sending.operation_id
    )
    if earlier is not None:
        if earlier != content:
            raise Conflict
        return
    stands = await site_of(tx, permit.site_code)
    if stands is None:
        raise NotThere(permit.site_code)
    if refusals := refusals_to_permit(permit):
        raise Refused(refusals)
    number = await tx.fetchval(
        """INSERT INTO site_permission (site_code, reference, issued_by, valid_from, valid_to, recorded_as,
             operation_id, content_sha256, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
        *astuple(permit),
        sending.recorded_as,
        sending.operation_id,
        content,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.SITE_PERMISSION_RECORDED,
        cooperative_id=None,
        table="site_permission",
        row=str(number),
        facts={
            "site": permit.site_code,
            "reference": permit.reference,
            "rows_sha256": await sealed(tx, PERMISSION_SEAL, None, str(number)),
        },
    )
    await _write(tx, stands.site, None, None, recorded_as=sending.recorded_as)


async def _write(
    tx: Transaction,
    site: Site,
    sending: Sending | None,
    content: bytes | None,
    recorded_as: str = "",
) -> int:
    version = 1 + int(
        await tx.fetchval("SELECT coalesce(max(version), 0) FROM site WHERE code = $1", site.code)
    )
    permits = holding(await permits_of(tx, site.code))
    number = await tx.fetchval(
        """INSERT INTO site (code, name, village, block, district_lgd, state_lgd, lat_thousandths, lon_thousandths,
             land_status, collection_allowed, remarks, name_hi, precision_metres, visited_on, version, cleared_until,
             recorded_as, operation_id, content_sha256, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) RETURNING id""",
        *astuple(site)[:-1],
        version,
        cleared_until(permits, clock.today()),
        sending.recorded_as if sending else recorded_as,
        sending.operation_id if sending else None,
        content,
        clock.now(),
    )
    await tx.executemany(
        "INSERT INTO site_hazard (site_id, kind) VALUES ($1, $2)",
        [(number, kind) for kind in site.hazards],
    )
    about = f"{site.code}/{version}"
    await record(
        tx,
        AuditTag.SITE_RECORDED,
        cooperative_id=None,
        table="site",
        row=about,
        facts={
            "code": site.code,
            "version": version,
            "rows_sha256": await sealed(tx, SITE_SEAL, None, about),
        },
    )
    return version


def _digest(said: Site | SitePermit, rests: Rests | None = None) -> bytes:
    content = asdict(said) | ({"rests": asdict(rests)} if rests else {})
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8")).digest()
