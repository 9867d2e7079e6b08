"""Buyers; a change is a new version. The constraints stand in ``migrations/sql``."""

from piccolo.columns import BigSerial, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table


class Buyer(Table, tablename="buyer"):
    """A buyer and the dossier's dates."""

    id = BigSerial(primary_key=True)
    buyer_code = Varchar(length=12, null=False)
    version = Integer(null=False)
    name = Varchar(length=160, null=False)
    kind = Varchar(length=12, null=False)
    town = Varchar(length=80, null=False)
    district_lgd = Integer(null=True, default=None)
    state_lgd = Integer(null=True, default=None)
    gstin = Varchar(length=20, null=False)
    pan = Varchar(length=12, null=False)
    dealer_licence_no = Varchar(length=40, null=False)
    licence_from = Date(null=True, default=None)
    licence_to = Date(null=True, default=None)
    suspended_from = Date(null=True, default=None)
    suspended_to = Date(null=True, default=None)
    suspension_reason = Varchar(length=200, null=False)
    undertaking_signed_on = Date(null=True, default=None)
    recorded_at = Timestamptz(null=False)
