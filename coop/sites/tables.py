"""Collection sites; a change is a new version. The constraints stand in ``migrations/sql``."""

from piccolo.columns import BigSerial, Boolean, Integer, Timestamptz, Varchar
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
