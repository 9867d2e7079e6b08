"""The addresses of buyers: for the agency and cooperatives, for a buyer itself, for anybody."""

from coop.buyers.controllers import act_pages, agency, many, own

HANDLERS = (*agency.HANDLERS, *act_pages.HANDLERS, *own.HANDLERS, *many.HANDLERS)
