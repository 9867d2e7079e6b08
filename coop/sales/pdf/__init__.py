"""Papers of a sale on A4, the lot's tag on A5: what their pages say, in the same order."""

from coop.sales.pdf.challan import challan_pdf
from coop.sales.pdf.invoice import invoice_pdf
from coop.sales.pdf.note import note_pdf
from coop.sales.pdf.receipt import receipt_pdf
from coop.sales.pdf.tag import tag_pdf

__all__ = ["challan_pdf", "invoice_pdf", "note_pdf", "receipt_pdf", "tag_pdf"]
