"""The facts of a slip and of a reversal's slip: the page and the paper are drawn from the same."""

from dataclasses import dataclass, replace
from datetime import datetime

from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.audit.operations import reads_of
from coop.kernel.db import Transaction
from coop.kernel.words import Said, say
from coop.receipts.rules.receipt import receipt_text
from coop.weighing.queries import slips
from coop.weighing.queries.standing import (
    ReversalSlip,
    Standing,
    replaces,
    reversal_slip,
    standing,
)
from coop.weighing.rules.numbers import SlipNumber
from coop.weighing.rules.reversal import REASONS, UNDO

# One row of audit_read a paper that was given out: how often is read from nowhere else.
PAPER_READ = "slip paper"


@dataclass(frozen=True, slots=True)
class StandingShown:
    """Why a slip is held, void or replaced, and where it leads; texts are empty where there is none."""

    state: str
    since: datetime
    reason: Said
    asked: Said
    decided: Said | None
    reversal: str
    replaced_by: str


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """A slip with its state by now; ``replaces`` is a number or empty, ``code`` its receipt's text."""

    slip: slips.Slip
    standing: StandingShown | None
    replaces: str
    code: str


@dataclass(frozen=True, slots=True)
class ReversalPaper:
    """The slip of a reversal; ``decided`` None where the poster undid it alone."""

    slip: ReversalSlip
    reason: Said
    asked: Said
    decided: Said | None
    reprints: int
    code: str


def role_said(role: str) -> Said:
    """A role as people call it."""
    return ROLE_NAMES[Role(role)]


def reason_said(reason: str) -> Said:
    """A reason as people call it."""
    return say("Undone by the poster") if reason == UNDO else REASONS[reason]


async def slip_paper(tx: Transaction, wanted: SlipNumber, host: str) -> SlipPaper | None:
    """The facts of a weighing's slip within reach; ``host`` stands in its code."""
    slip = await slips.slip(tx, wanted.code, wanted.fy, wanted.no, wanted.text)
    if slip is None:
        return None
    own = slip.cooperative_id
    stands = await standing(tx, own, wanted)
    given = await reads_of(tx, PAPER_READ, cooperative_id=own, about=wanted.text)
    state = stands.state if stands else slip.state
    return SlipPaper(
        replace(slip, state=state, reprints=given),
        _shown(stands) if stands else None,
        await replaces(tx, own, wanted),
        receipt_text(host, slip.signed),
    )


async def reversal_paper(tx: Transaction, wanted: SlipNumber, host: str) -> ReversalPaper | None:
    """The facts of a reversal's slip within reach."""
    slip = await reversal_slip(tx, wanted)
    if slip is None:
        return None
    given = await reads_of(tx, PAPER_READ, cooperative_id=slip.cooperative_id, about=wanted.text)
    return ReversalPaper(
        slip,
        reason_said(slip.reason),
        role_said(slip.asked_role) if slip.asked_role else say("Who weighed it"),
        role_said(slip.decided_role) if slip.decided_role else None,
        given,
        receipt_text(host, slip.signed),
    )


def _shown(stands: Standing) -> StandingShown:
    return StandingShown(
        stands.state,
        stands.since,
        reason_said(stands.reason),
        role_said(stands.asked_role) if stands.asked_role else say("Who weighed it"),
        role_said(stands.decided_role) if stands.decided_role else None,
        stands.reversal,
        stands.replaced_by,
    )
