"""Agreements, answers, papers, screenings and applications. The constraints stand in ``migrations/sql``."""

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
from coop.members.tables import Household, Person


class SchemeAct(Table, tablename="scheme_act"):
    """The id drawn with a form, with the hash of what was sent."""

    operation_id = UUID(primary_key=True, null=False, default=None)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    content = Bytea(null=False)


class SchemeConsent(Table, tablename="scheme_consent"):
    """Agreement of a household, or of a guardian about one child."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=False)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    given = Boolean(null=False)
    how = Varchar(length=10, null=False)
    language = Varchar(length=10, null=False)
    given_on = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class SchemeAnswer(Table, tablename="scheme_answer"):
    """What was answered to a fact, as JSON, erasable; no value: "do not know"."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=False)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    fact = Varchar(length=40, null=False)
    value = Varchar(length=400, null=True, default=None)
    told_on = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    salt = Bytea(null=False)
    recorded_at = Timestamptz(null=False)


class SchemePaper(Table, tablename="scheme_paper"):
    """Whether a paper was seen at the desk or is missing."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=False)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    paper = Varchar(length=20, null=False)
    seen = Boolean(null=False)
    noted_on = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class Screening(Table, tablename="screening"):
    """A check of a household on a day."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=False)
    on_day = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class ScreeningResult(Table, tablename="screening_result"):
    """What a household might get by a check; keyed by screening, scheme and applicant."""

    screening_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    scheme = Varchar(length=20, null=False)
    applicant = Varchar(length=40, null=False)
    result = Varchar(length=12, null=False)


class SchemeApplication(Table, tablename="scheme_application"):
    """One scheme, one applicant, one attempt."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fy = Integer(null=False)
    no = BigInt(null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=False)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    scheme = Varchar(length=20, null=False)
    opened_at = Timestamptz(null=False)


class ApplicationEvent(Table, tablename="application_event"):
    """What happened to an application; money in paise."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    application_id = ForeignKey(SchemeApplication, on_delete=OnDelete.restrict, null=False)
    seq = Integer(null=False)
    state = Varchar(length=20, null=False)
    on_day = Date(null=False)
    note = Varchar(length=400, null=False)
    number = Varchar(length=60, null=False)
    office = Varchar(length=120, null=False)
    word = Varchar(length=20, null=False)
    by_way = Varchar(length=20, null=False)
    paise = BigInt(null=True, default=None)
    due = Date(null=True, default=None)
    second_look = Boolean(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)
    words_sha256 = Bytea(null=True, default=None)


class ApplicationWords(Table, tablename="application_words"):
    """What was typed of an event: erasable, never changed."""

    event_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    note = Varchar(length=400, null=False)
    number = Varchar(length=60, null=False)
    office = Varchar(length=120, null=False)
    salt = Bytea(null=False)


class ApplicationDetail(Table, tablename="application_detail"):
    """A paper or a barrier of an event; keyed by event, kind and code."""

    event_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=7, null=False)
    code = Varchar(length=20, null=False)


class BenefitSeen(Table, tablename="benefit_seen"):
    """A benefit that was seen, in paise; goods 0."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    application_id = ForeignKey(SchemeApplication, on_delete=OnDelete.restrict, null=False)
    on_day = Date(null=False)
    paise = BigInt(null=False)
    seen = Varchar(length=10, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class SchemeClip(Table, tablename="scheme_clip"):
    """A question as somebody speaks it; hashes in hexadecimal of the sound and of the question's words."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fact = Varchar(length=40, null=False)
    language = Varchar(length=10, null=False)
    media = Varchar(length=20, null=False)
    bytes = Integer(null=False)
    sound_sha256 = Varchar(length=64, null=False)
    asks_sha256 = Varchar(length=64, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class SchemeClipSound(Table, tablename="scheme_clip_sound"):
    """The voice of a clip, erasable."""

    clip_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    sound = Bytea(null=False)
