"""The weighing slip and the slip of a reversal on a roll: what their pages say, in the same order."""

from coop.kernel.i18n import day, kg, language, named, render, rupees, rupees_in_words, time
from coop.kernel.i18n import gettext as _
from coop.kernel.paper import Column
from coop.kernel.paper.roll import NARROW, WIDE, Width, roll_pdf, roll_png
from coop.weighing.queries.papers import ReversalPaper, SlipPaper, StandingShown
from coop.weighing.queries.slips import Slip

WIDTHS = {58: NARROW, 80: WIDE}


def slip_pdf(one: SlipPaper | ReversalPaper, mm: int) -> bytes:
    """Draw a slip in the language spoken now on a roll of 58 or 80 mm. Raises KeyError for others."""
    if isinstance(one, SlipPaper):
        title = f"{_('Weighing slip and receipt')} {one.slip.number}"
        return roll_pdf(title, language(), WIDTHS[mm], lambda c, w: _weighing(c, w, one))
    title = f"{_('Reversal of a weighing')} {one.slip.number}"
    return roll_pdf(title, language(), WIDTHS[mm], lambda c, w: _reversal(c, w, one))


def slip_png(one: SlipPaper | ReversalPaper, mm: int) -> bytes:
    """The same as dots for a slip printer: 384 across on 58 mm, 576 on 80."""
    return roll_png(slip_pdf(one, mm), WIDTHS[mm])


def _weighing(to: Column, width: Width, one: SlipPaper) -> None:
    slip, size = one.slip, width.size
    small = size * 6 // 7
    to.words(named(slip.cooperative), size * 8 // 7, bold=True, side="center")
    centre = named(slip.centre)
    to.words(f"{slip.cooperative.code} · {centre}".rstrip(" ·"), small, side="center")
    to.rule(thick=2)
    to.words(_("Weighing slip and receipt"), size, bold=True, side="center")
    to.words(slip.number, size, side="center")
    _state(to, size, slip.state, one)
    _reprints(to, size, slip.reprints)
    to.rule(thick=2)
    to.pair(_("Date"), f"{day(slip.weighed_at)} {time(slip.weighed_at)}", size)
    to.pair(_("Member number"), slip.member_no, size * 8 // 7, bold=True)
    to.pair(_("Site"), named(slip.site), size)
    to.pair(_("Grade"), f"{slip.grade_code} {named(slip.grade)}", size)
    to.rule(thick=2)
    _weights(to, size, slip)
    to.rule(thick=2)
    _paid(to, size, slip)
    _code(to, width, one.code)
    _foot(to, small, slip)


def _state(to: Column, size: int, state: str, one: SlipPaper) -> None:
    words = {
        "void": _("VOID"),
        "held": _("HELD"),
        "replaced": _("REPLACED"),
        "provisional": _("PROVISIONAL: the receipt follows"),
    }
    if state in words:
        to.stamp(words[state], size * 5 // 4)
    if one.standing:
        _standing(to, size, one.standing)
    if one.replaces:
        to.words(f"{_('Stands in place of')} {one.replaces}", size, side="center")


def _standing(to: Column, size: int, stands: StandingShown) -> None:
    to.words(render(stands.reason), size, side="center")
    to.words(f"{day(stands.since)} {time(stands.since)}", size, side="center")
    by = _("Asked by") if stands.state == "held" or stands.decided else _("By")
    to.words(f"{by}: {render(stands.asked)}", size, side="center")
    if stands.decided:
        to.words(f"{_('Decided by')}: {render(stands.decided)}", size, side="center")
    if stands.reversal:
        to.words(f"{_('Reversal')}: {stands.reversal}", size, side="center")
    if stands.replaced_by:
        to.words(f"{_('In its place')}: {stands.replaced_by}", size, side="center")


def _reprints(to: Column, size: int, count: int) -> None:
    if count:
        to.stamp(_("COPY"), size * 5 // 4)
        to.words(_("Reprint no. %(count)s") % {"count": count}, size * 6 // 7, side="center")


def _weights(to: Column, size: int, slip: Slip) -> None:
    unit = _("kg")
    to.pair(_("Gross weight"), f"{kg(slip.gross_grams)} {unit}", size)
    to.pair(_("Tare (bag)"), f"− {kg(slip.tare_grams)} {unit}", size)
    to.pair(_("Deduction"), f"− {kg(slip.deduction_grams)} {unit}", size)
    to.pair(_("Payable weight"), f"{kg(slip.payable_grams)} {unit}", size, bold=True)
    to.pair(_("Price"), rupees(slip.rate_paise), size)
    to.pair(_("Floor price"), rupees(slip.floor_paise), size)


def _paid(to: Column, size: int, slip: Slip) -> None:
    paid = {
        "cash": _("Paid in cash"),
        "upi": _("To be paid by UPI"),
        "bank": _("To be paid to the bank"),
        "later": _("To be paid later"),
    }
    to.words(rupees(slip.amount_paise), size * 2, bold=True, side="center")
    to.words(rupees_in_words(slip.amount_paise), size, side="center")
    to.words(paid[slip.paid_mode], size, bold=True, side="center")
    to.rule(thick=2)
    to.pair(_("Total of the month"), rupees(slip.month_paise), size)
    owed = _("Owed by the member") if slip.balance_paise < 0 else _("Balance")
    to.pair(owed, rupees(abs(slip.balance_paise)), size)


def _code(to: Column, width: Width, code: str) -> None:
    to.rule(thick=2)
    to.dots_code(code, width.module)
    words = _("Check with a camera: genuine or not")
    to.words(words, width.size * 6 // 7, side="center")
    to.rule(thick=2)


def _foot(to: Column, small: int, slip: Slip) -> None:
    said = []
    if slip.policy:
        said.append(_("Collection of dhibra: %(policy)s.") % {"policy": named(slip.policy)})
        if not slip.policy.verified:
            said.append(_("(Not yet checked against the gazette.)"))
    if slip.permission:
        said.append(_("Permission of the site: %(permission)s.") % {"permission": slip.permission})
    said.append(_("Carry this slip with you."))
    to.words(" ".join(said), small)
    to.words(_("Complaints: the centre or 181. Help for children: 1098."), small)


def _reversal(to: Column, width: Width, one: ReversalPaper) -> None:
    slip, size = one.slip, width.size
    small, unit = size * 6 // 7, _("kg")
    to.words(named(slip.cooperative), size * 8 // 7, bold=True, side="center")
    to.words(slip.cooperative.code, small, side="center")
    to.rule(thick=2)
    to.words(_("Reversal of a weighing"), size, bold=True, side="center")
    to.words(slip.number, size, side="center")
    to.stamp(_("TAKEN BACK"), size * 5 // 4)
    to.words(slip.weighing, size, side="center")
    _reprints(to, size, one.reprints)
    to.rule(thick=2)
    to.pair(_("Date"), f"{day(slip.reversed_at)} {time(slip.reversed_at)}", size)
    to.pair(_("Weighed on"), f"{day(slip.weighed_at)} {time(slip.weighed_at)}", size)
    to.pair(_("Member number"), slip.member_no, size * 8 // 7, bold=True)
    to.pair(_("Grade"), f"{slip.grade_code} {named(slip.grade)}", size)
    to.pair(_("Payable weight"), f"− {kg(slip.payable_grams)} {unit}", size)
    to.pair(_("Price"), rupees(slip.rate_paise), size)
    to.rule(thick=2)
    _given_back(to, size, one)
    to.rule(thick=2)
    to.pair(_("Reason"), render(one.reason), size)
    to.pair(_("Asked by") if one.decided else _("By"), render(one.asked), size)
    if one.decided:
        to.pair(_("Decided by"), render(one.decided), size)
    if slip.replaced_by:
        to.words(f"{_('In its place')}: {slip.replaced_by}", size, side="center")
    _code(to, width, one.code)
    to.words(_("Complaints: the centre or 181. Help for children: 1098."), small)


def _given_back(to: Column, size: int, one: ReversalPaper) -> None:
    slip = one.slip
    to.words(f"− {rupees(slip.amount_paise)}", size * 2, bold=True, side="center")
    to.words(rupees_in_words(slip.amount_paise), size, side="center")
    if slip.paid_mode == "cash":
        back = _("The cash is back in the box")
        kept = _("The member keeps the cash; it counts against what is due")
        to.words(back if slip.cash_back_paise else kept, size, bold=True, side="center")
