"""What a voucher says, in the language spoken now: its page and its PDF both draw this."""

from collections.abc import Mapping
from dataclasses import dataclass

from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.kernel import i18n
from coop.kernel.i18n import gettext, render
from coop.kernel.words import Said, say
from coop.payments.queries.vouchers import VoucherRow
from coop.payments.rules import BANK, CASH, REASONS, UPI, Kind

TITLES: Mapping[Kind, Said] = {
    Kind.RECEIVED: say("Receipt of money"),
    Kind.PAID: say("Payment voucher"),
    Kind.TO_BANK: say("Cash to the bank"),
    Kind.FROM_BANK: say("Cash from the bank"),
}
MODES: Mapping[str, Said] = {CASH: say("Cash"), UPI: say("UPI"), BANK: say("Bank")}
_PARTIES = (Kind.PAID, Kind.RECEIVED)


# One row of audit_read a paper that was given out: how often is read from nowhere else.
PAPER_READ = "voucher paper"


@dataclass(frozen=True, slots=True)
class PaperFact:
    """A line of a voucher; ``more`` stands small below the value."""

    label: str
    value: str
    more: str


@dataclass(frozen=True, slots=True)
class VoucherPaper:
    """A voucher in words. ``taken_back``: why, by whom and when, empty where it stands.

    ``reprints``: how many papers were given out before; after the first each is a copy.
    """

    number: str
    title: str
    cooperative: str
    facts: tuple[PaperFact, ...]
    signatures: tuple[str, ...]
    taken_back: str
    reprints: int


def voucher_paper(one: VoucherRow, number: str, reprints: int = 0) -> VoucherPaper:
    """Say a voucher; a name is there for who may see it only."""
    kind = Kind(one.kind)
    recorded = f"{i18n.day(one.recorded_at)}, {i18n.time(one.recorded_at)}"
    facts = [
        PaperFact(gettext("Day of the money"), i18n.day(one.on_day), ""),
        _party(one, kind),
        PaperFact(
            gettext("Amount"), i18n.rupees(one.amount_paise), i18n.rupees_in_words(one.amount_paise)
        ),
        PaperFact(gettext("How"), render(MODES[one.mode]) if kind in _PARTIES else "", ""),
        PaperFact(gettext("For which paper"), one.against, ""),
        PaperFact(gettext("Reference of bank or UPI"), one.reference, ""),
        PaperFact(gettext("In words"), one.words, ""),
        PaperFact(gettext("Recorded by"), render(ROLE_NAMES[Role(one.recorded_role)]), recorded),
    ]
    return VoucherPaper(
        number,
        render(TITLES[kind]),
        f"{i18n.named(one)} · {one.code}",
        tuple(fact for fact in facts if fact.value),
        (gettext("Signature or thumb of who got the money"), gettext("Signature of the treasurer")),
        _taken_back(one),
        reprints,
    )


def _party(one: VoucherRow, kind: Kind) -> PaperFact:
    if kind is Kind.PAID:
        names = (one.member_hi, one.member_latin)
        name = next((x for x in (names if i18n.language() == "hi" else names[::-1]) if x), "")
        return PaperFact(gettext("Paid to"), f"{gettext('member')} {one.member_no}", name)
    if kind is Kind.RECEIVED:
        return PaperFact(gettext("Received from"), one.buyer_name, one.buyer_code)
    return PaperFact("", "", "")


def _taken_back(one: VoucherRow) -> str:
    if not one.reason or one.reversed_at is None:
        return ""
    role = render(ROLE_NAMES[Role(one.reversed_role)]) if one.reversed_role else ""
    reason = render(REASONS[one.reason])
    words = f"{reason}: {one.reversal_words}" if one.reversal_words else reason
    at = f"{i18n.day(one.reversed_at)}, {i18n.time(one.reversed_at)}"
    return " · ".join(part for part in (words, role, at) if part)
