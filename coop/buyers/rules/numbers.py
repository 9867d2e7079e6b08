"""Whether GSTIN and PAN have their form, and whether they fit each other and the address."""

import re
from collections.abc import Iterator

from coop.kernel.refusal import Refusal
from coop.kernel.words import say

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# The fourth letter says what holds it: A association, B body of individuals, C company, F firm,
# G government, H Hindu family, J artificial person, L local body, P person, T trust.
_PAN = re.compile(r"[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]")
_GSTIN = re.compile(r"[0-9]{2}[0-9A-Z]{10}[1-9A-Z]Z[0-9A-Z]")
# LGD and GST number the States alike, but for these (LGD code: GST codes).
_GST_CODES = {28: ("37", "28"), 37: ("38",), 38: ("26",)}


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


def pan_faults(pan: str, field: str = "pan") -> Iterator[Refusal]:
    """Say what is wrong with a PAN."""
    if not is_pan(pan):
        yield Refusal("pan_invalid", say("This is not a PAN; ask for the card again."), field)


def iec_faults(number: str, pan: str, field: str) -> Iterator[Refusal]:
    """Say what is wrong with an import-export code; new ones are the PAN itself."""
    if not re.fullmatch(r"[0-9A-Z]{10}", number):
        yield Refusal("iec_invalid", say("An import-export code has 10 signs; correct it."), field)
    elif is_pan(number) and is_pan(pan) and number != pan:
        message = say("This import-export code is another PAN; compare both papers.")
        yield Refusal("iec_pan_mismatch", message, field)


def gstin_faults(
    gstin: str, pan: str, state_lgd: int | None, field: str = "gstin"
) -> Iterator[Refusal]:
    """Say what is wrong with a GSTIN, by itself, beside the PAN and beside the address.

    An empty PAN or no State is not compared.
    """
    if len(gstin) != 15:
        message = say("A GSTIN has 15 signs, this one has %(count)s.", count=len(gstin))
        yield Refusal("gstin_length", message, field)
        return
    if not _GSTIN.fullmatch(gstin):
        message = say("This has not the form of a GSTIN; compare it with the certificate.")
        yield Refusal("gstin_form", message, field)
        return
    if gstin_check_sign(gstin[:14]) != gstin[14]:
        message = say("The GSTIN's last sign does not fit; compare it with the certificate.")
        yield Refusal("gstin_check_digit", message, field)
        return
    if pan and gstin[2:12] != pan:
        message = say("The GSTIN holds another PAN; compare both papers.")
        yield Refusal("gstin_pan_mismatch", message, field)
    if state_lgd is not None and gstin[:2] not in gst_state_codes(state_lgd):
        message = say("The GSTIN is of another State than the address; compare both.")
        yield Refusal("gstin_state_mismatch", message, field)
