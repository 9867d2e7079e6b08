"""What happened to a member, in order: who changed what when, read from the rows themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.kernel.db import Transaction
from coop.kernel.words import Said, say
from coop.members.queries.member import MemberFacts
from coop.members.rules.changes import REASONS, FieldChange, Why, changes
from coop.members.rules.consent import PURPOSES, Purpose
from coop.members.rules.membership import ENDINGS, Ending
from coop.members.rules.particulars import Particulars

_COLUMNS = ", ".join(Particulars.__dataclass_fields__)

_SYSTEM = say("The system")


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history. ``day``: from when it holds, where that is another day."""

    at: datetime
    actor: str
    what: Said
    day: date | None = None
    fields: tuple[FieldChange, ...] = ()
    about: Said | None = None
    who: Said = _SYSTEM


@dataclass(frozen=True, slots=True)
class ConsentNow:
    """How consent for a purpose stands; ``given`` None: never asked."""

    purpose: Purpose
    words: Said
    given: bool | None
    on_day: date | None


async def consents(tx: Transaction, person_id: int) -> tuple[ConsentNow, ...]:
    """Every purpose with its last row."""
    rows = await tx.fetch(
        "SELECT DISTINCT ON (purpose) purpose, given, on_day FROM consent WHERE person_id = $1 ORDER BY purpose, id DESC",
        person_id,
    )
    stands = {row["purpose"]: row for row in rows}
    return tuple(
        ConsentNow(
            purpose,
            words,
            stands[purpose]["given"] if purpose in stands else None,
            stands[purpose]["on_day"] if purpose in stands else None,
        )
        for purpose, words in PURPOSES.items()
    )


async def history(tx: Transaction, one: MemberFacts) -> list[Happened]:
    """Everything that was written down of a member, the last first."""
    found = [
        *await _versions(tx, one.person_id),
        *await _endings(tx, one.id),
        *await _consents(tx, one.person_id),
        *await _others(tx, one),
    ]
    found.sort(key=lambda line: line.at, reverse=True)
    return await _with_roles(tx, found)


async def _versions(tx: Transaction, person_id: int) -> list[Happened]:
    rows = await tx.fetch(
        f"SELECT {_COLUMNS}, told_by, why, holds_from, recorded_by, recorded_at, salt FROM person_version"  # noqa: S608  (columns of ours)
        " WHERE person_id = $1 ORDER BY told_by, version",
        person_id,
    )
    found: list[Happened] = []
    last: dict[str, Particulars] = {}
    for row in rows:
        known = Particulars(*list(row.values())[: len(Particulars.__dataclass_fields__)])
        before = last.get(row["told_by"])
        changed = changes(before, known) if before is not None and row["salt"] else ()
        last[row["told_by"]] = known
        said = REASONS[Why(row["why"])]
        if row["told_by"] == "household_list":
            said = say("Taken over from the household list")
        found.append(
            Happened(row["recorded_at"], row["recorded_by"], said, row["holds_from"], changed)
        )
    return found


async def _endings(tx: Transaction, member_id: int) -> list[Happened]:
    rows = await tx.fetch(
        """SELECT x.reason, x.ceased_on, x.recorded_at, x.recorded_by, u.undone_at, u.undone_by FROM member_cessation x
           LEFT JOIN member_cessation_undo u ON u.cessation_id = x.id WHERE x.member_id = $1""",
        member_id,
    )
    found = []
    for row in rows:
        known = row["reason"] in set(Ending)
        said = ENDINGS[Ending(row["reason"])] if known else say("Membership ended")
        found.append(Happened(row["recorded_at"], row["recorded_by"], said, row["ceased_on"]))
        if row["undone_at"] is not None:
            undone = say("The end was taken back")
            found.append(Happened(row["undone_at"], row["undone_by"], undone))
    return found


async def _consents(tx: Transaction, person_id: int) -> list[Happened]:
    rows = await tx.fetch(
        "SELECT purpose, given, on_day, recorded_by, recorded_at FROM consent WHERE person_id = $1",
        person_id,
    )
    return [
        Happened(
            row["recorded_at"],
            row["recorded_by"],
            say("Consent given") if row["given"] else say("Consent withdrawn"),
            row["on_day"],
            about=PURPOSES[Purpose(row["purpose"])],
        )
        for row in rows
    ]


_OTHERS = """
SELECT CASE version WHEN 1 THEN 'named' ELSE 'nominees' END AS kind, max(recorded_at) AS at, max(recorded_by) AS by,
       NULL::date AS day FROM nominee WHERE member_id = $1 GROUP BY version
UNION ALL SELECT kind, recorded_at, recorded_by, from_day FROM member_season WHERE member_id = $1
UNION ALL SELECT 'household', recorded_at, recorded_by, from_day FROM household_move WHERE person_id = $2
UNION ALL SELECT 'confirmed', confirmed_at, confirmed_by, NULL FROM membership_confirmation WHERE member_id = $1
UNION ALL SELECT 'asked', asked_at, asked_by, NULL FROM member_transfer WHERE member_id = $1
UNION ALL SELECT a.answer, a.answered_at, a.answered_by, a.on_day FROM member_transfer t
  JOIN transfer_answer a ON a.transfer_id = t.id WHERE t.member_id = $1 AND a.answer <> 'accepted'
UNION ALL SELECT 'erase', asked_at, asked_by, NULL FROM erasure_request WHERE person_id = $2
UNION ALL SELECT 'erased', erased_at, confirmed_by, NULL FROM erasure WHERE person_id = $2
"""
_SAID = {
    "named": say("Nominees named"),
    "nominees": say("Nominees named anew"),
    "away": say("Away for the season"),
    "back": say("Back from the season"),
    "household": say("Went to another household"),
    "confirmed": say("Confirmed as a full member by the agency"),
    "asked": say("Transfer to another cooperative asked for"),
    "refused": say("The other cooperative refused the transfer"),
    "withdrawn": say("The transfer was taken back"),
    "erase": say("Erasure asked for"),
    "erased": say("Particulars erased"),
}


async def _others(tx: Transaction, one: MemberFacts) -> list[Happened]:
    rows = await tx.fetch(_OTHERS, one.id, one.person_id)
    return [Happened(row["at"], row["by"], _SAID[row["kind"]], row["day"]) for row in rows]


async def _with_roles(tx: Transaction, found: Sequence[Happened]) -> list[Happened]:
    """Each line with who it was, by role: a member's page tells no names of who works here."""
    users = {int(line.actor.partition(":")[2]) for line in found if line.actor.startswith("user:")}
    rows = await tx.fetch(
        """SELECT u.id, (SELECT a.role FROM coop_assignments_of(u.id, now()) a LIMIT 1) AS role
           FROM unnest($1::bigint[]) AS u (id)""",
        sorted(users),
    )
    roles = {f"user:{row['id']}": row["role"] for row in rows}
    return [replace(line, who=_who(line.actor, roles.get(line.actor))) for line in found]


def _who(actor: str, role: str | None) -> Said:
    if role is not None:
        return ROLE_NAMES[Role(role)]
    if actor.startswith("user:"):
        return say("Somebody who left since")
    return _SYSTEM if actor in ("", "system") else say("Operator of the server")
