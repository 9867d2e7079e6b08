"""The box, its board, and who was heard. Constraints and grants stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class VoiceBatch(Table, tablename="voice_batch"):
    """An opening of the paper box, before a witness."""

    id = UUID(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    opened_on = Date(null=False)
    witness = Varchar(length=120, null=False)
    notes = Integer(null=False)
    unreadable = Integer(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class VoiceMessage(Table, tablename="voice_message"):
    """What somebody tapped, and the day; nothing of who it was."""

    id = UUID(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    on_day = Date(null=False)
    came = Varchar(length=5, null=False)
    feeling = Varchar(length=4, null=False)
    about = Varchar(length=6, null=False)
    may_show = Boolean(null=False)
    code_mark = Bytea(null=True, default=None)
    form_mark = Bytea(null=True, default=None)
    batch_id = UUID(null=True, default=None)


class VoiceWords(Table, tablename="voice_words"):
    """The words of a message, until they are erased."""

    message_id = UUID(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    words = Varchar(length=600, null=False)


class VoiceWithheld(Table, tablename="voice_withheld"):
    """A reader whom a message names, and who does not see it."""

    message_id = UUID(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    user_id = BigInt(null=False)


class VoiceDay(Table, tablename="voice_day"):
    """How many came in a day, of all together."""

    cooperative_id = BigInt(primary_key=True, null=False)
    on_day = Date(null=False)
    kind = Varchar(length=7, null=False)
    counted = Integer(null=False)


class VoiceDecision(Table, tablename="voice_decision"):
    """What a reader found a message to be."""

    message_id = UUID(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    kind = Varchar(length=9, null=False)
    concern_about = Varchar(length=12, null=False)
    decided_by = Varchar(length=80, null=False)
    decided_at = Timestamptz(null=False)


class VoiceReply(Table, tablename="voice_reply"):
    """A reader's words: the answer, or what may be told without a name."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    message_id = UUID(null=False)
    kind = Varchar(length=6, null=False)
    words = Varchar(length=400, null=False)
    written_by = Varchar(length=80, null=False)
    written_at = Timestamptz(null=False)


class VoiceBoard(Table, tablename="voice_board"):
    """A line of the public board: you said, we did."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    month = Date(null=False)
    heard = Varchar(length=300, null=False)
    done = Varchar(length=300, null=False)
    operation_id = UUID(null=False)
    written_by = Varchar(length=80, null=False)
    written_at = Timestamptz(null=False)


class Hearing(Table, tablename="hearing"):
    """People heard before a decision; no cooperative: by the agency."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=True, default=None)
    about = Varchar(length=8, null=False)
    question = Varchar(length=200, null=False)
    held_on = Date(null=False)
    place = Varchar(length=120, null=False)
    said = Varchar(length=1000, null=False)
    changed = Varchar(length=1000, null=False)
    operation_id = UUID(null=False)
    content_sha256 = Bytea(null=False)
    recorded_as = Varchar(length=20, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class HearingPeople(Table, tablename="hearing_people"):
    """How many of a sex and band of age were heard."""

    hearing_id = BigInt(primary_key=True, null=False)
    band = Varchar(length=5, null=False)
    sex = Varchar(length=1, null=False)
    people = Integer(null=False)


class SiteHearing(Table, tablename="site_hearing"):
    """What a version of a site rests on: a hearing, or why none was held."""

    site_code = Varchar(length=20, primary_key=True, null=False)
    version = Integer(null=False)
    hearing_id = BigInt(null=True, default=None)
    no_hearing_reason = Varchar(length=300, null=False)
    recorded_at = Timestamptz(null=False)


class VoiceSound(Table, tablename="voice_sound"):
    """A question of the box as somebody of the cooperative spoke it."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    question = Varchar(length=4, null=False)
    language = Varchar(length=2, null=False)
    data = Bytea(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)
