"""Collection sites; a change is a new version. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class Site(Table, tablename="site"):
    """A dump or site where dhibra may, or may not, be collected."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=20, null=False)
    version = Integer(null=False)
    name = Varchar(length=120, null=False)
    village = Varchar(length=80, null=False)
    block = Varchar(length=80, null=False)
    district_lgd = Integer(null=False)
    state_lgd = Integer(null=False)
    lat_thousandths = Integer(null=True, default=None)
    lon_thousandths = Integer(null=True, default=None)
    land_status = Varchar(length=20, null=False)
    collection_allowed = Boolean(null=False)
    remarks = Varchar(length=300, null=False)
    recorded_at = Timestamptz(null=False)
    name_hi = Varchar(length=120, null=False)
    precision_metres = Integer(null=True, default=None)
    visited_on = Date(null=True, default=None)
    cleared_until = Date(null=True, default=None)
    recorded_as = Varchar(length=20, null=False)
    operation_id = UUID(null=True, default=None)
    content_sha256 = Bytea(null=True, default=None)


class SitePermission(Table, tablename="site_permission"):
    """A paper that allows collection at a site from a day to a day."""

    id = BigSerial(primary_key=True)
    site_code = Varchar(length=20, null=False)
    reference = Varchar(length=120, null=False)
    issued_by = Varchar(length=120, null=False)
    valid_from = Date(null=False)
    valid_to = Date(null=True, default=None)
    recorded_as = Varchar(length=20, null=False)
    operation_id = UUID(null=False)
    content_sha256 = Bytea(null=False)
    recorded_at = Timestamptz(null=False)


class HazardKind(Table, tablename="hazard_kind"):
    """A danger that is looked for at sites, from a day on."""

    code = Varchar(length=20, primary_key=True, null=False)
    holds_from = Date(null=False)
    name_en = Varchar(length=120, null=False)
    name_hi = Varchar(length=120, null=False)
    bars_collection = Boolean(null=False)
    source = Varchar(length=300, null=False)
    verified = Boolean(null=False)
    place = Integer(null=False)


class SiteHazard(Table, tablename="site_hazard"):
    """A danger seen at a site, of one version."""

    site_id = BigInt(primary_key=True, null=False)
    kind = Varchar(length=20, null=False)
