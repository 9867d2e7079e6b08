"""Pages of community work: coverage, partners, activities, committees, rounds, signs."""

from coop.community.controllers.checklist import ChecklistController
from coop.community.controllers.partners import PartnerController, coverage_page, first_coverage
from coop.community.controllers.parts import RaiseConcern, hand_in
from coop.community.controllers.signs import SignController
from coop.community.controllers.villages import VillageController

HANDLERS = (
    first_coverage,
    coverage_page,
    PartnerController,
    VillageController,
    ChecklistController,
    SignController,
)

__all__ = ["HANDLERS", "RaiseConcern", "hand_in"]
