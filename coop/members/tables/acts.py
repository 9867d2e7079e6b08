"""What happened to persons and memberships since the book, each a row. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from coop.cooperatives.tables import Cooperative
from coop.members.tables.book import Household, Member, MemberCessation, Person


class MemberCessationUndo(Table, tablename="member_cessation_undo"):
    """An end taken back."""

    cessation_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    undone_by = Varchar(length=80, null=False)
    undone_at = Timestamptz(null=False)


class MembershipConfirmation(Table, tablename="membership_confirmation"):
    """A provisional membership made full by the agency."""

    member_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    confirmed_by = Varchar(length=80, null=False)
    confirmed_at = Timestamptz(null=False)


class MemberSeason(Table, tablename="member_season"):
    """A season away, or the return from it."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=4, null=False)
    from_day = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class HouseholdMove(Table, tablename="household_move"):
    """Who went to live in another household."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=False)
    from_day = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class Consent(Table, tablename="consent"):
    """Consent given or withdrawn for one purpose."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    purpose = Varchar(length=12, null=False)
    given = Boolean(null=False)
    how = Varchar(length=12, null=False)
    on_day = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class MemberForm(Table, tablename="member_form"):
    """A form that was sent, so that sent again it books nothing."""

    operation_id = UUID(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=True, default=None)
    content = Bytea(null=False)
    location = Varchar(length=120, null=False)
    sent_at = Timestamptz(null=False)


class DuplicatePair(Table, tablename="duplicate_pair"):
    """Two members who are likely one person."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=True, default=None)
    member_a = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    member_b = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    score_thousandths = Integer(null=False)
    reasons = Varchar(length=200, null=False)
    found_at = Timestamptz(null=False)


class DuplicateDecision(Table, tablename="duplicate_decision"):
    """What was decided of a pair."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=True, default=None)
    pair_id = ForeignKey(DuplicatePair, on_delete=OnDelete.restrict, null=False)
    decision = Varchar(length=8, null=False)
    because = Varchar(length=12, null=False)
    decided_by = Varchar(length=80, null=False)
    decided_at = Timestamptz(null=False)


class MemberMerge(Table, tablename="member_merge"):
    """A membership that points to another of the same person."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=True, default=None)
    pair_id = ForeignKey(DuplicatePair, on_delete=OnDelete.restrict, null=False)
    gone_member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    kept_member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    cessation_id = ForeignKey(MemberCessation, on_delete=OnDelete.restrict, null=False)
    merged_by = Varchar(length=80, null=False)
    merged_at = Timestamptz(null=False)


class MemberMergeUndo(Table, tablename="member_merge_undo"):
    """A merge taken back."""

    merge_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=True, default=None)
    undone_by = Varchar(length=80, null=False)
    undone_at = Timestamptz(null=False)


class MemberTransfer(Table, tablename="member_transfer"):
    """A member's way to another cooperative, as asked."""

    id = BigSerial(primary_key=True)
    from_cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    to_cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    shares = Integer(null=False)
    due_paise = BigInt(null=False)
    asked_by = Varchar(length=80, null=False)
    asked_at = Timestamptz(null=False)


class TransferAnswer(Table, tablename="transfer_answer"):
    """What the other cooperative answered."""

    transfer_id = BigInt(primary_key=True, null=False)
    from_cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    to_cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    answer = Varchar(length=9, null=False)
    on_day = Date(null=False)
    new_member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=True, default=None)
    answered_by = Varchar(length=80, null=False)
    answered_at = Timestamptz(null=False)


class ErasureRequest(Table, tablename="erasure_request"):
    """Somebody's wish to be forgotten."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    asked_by = Varchar(length=80, null=False)
    asked_at = Timestamptz(null=False)


class Erasure(Table, tablename="erasure"):
    """Personal values blanked; written by the database's own function."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    request_id = ForeignKey(ErasureRequest, on_delete=OnDelete.restrict, null=False)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=True, default=None)
    confirmed_by = Varchar(length=80, null=False)
    erased_at = Timestamptz(null=False)


class MemberKey(Table, tablename="member_key"):
    """By what a member is found; worked out from the versions."""

    member_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    sort_key = Varchar(length=200, null=False)
    words = Text(null=False)
    given = Array(base_column=Text(), null=False)
    bones = Array(base_column=Text(), null=False)
    surname = Varchar(length=80, null=False)
    relative = Array(base_column=Text(), null=False)
    place = Varchar(length=80, null=False)
    blocks = Array(base_column=Text(), null=False)
