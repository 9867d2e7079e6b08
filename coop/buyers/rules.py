"""Whether a buyer may buy: GSTIN, PAN, dealer licence, undertaking, suspension. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.refusal import Refusal
from coop.kernel.words import say

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# The fourth letter says what holds it: A association, B body of individuals, C company, F firm,
# G government, H Hindu family, J artificial person, L local body, P person, T trust.
_PAN = re.compile(r"[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]")
_GSTIN = re.compile(r"[0-9]{2}[0-9A-Z]{10}[1-9A-Z]Z[0-9A-Z]")
# LGD and GST number the States alike, but for these (LGD code: GST codes).
_GST_CODES = {28: ("37", "28"), 37: ("38",), 38: ("26",)}


class Standing(StrEnum):
    """A buyer's standing on a day; only a verified buyer may buy."""

    VERIFIED = "verified"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    REFUSED = "refused"


class DossierItem(StrEnum):
    """An item of the buyer's dossier that the agency may ask for."""

    GSTIN = "gstin"
    PAN = "pan"
    LICENCE = "dealer_licence"
    UNDERTAKING = "undertaking"


@dataclass(frozen=True, slots=True)
class Demands:
    """Which items are mandatory, and for how many days an undertaking holds (None: for good)."""

    mandatory: frozenset[DossierItem] = frozenset(DossierItem)
    undertaking_holds_days: int | None = None


AS_SHIPPED = Demands()


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a buyer showed. Days are India's; a licence and a suspension hold through their end."""

    state_lgd: int | None
    gstin: str
    pan: str
    dealer_licence_no: str
    licence_from: date | None
    licence_to: date | None
    suspended_from: date | None
    suspended_to: date | None
    undertaking_signed_on: date | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer as listed; ``kind`` is trader, processor or exporter."""

    buyer_code: str
    name: str
    kind: str
    town: str
    district_lgd: int | None
    suspension_reason: str
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class StandingOn:
    """The standing on a day and what speaks against the buyer, the gravest first."""

    standing: Standing
    reasons: tuple[Refusal, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reasons."""
        return tuple(reason.code for reason in self.reasons)


def gstin_check_sign(first_fourteen: str) -> str:
    """Return the check character of a GSTIN (mod 36, weights 1 and 2 from the left).

    >>> gstin_check_sign("27AAPFU0939F1Z")
    'V'
    """
    total = 0
    for place, sign in enumerate(first_fourteen):
        product = _SIGNS.index(sign) * (place % 2 + 1)
        total += product // 36 + product % 36
    return _SIGNS[-total % 36]


def is_pan(text: str) -> bool:
    """Return whether the text has the form of a PAN.

    >>> is_pan("AAPFU0939F"), is_pan("AAPXU0939F")
    (True, False)
    """
    return _PAN.fullmatch(text) is not None


def gst_state_codes(state_lgd: int) -> tuple[str, ...]:
    """Return the two-digit GST codes of a State given by its LGD code."""
    return _GST_CODES.get(state_lgd, (f"{state_lgd:02d}",))


def standing_on(dossier: Dossier, on: date, demands: Demands = AS_SHIPPED) -> StandingOn:
    """Return the standing on a day: the worst of the mandatory items.

    Missing or wrong papers refuse, then a suspension, then a licence or undertaking that ran out.
    """
    faults = tuple(_faults(dossier, on, demands))
    suspensions = tuple(_suspensions(dossier, on))
    lapses = tuple(_lapses(dossier, on, demands))
    reasons = (*faults, *suspensions, *lapses)
    if faults:
        return StandingOn(Standing.REFUSED, reasons)
    if suspensions:
        return StandingOn(Standing.SUSPENDED, reasons)
    return StandingOn(Standing.LAPSED if lapses else Standing.VERIFIED, reasons)


def _faults(dossier: Dossier, on: date, demands: Demands) -> Iterator[Refusal]:
    yield from _gstin_faults(dossier, DossierItem.GSTIN in demands.mandatory)
    if dossier.pan and not is_pan(dossier.pan):
        yield Refusal("pan_invalid", say("This is not a PAN; ask for the card again."), "pan")
    elif not dossier.pan and DossierItem.PAN in demands.mandatory:
        yield Refusal("pan_missing", say("The PAN is missing; ask for it."), "pan")
    if DossierItem.LICENCE in demands.mandatory:
        yield from _licence_faults(dossier, on)
    signed = dossier.undertaking_signed_on
    if DossierItem.UNDERTAKING in demands.mandatory and (signed is None or signed > on):
        message = say("The undertaking on floor price and child labour is not signed.")
        yield Refusal("undertaking_missing", message, "floor_and_no_child_labour_signed_on")


def _gstin_faults(dossier: Dossier, mandatory: bool) -> Iterator[Refusal]:
    gstin = dossier.gstin
    if not gstin:
        if mandatory:
            yield Refusal("gstin_missing", say("The GSTIN is missing; ask for it."), "gstin")
        return
    if len(gstin) != 15:
        message = say("A GSTIN has 15 signs, this one has %(count)s.", count=len(gstin))
        yield Refusal("gstin_length", message, "gstin")
        return
    if not _GSTIN.fullmatch(gstin):
        message = say("This has not the form of a GSTIN; compare it with the certificate.")
        yield Refusal("gstin_form", message, "gstin")
        return
    if gstin_check_sign(gstin[:14]) != gstin[14]:
        message = say("The GSTIN's last sign does not fit; compare it with the certificate.")
        yield Refusal("gstin_check_digit", message, "gstin")
        return
    if dossier.pan and gstin[2:12] != dossier.pan:
        message = say("The GSTIN holds another PAN; compare both papers.")
        yield Refusal("gstin_pan_mismatch", message, "gstin")
    if dossier.state_lgd is not None and gstin[:2] not in gst_state_codes(dossier.state_lgd):
        message = say("The GSTIN is of another State than the address; compare both.")
        yield Refusal("gstin_state_mismatch", message, "gstin")


def _licence_faults(dossier: Dossier, on: date) -> Iterator[Refusal]:
    if not dossier.dealer_licence_no or dossier.licence_to is None:
        message = say("The dealer licence or its last day is missing; ask for it.")
        yield Refusal("licence_missing", message, "dealer_licence_no")
    elif dossier.licence_from is not None and dossier.licence_from > on:
        message = say("The dealer licence begins later; wait for its first day.")
        yield Refusal("licence_not_yet_valid", message, "licence_from")


def _suspensions(dossier: Dossier, on: date) -> Iterator[Refusal]:
    begins, ends = dossier.suspended_from, dossier.suspended_to
    if begins is not None and begins <= on and (ends is None or on <= ends):
        message = say("The buyer is suspended on this day; sell nothing to it.")
        yield Refusal("suspended", message, "suspended_from")


def _lapses(dossier: Dossier, on: date, demands: Demands) -> Iterator[Refusal]:
    ends = dossier.licence_to
    if DossierItem.LICENCE in demands.mandatory and ends is not None and ends < on:
        message = say("The dealer licence has run out; ask for the renewed one.")
        yield Refusal("licence_expired", message, "licence_to")
    signed, days = dossier.undertaking_signed_on, demands.undertaking_holds_days
    asked = DossierItem.UNDERTAKING in demands.mandatory
    if asked and signed is not None and days is not None and (on - signed).days > days:
        message = say("The undertaking has run out; have it signed again.")
        yield Refusal("undertaking_expired", message, "floor_and_no_child_labour_signed_on")
