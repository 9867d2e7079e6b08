"""The addresses of buyers: for the agency and cooperatives, for a buyer itself, for anybody."""

from coop.buyers.controllers import act_pages, agency, many, own, pedigree
from coop.buyers.controllers.pedigree import hand_in_coverage

__all__ = ["HANDLERS", "hand_in_coverage"]

HANDLERS = (
    *agency.HANDLERS,
    *act_pages.HANDLERS,
    *own.HANDLERS,
    *many.HANDLERS,
    *pedigree.HANDLERS,
)
