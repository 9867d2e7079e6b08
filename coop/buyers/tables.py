"""Buyers: versions, papers, decisions, owners, accounts, receipts. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class BuyerAct(Table, tablename="buyer_act"):
    """One act on a buyer; all rows of it hang here."""

    id = BigSerial(primary_key=True)
    buyer_code = Varchar(length=12, null=False)
    tag = Varchar(length=40, null=False)
    operation_id = UUID(null=True, default=None)
    content = Bytea(null=True, default=None)
    acted_at = Timestamptz(null=False)
    acted_by = Varchar(length=80, null=False)


class Buyer(Table, tablename="buyer"):
    """A buyer as recorded; a change is a new version. The first version's id is the buyer's number."""

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
    act_id = BigInt(null=True, default=None)
    listed = Text(null=True, default=None)


class DossierItem(Table, tablename="dossier_item"):
    """A paper that a buyer showed."""

    id = BigSerial(primary_key=True)
    act_id = BigInt(null=False)
    buyer_id = BigInt(null=False)
    kind = Varchar(length=24, null=False)
    number = Varchar(length=40, null=False)
    issued_on = Date(null=True, default=None)
    expires_on = Date(null=True, default=None)
    document = Varchar(length=80, null=False)


class DossierCheck(Table, tablename="dossier_check"):
    """Who looked at a paper, how, and what came of it."""

    id = BigSerial(primary_key=True)
    act_id = BigInt(null=False)
    item_id = BigInt(null=False)
    outcome = Varchar(length=12, null=False)
    method = Varchar(length=16, null=False)
    note = Varchar(length=200, null=False)
    checked_on = Date(null=False)
    checked_by = Varchar(length=80, null=False)


class DossierWithdrawal(Table, tablename="dossier_withdrawal"):
    """A paper that was entered by mistake."""

    item_id = BigInt(primary_key=True, null=False)
    act_id = BigInt(null=False)
    reason = Varchar(length=200, null=False)


class BuyerDecision(Table, tablename="buyer_decision"):
    """A state of the application from a day on."""

    id = BigSerial(primary_key=True)
    act_id = BigInt(null=False)
    buyer_id = BigInt(null=False)
    state = Varchar(length=12, null=False)
    holds_from = Date(null=False)
    reason = Varchar(length=200, null=False)
    document = Varchar(length=80, null=False)


class BuyerSuspension(Table, tablename="buyer_suspension"):
    """A suspension, both days included."""

    id = BigSerial(primary_key=True)
    act_id = BigInt(null=False)
    buyer_id = BigInt(null=False)
    first_day = Date(null=False)
    last_day = Date(null=True, default=None)
    reason = Varchar(length=200, null=False)


class BuyerSuspensionEnd(Table, tablename="buyer_suspension_end"):
    """Another last day of a suspension, and why."""

    id = BigSerial(primary_key=True)
    act_id = BigInt(null=False)
    suspension_id = BigInt(null=False)
    last_day = Date(null=True, default=None)
    reason = Varchar(length=200, null=False)


class DossierDemand(Table, tablename="dossier_demand"):
    """Which paper is asked for from a day on, with the source."""

    id = BigSerial(primary_key=True)
    act_id = BigInt(null=True, default=None)
    kind = Varchar(length=24, null=False)
    buyer_kind = Varchar(length=12, null=False)
    mandatory = Boolean(null=False)
    holds_days = Integer(null=True, default=None)
    holds_from = Date(null=False)
    source = Varchar(length=300, null=False)
    verified = Boolean(null=False)


class BuyerOwner(Table, tablename="buyer_owner"):
    """An owner or related party; the name can be erased, its digest stays."""

    id = BigSerial(primary_key=True)
    act_id = BigInt(null=False)
    buyer_id = BigInt(null=False)
    part = Varchar(length=12, null=False)
    name = Varchar(length=120, null=False)
    salt = Bytea(null=False)
    name_sha256 = Bytea(null=False)


class BuyerConflict(Table, tablename="buyer_conflict"):
    """An owner whose name is like a member's."""

    id = BigSerial(primary_key=True)
    act_id = BigInt(null=False)
    owner_id = BigInt(null=False)
    cooperative_id = BigInt(null=False)
    member_id = BigInt(null=False)
    score = SmallInt(null=False)
    reasons = Varchar(length=60, null=False)


class BuyerConflictDecision(Table, tablename="buyer_conflict_decision"):
    """What was found of a flag, and who keeps out of what."""

    id = BigSerial(primary_key=True)
    act_id = BigInt(null=False)
    conflict_id = BigInt(null=False)
    cooperative_id = BigInt(null=False)
    outcome = Varchar(length=8, null=False)
    reason = Varchar(length=200, null=False)
    recusal = Varchar(length=200, null=False)


class BuyerPerson(Table, tablename="buyer_person"):
    """Who signs in for a buyer."""

    user_id = BigInt(primary_key=True, null=False)
    act_id = BigInt(null=False)
    buyer_id = BigInt(null=False)


class BuyerReceipt(Table, tablename="buyer_receipt"):
    """Whose a sale's receipt is."""

    cooperative_id = BigInt(primary_key=True, null=False)
    buyer_id = BigInt(null=False)
    fy = Integer(null=False)
    kind = SmallInt(null=False)
    no = BigInt(null=False)
    cti = Bytea(null=False)


class ReceiptClaim(Table, tablename="receipt_claim"):
    """A sale's receipt is claimed once."""

    cti = Bytea(primary_key=True, null=False)
    act_id = BigInt(null=False)
    buyer_id = BigInt(null=False)
    claimed_at = Timestamptz(null=False)
