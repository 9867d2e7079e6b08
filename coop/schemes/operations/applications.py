"""Open an application and carry it on: events are added, never changed."""

import secrets
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag, Seal
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.ledger.operations import next_number
from coop.schemes.operations.once import taken_before
from coop.schemes.queries.applications import ApplicationKnown, application, of_household
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.households import Desk
from coop.schemes.rules.applications import (
    OPEN,
    Event,
    Latest,
    State,
    refusals_to_move,
)

SERIES = "A"
EVENT_SEAL = Seal(
    AuditTag.APPLICATION_MOVED,
    """SELECT jsonb_build_array(e.id, e.seq, e.state, e.on_day, e.note, e.number, e.office, e.word, e.by_way, e.paise, e.due,
              e.second_look, e.recorded_by, e.recorded_at, a.id, a.fy, a.no, a.household_id, a.person_id, a.scheme, a.opened_at,
              (SELECT jsonb_agg(jsonb_build_array(d.kind, d.code) ORDER BY d.kind, d.code) FROM application_detail d
               WHERE d.event_id = e.id))
              || CASE WHEN e.words_sha256 IS NULL THEN '' ELSE encode(e.words_sha256, 'hex') END
       FROM application_event e JOIN scheme_application a ON a.id = e.application_id
       WHERE e.cooperative_id = $1 AND e.id = $2::text::bigint""",
)
BENEFIT_SEAL = Seal(
    AuditTag.BENEFIT_SEEN,
    """SELECT jsonb_build_array(id, application_id, on_day, paise, seen, recorded_by, recorded_at)::text
       FROM benefit_seen WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A benefit seen on a day: a line in the passbook in paise, or goods in hand (0)."""

    on: date
    paise: int
    seen: str


async def open_application(
    tx: Transaction, at: Desk, scheme: str, found_on: date, operation_id: UUID
) -> str:
    """Begin an application with "identified"; return its public number.

    Raises Refused where one for the same scheme and applicant is still open.
    """
    await lock_head(tx, at.cooperative_id)
    seen_before = await taken_before(tx, at.cooperative_id, operation_id, "open", at, scheme)
    standing = [
        one
        for one in await of_household(tx, at.household_id)
        if one.scheme == scheme and await _person_id(tx, one) == at.person_id
    ]
    if seen_before:
        return standing[0].number
    if any(one.state in (*OPEN, State.RECEIVING) for one in standing):
        message = say("An application for this is open already. Carry that one on.")
        raise Refused([Refusal("already_open", message)])
    at_now = clock.now()
    fy = clock.financial_year(at_now)
    no = await next_number(tx, at.cooperative_id, fy, SERIES)
    number = int(
        await tx.fetchval(
            """INSERT INTO scheme_application (cooperative_id, fy, no, household_id, person_id, scheme, opened_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
            at.cooperative_id,
            fy,
            no,
            at.household_id,
            at.person_id,
            scheme,
            at_now,
        )
    )
    await _add_event(
        tx, at.cooperative_id, number, 1, Event(State.IDENTIFIED, found_on), second_look=False
    )
    code = await tx.fetchval("SELECT code FROM cooperative WHERE id = $1", at.cooperative_id)
    return f"{code}-{fy // 100:02d}-A{no:05d}"


async def move_application(
    tx: Transaction, known: ApplicationKnown, event: Event, operation_id: UUID, *, doubtful: bool
) -> None:
    """Add an event. ``doubtful``: the rules say no on that day; it is marked, not stopped.

    Raises Refused where the step does not follow or lacks something.
    """
    await lock_head(tx, known.cooperative_id)
    # A hash of what was typed would outlive the words' erasure: it is left out of what is compared.
    bare = replace(event, note="", number="", office="")
    if await taken_before(tx, known.cooperative_id, operation_id, "move", known.id, bare):
        return
    latest = await application(tx, known.number)
    if latest is None:
        raise LookupError(known.number)
    words = catalogue().words
    refusals = refusals_to_move(Latest(latest.state, latest.since), event, clock.today(), words)
    if refusals:
        raise Refused(refusals)
    second_look = doubtful and event.state is State.APPLIED
    await _add_event(
        tx, known.cooperative_id, known.id, latest.seq + 1, event, second_look=second_look
    )
    if event.state is State.RECEIVING and event.paise is not None:
        await _add_benefit(tx, known, Seen(event.on, event.paise, event.by))


async def see_benefit(
    tx: Transaction, known: ApplicationKnown, seen: Seen, operation_id: UUID
) -> None:
    """Add a further benefit that was seen. Raises Refused where none runs, or for a wrong day."""
    await lock_head(tx, known.cooperative_id)
    if await taken_before(tx, known.cooperative_id, operation_id, "seen", known.id, seen):
        return
    latest = await application(tx, known.number)
    if latest is None or latest.state is not State.RECEIVING:
        raise Refused(
            [Refusal("not_receiving", say("This benefit does not run. Record the step first."))]
        )
    if not latest.since <= seen.on <= clock.today():
        message = say("Give a day from %(day)s until today.", day=f"{latest.since:%d-%m-%Y}")
        raise Refused([Refusal("referral_move", message, "on")])
    await _add_benefit(tx, known, seen)


async def _person_id(tx: Transaction, known: ApplicationKnown) -> int | None:
    if not known.person_no:
        return None
    number = await tx.fetchval("SELECT id FROM person WHERE person_no = $1", known.person_no)
    return int(number)


async def _add_event(
    tx: Transaction,
    cooperative_id: int,
    application_id: int,
    seq: int,
    event: Event,
    *,
    second_look: bool,
) -> None:
    words, salt = (event.note, event.number, event.office), secrets.token_bytes(16)
    number = await tx.fetchval(
        """INSERT INTO application_event (cooperative_id, application_id, seq, state, on_day, note, number, office, word, by_way,
             paise, due, second_look, recorded_by, recorded_at, words_sha256)
           VALUES ($1, $2, $3, $4, $5, '', '', '', $6, $7, $8, $9, $10, $11, $12, sha256($13::bytea || convert_to(
             jsonb_build_array($14::text, $15::text, $16::text)::text, 'UTF8'))) RETURNING id""",
        cooperative_id,
        application_id,
        seq,
        event.state.value,
        event.on,
        event.word,
        event.by,
        event.paise,
        event.due,
        second_look,
        tx.reach.actor,
        clock.now(),
        salt,
        *words,
    )
    if any(words):
        await tx.execute(
            "INSERT INTO application_words (event_id, cooperative_id, note, number, office, salt) VALUES ($1, $2, $3, $4, $5, $6)",
            number,
            cooperative_id,
            *words,
            salt,
        )
    details = [("paper", code) for code in event.papers]
    details += [("barrier", code) for code in event.barriers]
    await tx.executemany(
        "INSERT INTO application_detail (event_id, cooperative_id, kind, code) VALUES ($1, $2, $3, $4)",
        [(number, cooperative_id, kind, code) for kind, code in details],
    )
    digest = await sealed(tx, EVENT_SEAL, cooperative_id, str(number))
    await record(
        tx,
        AuditTag.APPLICATION_MOVED,
        cooperative_id=cooperative_id,
        table="application_event",
        row=str(number),
        facts={"application": application_id, "state": event.state.value, "rows_sha256": digest},
    )


async def _add_benefit(tx: Transaction, known: ApplicationKnown, seen: Seen) -> None:
    number = await tx.fetchval(
        """INSERT INTO benefit_seen (cooperative_id, application_id, on_day, paise, seen, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        known.cooperative_id,
        known.id,
        seen.on,
        seen.paise,
        seen.seen,
        tx.reach.actor,
        clock.now(),
    )
    digest = await sealed(tx, BENEFIT_SEAL, known.cooperative_id, str(number))
    await record(
        tx,
        AuditTag.BENEFIT_SEEN,
        cooperative_id=known.cooperative_id,
        table="benefit_seen",
        row=str(number),
        facts={"application": known.id, "rows_sha256": digest},
    )
