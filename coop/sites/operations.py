"""Record a site; a change is a new version, the old one stays."""

from dataclasses import astuple

from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.sites.rules import Site


async def record_site(tx: Transaction, site: Site) -> None:
    """Write a site's next version."""
    version = 1 + int(
        await tx.fetchval("SELECT coalesce(max(version), 0) FROM site WHERE code = $1", site.code)
    )
    await tx.execute(
        """INSERT INTO site (code, name, village, block, district_lgd, state_lgd, lat_thousandths, lon_thousandths,
             land_status, collection_allowed, remarks, version, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""",
        *astuple(site),
        version,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.SITE_RECORDED,
        cooperative_id=None,
        table="site",
        row=site.code,
        facts={"code": site.code, "version": version},
    )
