"""Schools and the registers they export; the application cannot read a pupil's name. The constraints stand in ``migrations/sql``."""

from piccolo.columns import BigSerial, Bytea, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table


class School(Table, tablename="school"):
    """A school of the UDISE list."""

    id = BigSerial(primary_key=True)
    udise = Varchar(length=11, null=False)
    version = Integer(null=False)
    name = Varchar(length=160, null=False)
    name_hi = Varchar(length=160, null=False)
    category = Varchar(length=20, null=False)
    lowest_class = Integer(null=False)
    highest_class = Integer(null=False)
    management = Varchar(length=10, null=False)
    village = Varchar(length=80, null=False)
    block = Varchar(length=80, null=False)
    district_lgd = Integer(null=False)
    closed_on = Date(null=True, default=None)
    successor_udise = Varchar(length=11, null=False)
    recorded_at = Timestamptz(null=False)


class EnrolmentRow(Table, tablename="enrolment_row"):
    """A row of a school's register."""

    id = BigSerial(primary_key=True)
    row_sha256 = Bytea(null=False)
    register_sha256 = Bytea(null=False)
    row_no = Integer(null=False)
    udise = Varchar(length=11, null=False)
    class_no = SmallInt(null=True, default=None)
    section = Varchar(length=10, null=False)
    admission_no = Varchar(length=20, null=False)
    pupil_name = Varchar(length=120, null=False)
    father_name = Varchar(length=120, null=False)
    mother_name = Varchar(length=120, null=False)
    dob = Date(null=True, default=None)
    sex = Varchar(length=1, null=False)
    last_attended_on = Date(null=True, default=None)
    days_present = Integer(null=True, default=None)
    days_open = Integer(null=True, default=None)
    tc_date = Date(null=True, default=None)
    recorded_at = Timestamptz(null=False)
