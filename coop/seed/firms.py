"""The demo's buyers: six invented firms, one of them lapsed, one suspended, one soon to run out."""

from dataclasses import dataclass
from datetime import date, timedelta

from coop.buyers.operations import record_buyer, tie_person
from coop.buyers.rules import Buyer, Dossier, gstin_check_sign
from coop.kernel.db import Transaction
from coop.seed.places import GIRIDIH, JHARKHAND, KODERMA

OWN_BUYER = "B01"  # the one whom the cast's buyer acts for
_WEST_BENGAL = 19


@dataclass(frozen=True, slots=True)
class _Firm:
    """A firm, and for how many days after the demo was made its licence holds."""

    name: str
    kind: str
    town: str
    district_lgd: int | None
    state_lgd: int
    pan: str
    licence_days: int
    suspended: bool = False


_FIRMS = (
    _Firm("Namuna Scrap Traders (invented)", "trader", "Domchanch", KODERMA, JHARKHAND, "ZZXFM8628Q", 21),
    _Firm("Misal Mica Mills (invented)", "processor", "Tisri", GIRIDIH, JHARKHAND, "ZZMFV4598A", 610),
    _Firm("Udaharan Exports (invented)", "exporter", "Kolkata", None, _WEST_BENGAL, "ZZKCV5028G", 430),
    _Firm("Namuna Flake House (invented)", "processor", "Jhumri Telaiya", KODERMA, JHARKHAND, "ZZRCT5463P", 900),
    _Firm("Purana Traders (invented)", "trader", "Giridih", GIRIDIH, JHARKHAND, "ZZDCD7900B", -8),
    _Firm("Ruka Pigments (invented)", "trader", "Domchanch", KODERMA, JHARKHAND, "ZZFCS1534J", 500, True),
)  # fmt: skip


async def buyers(tx: Transaction, first: date, last: date) -> None:
    """Record the demo's buyers as a list said them on its first day; its last day is today."""
    for number, firm in enumerate(_FIRMS, start=1):
        fourteen = f"{firm.state_lgd:02d}{firm.pan}1Z"
        dossier = Dossier(
            state_lgd=firm.state_lgd,
            gstin=fourteen + gstin_check_sign(fourteen),
            pan=firm.pan,
            dealer_licence_no=f"JIMMS-NAMUNA-{number}",
            licence_from=first - timedelta(days=300),
            licence_to=last + timedelta(days=firm.licence_days),
            suspended_from=last - timedelta(days=3) if firm.suspended else None,
            suspended_to=None,
            undertaking_signed_on=first - timedelta(days=200),
        )
        reason = "godown sealed (invented)" if firm.suspended else ""
        await record_buyer(
            tx,
            Buyer(
                f"B{number:02d}",
                firm.name,
                firm.kind,
                firm.town,
                firm.district_lgd,
                reason,
                dossier,
            ),
        )


async def tie(tx: Transaction, user_id: int) -> None:
    """Let the cast's buyer act for its firm."""
    await tie_person(tx, OWN_BUYER, user_id, None)
