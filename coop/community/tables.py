"""Partners, committees, activities, visits and signs. Constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class CsoPartner(Table, tablename="cso_partner"):
    """A civil-society organisation with an agreement."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    name = Varchar(length=120, null=False)
    contact_role = Varchar(length=80, null=False)
    agreed_from = Date(null=False)
    agreed_until = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class CsoHamlet(Table, tablename="cso_hamlet"):
    """A hamlet given to a partner from a day on, or taken back."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    partner_id = BigInt(null=False)
    village = Varchar(length=80, null=False)
    tola = Varchar(length=80, null=False)
    from_day = Date(null=False)
    assigned = Boolean(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class CsoWorker(Table, tablename="cso_worker"):
    """Who signs in for a partner, or no longer does."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    partner_id = BigInt(null=False)
    user_id = BigInt(null=False)
    works = Boolean(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class CsoFund(Table, tablename="cso_fund"):
    """Money granted to a partner or spent by it."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    partner_id = BigInt(null=False)
    kind = Varchar(length=8, null=False)
    amount_paise = BigInt(null=False)
    on_day = Date(null=False)
    source = Varchar(length=160, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class CommunityActivity(Table, tablename="community_activity"):
    """What was done in a village."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    partner_id = BigInt(null=True, default=None)
    kind = Varchar(length=16, null=False)
    topic = Varchar(length=16, null=False)
    village = Varchar(length=80, null=False)
    tola = Varchar(length=80, null=False)
    on_day = Date(null=False)
    materials = Varchar(length=10, null=False)
    recorded_as = Varchar(length=20, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class CommunityReached(Table, tablename="community_reached"):
    """How many were reached; its key is activity, sex and band."""

    activity_id = BigInt(primary_key=True)
    cooperative_id = BigInt(null=False)
    sex = Varchar(length=1, null=False)
    band = Varchar(length=8, null=False)
    people = Integer(null=False)


class VillageCommittee(Table, tablename="village_committee"):
    """A child-protection committee; one a village."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    village = Varchar(length=80, null=False)
    village_key = Varchar(length=80, null=False)
    formed_on = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class CommitteeSeat(Table, tablename="committee_seat"):
    """How many sit in a role; the last row of role and sex holds."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    committee_id = BigInt(null=False)
    role = Varchar(length=12, null=False)
    sex = Varchar(length=1, null=False)
    seats = Integer(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class CommitteeMeeting(Table, tablename="committee_meeting"):
    """A meeting: who came by role, what was decided."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    committee_id = BigInt(null=False)
    on_day = Date(null=False)
    decisions = Varchar(length=300, null=False)
    present = Array(base_column=Text(), null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class CommitteeMoney(Table, tablename="committee_money"):
    """A budget line of a committee, or what was spent of it."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    committee_id = BigInt(null=False)
    kind = Varchar(length=8, null=False)
    line = Varchar(length=80, null=False)
    amount_paise = BigInt(null=False)
    on_day = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class VillageRound(Table, tablename="village_round"):
    """A round of home visits: counts only."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    village = Varchar(length=80, null=False)
    on_day = Date(null=False)
    whole = Boolean(null=False)
    households_visited = Integer(null=False)
    children_seen = Integer(null=False)
    children_at_work = Integer(null=False)
    recorded_as = Varchar(length=20, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class LabourSign(Table, tablename="labour_sign"):
    """A question asked with care; its key is code and day."""

    code = Varchar(length=16, primary_key=True)
    holds_from = Date(null=False)
    place = Integer(null=False)
    words_en = Varchar(length=200, null=False)
    words_hi = Varchar(length=200, null=False)
    strong = Boolean(null=False)
    source = Varchar(length=400, null=False)
    verified = Boolean(null=False)
    recorded_at = Timestamptz(null=False)


class SignSheet(Table, tablename="sign_sheet"):
    """A household that agreed to be asked; erasable."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    household_id = BigInt(null=False)
    village = Varchar(length=80, null=False)
    asked_on = Date(null=False)
    recorded_as = Varchar(length=20, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class SignAnswer(Table, tablename="sign_answer"):
    """An answer; its key is sheet and sign."""

    sheet_id = BigInt(primary_key=True)
    cooperative_id = BigInt(null=False)
    sign = Varchar(length=16, null=False)
    answer = Varchar(length=8, null=False)


class VillageCheckItem(Table, tablename="village_check_item"):
    """A question of the monthly checklist; its key is code and day."""

    code = Varchar(length=16, primary_key=True)
    holds_from = Date(null=False)
    place = Integer(null=False)
    words_en = Varchar(length=200, null=False)
    words_hi = Varchar(length=200, null=False)
    good = Varchar(length=3, null=False)
    source = Varchar(length=400, null=False)
    verified = Boolean(null=False)
    recorded_at = Timestamptz(null=False)


class VillageCheck(Table, tablename="village_check"):
    """A monitor's sheet of a village; the last of a month holds."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    village = Varchar(length=80, null=False)
    village_key = Varchar(length=80, null=False)
    on_day = Date(null=False)
    recorded_as = Varchar(length=20, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class VillageCheckAnswer(Table, tablename="village_check_answer"):
    """An answer; its key is sheet and question."""

    check_id = BigInt(primary_key=True)
    cooperative_id = BigInt(null=False)
    item = Varchar(length=16, null=False)
    answer = Varchar(length=8, null=False)


class SignReport(Table, tablename="sign_report"):
    """A quarter's counts as shown, drawn once."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    quarter_from = Date(null=False)
    asked = Integer(null=True, default=None)
    advance = Integer(null=True, default=None)
    strong = Integer(null=True, default=None)
    published_by = Varchar(length=80, null=False)
    published_at = Timestamptz(null=False)
