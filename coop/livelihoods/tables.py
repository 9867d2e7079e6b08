"""Benchmarks, income told, kit, training, other livelihoods, the common fund. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from coop.cooperatives.tables import Cooperative
from coop.members.tables import Household, Member


class LivelihoodAct(Table, tablename="livelihood_act"):
    """The id drawn with a form, with the hash of what was sent."""

    operation_id = UUID(primary_key=True, null=False, default=None)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=True, default=None)
    content = Bytea(null=False)


class IncomeBenchmark(Table, tablename="income_benchmark"):
    """What a family needs, or a day's work is worth, from a day on; paise."""

    id = BigSerial(primary_key=True)
    kind = Varchar(length=14, null=False)
    name_en = Varchar(length=120, null=False)
    name_hi = Varchar(length=120, null=False)
    area = Varchar(length=120, null=False)
    state_lgd = Integer(null=True, default=None)
    amount_paise = BigInt(null=False)
    per = Varchar(length=15, null=False)
    household_hundredths = Integer(null=True, default=None)
    holds_from = Date(null=False)
    proxy = Boolean(null=False)
    source = Varchar(length=400, null=False)
    verified = Boolean(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class IncomeConsent(Table, tablename="income_consent"):
    """Whether a household agrees to be asked about its income."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=False)
    given = Boolean(null=False)
    how = Varchar(length=10, null=False)
    given_on = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class OtherIncome(Table, tablename="other_income"):
    """Income of a usual month from one other source, from low to high; erasable."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=False)
    source = Varchar(length=12, null=False)
    low_paise = BigInt(null=False)
    high_paise = BigInt(null=False)
    told_on = Date(null=False)
    salt = Bytea(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class KitItem(Table, tablename="kit_item"):
    """A kind of tool or protection."""

    code = Varchar(length=12, primary_key=True, null=False)
    name_en = Varchar(length=80, null=False)
    name_hi = Varchar(length=80, null=False)
    protects = Boolean(null=False)
    place = Integer(null=False)


class KitMove(Table, tablename="kit_move"):
    """Pieces that were bought, given, returned, worn out, lost or scrapped."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    item_code = Varchar(length=12, null=False)
    kind = Varchar(length=8, null=False)
    pieces = Integer(null=False)
    member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=True, default=None)
    on_day = Date(null=False)
    note = Varchar(length=200, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class Training(Table, tablename="training"):
    """A training that was held."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    topic = Varchar(length=12, null=False)
    held_on = Date(null=False)
    place = Varchar(length=120, null=False)
    trainer = Varchar(length=120, null=False)
    minutes = Integer(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class TrainingMember(Table, tablename="training_member"):
    """Who came to a training; keyed by training and member."""

    training_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)


class LivelihoodLink(Table, tablename="livelihood_link"):
    """A household pointed to another livelihood."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=False)
    programme = Varchar(length=12, null=False)
    words = Varchar(length=200, null=False)
    opened_at = Timestamptz(null=False)


class LivelihoodLinkEvent(Table, tablename="livelihood_link_event"):
    """What came of it, in order."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    link_id = ForeignKey(LivelihoodLink, on_delete=OnDelete.restrict, null=False)
    seq = Integer(null=False)
    state = Varchar(length=10, null=False)
    on_day = Date(null=False)
    monthly_paise = BigInt(null=True, default=None)
    reason = Varchar(length=12, null=False)
    note = Varchar(length=200, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class FundPlan(Table, tablename="fund_plan"):
    """What the members resolved to do with the common fund."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fy = Integer(null=False)
    no = BigInt(null=False)
    purpose = Varchar(length=10, null=False)
    title_hi = Varchar(length=120, null=False)
    title_en = Varchar(length=120, null=False)
    planned_paise = BigInt(null=False)
    resolution_no = Varchar(length=40, null=False)
    resolved_on = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class FundSpending(Table, tablename="fund_spending"):
    """Money of the fund that went out."""

    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fy = Integer(null=False)
    no = BigInt(primary_key=True, null=False)
    plan_id = ForeignKey(FundPlan, on_delete=OnDelete.restrict, null=False)
    amount_paise = BigInt(null=False)
    mode = Varchar(length=4, null=False)
    on_day = Date(null=False)
    paid_to = Varchar(length=120, null=False)
    bill_no = Varchar(length=40, null=False)
    journal_no = BigInt(null=False)
    recorded_by = BigInt(null=False)
    recorded_role = Varchar(length=40, null=False)
    recorded_at = Timestamptz(null=False)


class FundSpendingReversal(Table, tablename="fund_spending_reversal"):
    """A spending that another person took back."""

    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fy = Integer(null=False)
    no = BigInt(primary_key=True, null=False)
    words = Varchar(length=200, null=False)
    journal_fy = Integer(null=False)
    journal_no = BigInt(null=False)
    recorded_by = BigInt(null=False)
    reversed_by = BigInt(null=False)
    reversed_role = Varchar(length=40, null=False)
    reversed_at = Timestamptz(null=False)


class FundOutcome(Table, tablename="fund_outcome"):
    """What came of a plan, for everybody to read."""

    plan_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    people = Integer(null=False)
    words_hi = Varchar(length=500, null=False)
    words_en = Varchar(length=500, null=False)
    published_on = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)
