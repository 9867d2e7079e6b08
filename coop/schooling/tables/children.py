"""Children, guardians, consents and who visits; erased with consent. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class Child(Table, tablename="child"):
    """Who is listed as a child."""

    person_id = BigInt(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    recorded_at = Timestamptz(null=False)


class ChildVersion(Table, tablename="child_version"):
    """A child's names and birth, erasable; only with a guardian's live consent."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    person_id = BigInt(null=False)
    version = Integer(null=False)
    name_latin = Varchar(length=120, null=False)
    name_hi = Varchar(length=120, null=False)
    sex = Varchar(length=1, null=False)
    dob = Date(null=True, default=None)
    dob_precision = Varchar(length=10, null=False)
    father_name = Varchar(length=120, null=False)
    mother_name = Varchar(length=120, null=False)
    disability_pct = SmallInt(null=True, default=None)
    salt = Bytea(null=False)
    recorded_at = Timestamptz(null=False)


class Guardianship(Table, tablename="guardianship"):
    """Who is a child's guardian, from a day on."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    person_id = BigInt(null=False)
    guardian_person_id = BigInt(null=False)
    relation = Varchar(length=20, null=False)
    from_day = Date(null=True, default=None)
    recorded_at = Timestamptz(null=False)


class GuardianshipEnd(Table, tablename="guardianship_end"):
    """The end of a guardianship."""

    guardianship_id = BigInt(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    until_day = Date(null=False)
    recorded_at = Timestamptz(null=False)


class GuardianConsent(Table, tablename="guardian_consent"):
    """A guardian's answer to one purpose."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    person_id = BigInt(null=False)
    guardian_person_id = BigInt(null=True, default=None)
    purpose = Varchar(length=12, null=False)
    answer = Varchar(length=10, null=False)
    answered_on = Date(null=False)
    read_aloud = Boolean(null=False)
    how = Varchar(length=10, null=False)
    adult_proof = Varchar(length=12, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class SchoolingForm(Table, tablename="schooling_form"):
    """A form that was sent, erasable."""

    operation_id = UUID(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    person_id = BigInt(null=True, default=None)
    body_sha256 = Bytea(null=False)
    sent_at = Timestamptz(null=False)


class PupilErased(Table, tablename="pupil_erased"):
    """A pupil whose rows are not laid down again."""

    mark = Bytea(null=False)
    person_id = BigInt(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)


class RegisterSalt(Table, tablename="register_salt"):
    """The secret of those marks."""

    id = Integer(primary_key=True, null=False)
    salt = Bytea(null=False)


class FacilitatorVillage(Table, tablename="facilitator_village"):
    """Whether a facilitator visits a village."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    user_id = BigInt(null=False)
    village = Varchar(length=80, null=False)
    assigned = Boolean(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)
