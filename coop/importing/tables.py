"""Files between preview and booking, and bookings. The constraints stand in ``migrations/sql``."""

from piccolo.columns import UUID, BigInt, Boolean, Bytea, Integer, Timestamptz, Varchar
from piccolo.table import Table


class ImportUpload(Table, tablename="import_upload"):
    """A sealed file that its owner has previewed; gone within half an hour."""

    id = UUID(primary_key=True, null=False, default=None)
    held_by = Varchar(length=80, null=False)
    kind = Varchar(length=20, null=False)
    cooperative = Varchar(length=10, null=False)
    file_sha256 = Varchar(length=64, null=False)
    sealed = Bytea(null=False)
    held_at = Timestamptz(null=False)


class ImportBooking(Table, tablename="import_booking"):
    """What became of a file that was booked by a page."""

    upload_id = UUID(primary_key=True, null=False, default=None)
    cooperative_id = BigInt(null=True, default=None)
    booked_by = Varchar(length=80, null=False)
    booked_at = Timestamptz(null=False)
    kind = Varchar(length=20, null=False)
    file_sha256 = Varchar(length=64, null=False)
    keep_good = Boolean(null=False)
    accepted = Integer(null=False)
    warned = Integer(null=False)
    replay = Integer(null=False)
    unchanged = Integer(null=False)
    refused = Integer(null=False)
    posted = Integer(null=False)
