"""Which acts there are, what each entry must carry, and how the chain is made. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

Fact = str | int | None
ZERO = bytes(32)


class AuditTag(Enum):
    """An act and exactly the facts its entry carries."""

    COOPERATIVE_RECORDED = ("cooperative:recorded", ("code",))
    CENTRE_RECORDED = ("centre:recorded", ("code",))
    DEVICE_ADDED = ("device:added", ("code", "centre"))
    DEVICE_REVOKED = ("device:revoked", ("code",))
    DUTY_OPENED = ("duty:opened", ("device", "clerk", "day"))
    BYLAW_RECORDED = ("bylaw:recorded", ("name", "value", "holds_from"))
    GRADE_RECORDED = ("grade:recorded", ("code",))
    NOTICE_PUBLISHED = ("notice:published", ("notice_no", "lines", "rows_sha256"))
    SITE_RECORDED = ("site:recorded", ("code", "version", "rows_sha256"))
    SITE_PERMISSION_RECORDED = (
        "site_permission:recorded",
        ("site", "reference", "rows_sha256"),
    )
    CENTRE_NAMED = ("centre:named", ("code", "name_hi"))
    SCHOOL_RECORDED = ("school:recorded", ("udise", "version"))
    REGISTER_KEPT = ("register:kept", ("file_sha256", "rows"))
    CHILD_RECORDED = ("child:recorded", ("version", "values_sha256"))
    CHILD_ERASED = ("child:erased", ("why", "rows"))
    CHILD_CONFIRMED = ("child:confirmed", ())
    GUARDIAN_RECORDED = ("guardian:recorded", ())
    GUARDIAN_ENDED = ("guardian:ended", ())
    GUARDIAN_ANSWERED = ("guardian:answered", ("purpose", "answer", "rows_sha256"))
    SCHOOLS_CHECKED = ("schools:checked", ("day", "rule", "children", "rows_sha256"))
    COVERAGE_KEPT = ("coverage:kept", ("quarter", "rows_sha256"))
    PUPIL_DECIDED = ("pupil:decided", ())
    FOLLOW_UP_ANSWERED = ("follow_up:answered", ())
    VILLAGE_ASSIGNED = ("village:assigned", ("user", "assigned"))
    STATUS_RULE_RECORDED = ("status_rule:recorded", ("code", "holds_from"))
    HOUSEHOLD_RECORDED = (
        "household:recorded",
        ("household_no", "version", "version_row", "fields"),
    )
    PERSON_RECORDED = ("person:recorded", ("person_no", "version", "version_row", "fields"))
    MEMBER_ADMITTED = (
        "member:admitted",
        ("member_no", "provisional", "version_row", "fields", "nominees", "member_sha256"),
    )
    PERSON_CHANGED = (
        "person:changed",
        ("person_no", "version", "version_row", "why", "bank_changed", "changed", "fields"),
    )
    HOUSEHOLD_MOVED = ("household:moved", ("person_no", "rows_sha256"))
    NOMINEES_NAMED = ("nominees:named", ("member_no", "version", "nominees"))
    MEMBER_ENDED = ("member:ended", ("member_no", "reason", "rows_sha256"))
    MEMBER_CONFIRMED = ("member:confirmed", ("member_no", "rows_sha256"))
    SEASON_RECORDED = ("season:recorded", ("member_no", "kind", "rows_sha256"))
    CONSENT_RECORDED = ("consent:recorded", ("person_no", "purpose", "given", "rows_sha256"))
    DUPLICATE_DECIDED = ("duplicate:decided", ("pair", "decision", "rows_sha256"))
    MEMBER_MERGED = ("member:merged", ("gone", "kept", "rows_sha256"))
    MERGE_UNDONE = ("merge:undone", ("gone", "kept", "rows_sha256"))
    TRANSFER_ASKED = ("transfer:asked", ("member_no", "to", "rows_sha256"))
    TRANSFER_ANSWERED = ("transfer:answered", ("answer", "rows_sha256"))
    ERASURE_ASKED = ("erasure:asked", ("person_no", "rows_sha256"))
    PERSON_ERASED = ("person:erased", ("person_no", "rows_sha256"))
    # 'buyer:recorded', without a digest, was the tag before a buyer's papers were rows.
    BUYER_RECORDED = ("buyer:version_recorded", ("buyer_code", "version", "rows_sha256"))
    DOSSIER_ITEM_GIVEN = ("dossier_item:given", ("buyer_code", "item", "kind", "rows_sha256"))
    DOSSIER_ITEM_CHECKED = (
        "dossier_item:checked",
        ("buyer_code", "item", "outcome", "rows_sha256"),
    )
    DOSSIER_ITEM_WITHDRAWN = ("dossier_item:withdrawn", ("buyer_code", "item", "rows_sha256"))
    BUYER_DECIDED = ("buyer:decided", ("buyer_code", "state", "holds_from", "rows_sha256"))
    BUYER_SUSPENDED = ("buyer:suspended", ("buyer_code", "first_day", "rows_sha256"))
    BUYER_REINSTATED = ("buyer:reinstated", ("buyer_code", "last_day", "rows_sha256"))
    DOSSIER_DEMAND_SET = (
        "dossier_demand:set",
        ("kind", "buyer_kind", "holds_from", "rows_sha256"),
    )
    BUYER_OWNER_NAMED = ("buyer_owner:named", ("buyer_code", "owner", "flags", "rows_sha256"))
    BUYER_CONFLICTS_SOUGHT = ("buyer_conflict:sought", ("buyer_code", "flags", "rows_sha256"))
    BUYER_CONFLICT_DECIDED = (
        "buyer_conflict:decided",
        ("buyer_code", "conflict", "outcome", "rows_sha256"),
    )
    BUYER_PERSON_TIED = ("buyer_person:tied", ("buyer_code", "person", "rows_sha256"))
    RECEIPT_CLAIMED = ("receipt:claimed", ("buyer_code", "receipt", "rows_sha256"))
    FILE_IMPORTED = ("file:imported", ("kind", "file_sha256", "rows", "posted", "refused"))
    KEY_MADE = ("key:made", ("kid", "not_before", "not_after", "rows_sha256"))
    RECEIPT_MARKED = ("receipt:marked", ("sidx", "status", "rows_sha256"))
    STATUS_LIST_OPENED = ("status_list:opened", ("n", "cooperative", "rows_sha256"))
    KEY_ENDED = ("key:ended", ("kid", "state", "compromised_from", "rows_sha256"))
    LOG_KEY_ADDED = ("log_key:added", ("name", "key_id", "rows_sha256"))
    LOG_KEY_ENDED = ("log_key:ended", ("key_id", "state", "rows_sha256"))
    TOKEN_ADDED = ("token:added", ("role", "name"))
    TOKEN_REVOKED = ("token:revoked", ("name",))
    CHECKPOINT_COSIGNED = ("checkpoint:cosigned", ("witness", "size", "seen_at"))
    TRUST_LIST_SIGNED = ("trust_list:signed", ("seq", "sha256"))
    WEIGHING_POSTED = (
        "weighing:posted",
        ("receipt", "journal", "grams", "paise", "sha256", "row_sha256"),
    )
    REVERSAL_ASKED = ("reversal:asked", ("receipt", "reason", "rows_sha256"))
    REVERSAL_DECIDED = ("reversal:decided", ("request", "outcome", "rows_sha256"))
    WEIGHING_REVERSED = (
        "weighing:reversed",
        ("receipt", "reversal", "journal", "grams", "paise", "reason", "sha256", "rows_sha256"),
    )
    MONEY_RECORDED = ("money:recorded", ("voucher", "kind", "paise", "journal", "rows_sha256"))
    MONEY_REVERSED = ("money:reversed", ("voucher", "reason", "paise", "journal", "rows_sha256"))
    CASH_COUNTED = ("cash:counted", ("day", "expected", "counted", "rows_sha256"))
    DAY_CLOSED = ("day:closed", ("difference", "journal", "rows_sha256"))
    PASSBOOK_PRINTED = ("passbook:printed", ("member", "no", "paise", "rows_sha256"))
    ENTRY_WAITS = ("entry:waiting", ("entry", "rows_sha256"))
    ENTRY_DECIDED = ("entry:decided", ("entry", "outcome", "rows_sha256"))
    DESK_DAY_CHOSEN = ("desk_day:chosen", ("day", "site"))
    LOT_MADE = ("lot:made", ("lot", "grams", "purchases", "rows_sha256"))
    LOT_MOVED = ("lot:moved", ("lot", "kind", "grams", "rows_sha256"))
    SALE_RECORDED = (
        "sale:recorded",
        ("receipt", "journal", "grams", "paise", "sha256", "rows_sha256"),
    )
    CHALLAN_RECORDED = ("challan:recorded", ("sale", "grams", "rows_sha256"))
    GATE_PASSED = ("gate:passed", ("sale", "journal", "grams", "rows_sha256"))
    WEIGHBRIDGE_READ = ("weighbridge:read", ("sale", "grams", "within", "rows_sha256"))
    SALE_NOTE_ASKED = ("sale_note:asked", ("sale", "kind", "grams", "rows_sha256"))
    SALE_NOTE_DECIDED = (
        "sale_note:decided",
        ("sale", "confirmed", "note", "sha256", "rows_sha256"),
    )
    GST_REGISTERED = ("gst:registered", ("holds_from", "rows_sha256"))
    CONCERN_RAISED = ("concern:raised", ("words", "words_sha256", "rows_sha256"))
    CASE_COUNTS_PUBLISHED = ("case_counts:published", ("rows_sha256",))
    CASE_WRITTEN = ("case:written", ("case", "kind", "words", "words_sha256", "rows_sha256"))
    CASE_FACT_ANSWERED = ("case_fact:answered", ("case", "fact", "value_sha256"))
    READER_NAMED = ("reader:named", ("rows_sha256",))
    CASE_WORDS_ERASED = ("case_words:erased", ("rows",))
    READS_SEALED = ("reads:sealed", ("first", "last", "sha256"))
    USER_ADDED = ("user:added", ("role",))
    ROLE_GIVEN = ("role:given", ("role", "cooperative"))
    ROLE_ENDED = ("role:ended", ("role",))
    SIGNED_IN = ("session:opened", ("second_factor",))
    SIGNED_OUT = ("session:closed", ())
    SIGN_IN_REFUSED = ("session:refused", ("reason",))
    PASSWORD_CHANGED = ("password:changed", ())
    SECOND_FACTOR_ENROLLED = ("second_factor:enrolled", ())
    SECOND_FACTOR_ENDED = ("second_factor:ended", ())
    ACCOUNT_CLOSED = ("account:closed", ())
    LANGUAGE_CHOSEN = ("language:chosen", ("language",))
    SCHEME_CONSENT_RECORDED = (
        "scheme_consent:recorded",
        ("household", "given", "rows_sha256"),
    )
    SCHEME_FACT_ANSWERED = (
        "scheme_fact:answered",
        ("household", "person", "fact", "value_sha256"),
    )
    SCHEME_PAPER_NOTED = ("scheme_paper:noted", ("household", "paper", "rows_sha256"))
    SCHEME_CLIP_RECORDED = ("scheme_clip:recorded", ("fact", "language", "rows_sha256"))
    SCHEME_CLIP_REMOVED = ("scheme_clip:removed", ("fact", "language"))
    SCREENING_KEPT = ("screening:kept", ("household", "on", "rows_sha256"))
    APPLICATION_MOVED = ("application:moved", ("application", "state", "rows_sha256"))
    BENEFIT_SEEN = ("benefit:seen", ("application", "rows_sha256"))
    CHILD_REPORT_PUBLISHED = ("child_report:published", ("quarter", "rows_sha256"))
    ZONE_ASSESSED = ("zone:assessed", ("village", "rows_sha256"))
    ZONE_REVOKED = ("zone:revoked", ("rows_sha256",))
    PARTNER_RECORDED = ("partner:recorded", ("rows_sha256",))
    HAMLET_ASSIGNED = ("hamlet:assigned", ("partner", "rows_sha256"))
    PARTNER_WORKER_TIED = ("partner_worker:tied", ("partner", "rows_sha256"))
    PARTNER_FUND_BOOKED = ("partner_fund:booked", ("partner", "rows_sha256"))
    ACTIVITY_RECORDED = ("activity:recorded", ("rows_sha256",))
    COMMITTEE_RECORDED = ("committee:recorded", ("rows_sha256",))
    COMMITTEE_MET = ("committee:met", ("committee", "rows_sha256"))
    COMMITTEE_MONEY_BOOKED = ("committee_money:booked", ("committee", "rows_sha256"))
    VILLAGE_VISITED = ("village:visited", ("rows_sha256",))
    VILLAGE_CHECKED = ("village:checked", ("month", "rows_sha256"))
    SIGNS_ASKED = ("signs:asked", ())
    SIGN_ANSWERED = ("sign:answered", ())
    SIGNS_ERASED = ("signs:erased", ())
    SIGNS_FORGOTTEN = ("signs:forgotten", ("rows",))
    SIGNS_PUBLISHED = ("signs:published", ("quarter", "rows_sha256"))
    CAMP_LIST_PRINTED = ("camp_list:printed", ("on", "rows"))
    BENCHMARK_RECORDED = ("benchmark:recorded", ("kind", "holds_from", "rows_sha256"))
    INCOME_CONSENT_RECORDED = (
        "income_consent:recorded",
        ("household", "given", "rows_sha256"),
    )
    INCOME_TOLD = ("income:told", ("household", "source", "value_sha256"))
    KIT_MOVED = ("kit:moved", ("item", "kind", "pieces", "rows_sha256"))
    TRAINING_HELD = ("training:held", ("topic", "members", "rows_sha256"))
    LIVELIHOOD_STEPPED = ("livelihood:stepped", ("link", "state", "rows_sha256"))
    FUND_PLANNED = ("fund:planned", ("plan", "paise", "rows_sha256"))
    FUND_SPENT = ("fund:spent", ("spending", "paise", "journal", "rows_sha256"))
    FUND_SPENDING_REVERSED = (
        "fund:spending_reversed",
        ("spending", "paise", "journal", "rows_sha256"),
    )
    FUND_OUTCOME_PUBLISHED = ("fund:outcome_published", ("plan", "people", "rows_sha256"))
    VOICE_DECIDED = ("voice:decided", ("rows_sha256",))
    VOICE_REPLIED = ("voice:replied", ("kind",))
    VOICE_WORDS_ERASED = ("voice_words:erased", ("rows",))
    VOICE_BOX_OPENED = ("voice_box:opened", ("notes", "rows_sha256"))
    VOICE_BOARD_WRITTEN = ("voice_board:written", ("month", "rows_sha256"))
    VOICE_SOUND_KEPT = ("voice_sound:kept", ("question", "language", "sha256"))
    VOICE_SOUND_TAKEN = ("voice_sound:taken_back", ("question", "language"))
    HEARING_RECORDED = ("hearing:recorded", ("about", "rows_sha256"))
    SITE_HEARING_NAMED = ("site_hearing:named", ("rows_sha256",))

    def __init__(self, label: str, fields: tuple[str, ...]) -> None:
        self.label = label
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Seal:
    """Ties an act's rows to its chain entry, whose fact ``rows_sha256`` is their digest.

    ``rows``: SQL that gives the act's rows as text, one column, in a fixed order; ``$1`` is the
    cooperative's id (null: the agency), ``$2`` the entry's ``about_row``. Name every column, so that
    a column added later changes no digest: ``SELECT jsonb_build_array(no, grams)::text FROM lot …``.
    """

    tag: AuditTag
    rows: str


def rows_digest(rows: Iterable[str]) -> str:
    """SHA-256 in hex over rows as text, each with its length, so that none flows into the next."""
    digest = hashlib.sha256()
    for row in rows:
        data = row.encode("utf-8")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def facts_text(tag: AuditTag, facts: Mapping[str, Fact]) -> str:
    """Return the facts as canonical JSON; ValueError where they are not exactly the tag's."""
    if tuple(sorted(facts)) != tuple(sorted(tag.fields)):
        raise ValueError(f"{tag.label} carries {sorted(tag.fields)}, not {sorted(facts)}")
    return json.dumps(dict(facts), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def entry_hash(
    previous: bytes,
    chain: str,
    seq: int,
    at: datetime,
    actor: str,
    label: str,
    table: str,
    row: str,
    facts: str,
) -> bytes:
    """Return SHA-256 over the previous hash and every field of the entry, in this order.

    Fields are joined as JSON text, so that no two different entries share their bytes.
    """
    at_text = at.astimezone(UTC).isoformat(timespec="microseconds")
    body = json.dumps([chain, seq, at_text, actor, label, table, row, facts], ensure_ascii=False)
    return hashlib.sha256(previous + body.encode("utf-8")).digest()
