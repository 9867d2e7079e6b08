"""The buyer's receipt: the same sale in words that a stranger understands, to hold beside the goods.

Its number and code are the invoice's (decision 24); what proves it is attached to the file.
"""

from coop.kernel.i18n import day, named, rupees, rupees_in_words, time
from coop.kernel.i18n import gettext as _
from coop.kernel.paper import Column
from coop.kernel.paper.attached import Attached, attach
from coop.log.operations.evidence import Evidence
from coop.sales.pdf.parts import HEAD, SMALL, a4, foot, head, house, weight
from coop.sales.queries.papers import SalePaper
from coop.sales.queries.sheets import SaleSheet

_PLAIN = 12  # it is read by strangers, standing at a lorry


def receipt_pdf(one: SaleSheet, proof: Evidence) -> bytes:
    """Draw the receipt in the language spoken now and attach its bytes, proof and checkpoint."""
    sale = one.sale
    sheet, to = a4(_("Sale receipt"), sale.number)
    head(to, sale, _("Sale receipt"), sale.number, sale.posted_at, one.code)
    to.words(
        _("This paper says: a cooperative of dhibra pickers sold the goods named here."), _PLAIN
    )
    to.space(8)
    _compare(to, one)
    to.space(10)
    _how(to)
    to.space(10)
    _attached(to, proof)
    foot(to, _("No member’s name is on this paper or in the QR."))
    attach(sheet.canvas, evidence_files(sale.number, proof))
    return sheet.data()


def _compare(to: Column, one: SaleSheet) -> None:
    sale = one.sale
    to.words(_("Compare this with the goods"), HEAD, bold=True)
    to.rule(space=3)
    for label, value in (
        (_("Cooperative"), f"{sale.code} {house(sale)}"),
        (_("Lot"), sale.lot),
        (_("Grade"), f"{sale.grade_code} {named(sale)}"),
        (_("Weight sold"), weight(sale.grams)),
        (_("Sold on"), f"{day(sale.sold_at)}, {time(sale.sold_at)}"),
        (_("Buyer"), _buyer(sale)),
        *_vehicle(one),
        (_("Price per kg"), rupees(sale.rate_paise)),
        (_("Total"), rupees(sale.total_paise)),
    ):
        to.pair(label, value, _PLAIN)
    to.words(rupees_in_words(sale.total_paise), _PLAIN, side="right")
    to.rule(space=3)


def _buyer(sale: SalePaper) -> str:
    number = _("without GST number") if sale.party == "URP" else sale.party
    return f"{sale.buyer}, {sale.buyer_town} ({number})"


def _vehicle(one: SaleSheet) -> tuple[tuple[str, str], ...]:
    if one.challan is None:
        return ()
    return ((_("Challan"), one.challan.challan_no), (_("Vehicle"), one.challan.vehicle_no))


def _how(to: Column) -> None:
    to.words(_("How to check it"), HEAD, bold=True)
    to.bullets(
        (
            _("Point any phone’s camera at the code and open the page. No account is needed."),
            _("The page says whether the receipt is genuine, and whether it was taken back."),
            _("Weight, grade, day and buyer must be the same there, here and on the goods."),
            _("A genuine code can be copied. So look at the goods, not at the code alone."),
            _("If anything differs, do not buy. Ask the cooperative or the agency."),
        ),
        _PLAIN,
        numbered=True,
    )


def _attached(to: Column, proof: Evidence) -> None:
    to.words(_("Without a network"), HEAD, bold=True)
    if proof.proof is None:
        to.words(
            _("The proof of the log was not in yet. Print this paper again in a minute."),
            _PLAIN,
            bold=True,
        )
        to.words(_("The receipt’s bytes are attached to this file."), _PLAIN)
        return
    to.words(
        _("Attached to this file: the receipt’s bytes, its proof and the log’s checkpoint."), _PLAIN
    )
    to.words(_("A program of anybody’s own can check them; the rules are public."), SMALL)


def evidence_files(number: str, proof: Evidence) -> tuple[Attached, ...]:
    """The files that prove a receipt, named as programs ask for them."""
    files = [
        Attached(
            f"{number}.cose", proof.signed, "The receipt as it was signed (MR1)", "application/cose"
        )
    ]
    if proof.proof is not None:
        name = f"{proof.cti.hex()}.tlog-proof"
        files.append(Attached(name, proof.proof, "That it stands in the public log", "text/plain"))
    if proof.checkpoint is not None:
        files.append(
            Attached("checkpoint", proof.checkpoint, "The log’s newest checkpoint", "text/plain")
        )
    return tuple(files)
