"""The list of sites, and what is typed on a page, as values."""

from coop.sites.forms.lists import SITE_CODE, SITE_COLUMNS, kept_facts, site_from_row
from coop.sites.forms.page import PRECISIONS, permit_from_form, rests_from_form, site_from_form
from coop.sites.forms.typed import Typed

__all__ = [
    "PRECISIONS",
    "SITE_CODE",
    "SITE_COLUMNS",
    "Typed",
    "kept_facts",
    "permit_from_form",
    "rests_from_form",
    "site_from_form",
    "site_from_row",
]
