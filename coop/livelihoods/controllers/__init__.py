"""Pages of income, kit, other livelihoods and the common fund."""

from coop.livelihoods.controllers.floor_note import floor_note
from coop.livelihoods.controllers.fund import FundController, common_fund
from coop.livelihoods.controllers.household import HouseholdIncomeController, LinkController
from coop.livelihoods.controllers.kit import KitController, TrainingController
from coop.livelihoods.controllers.overview import BenchmarkController, OverviewController

__all__ = ["HANDLERS", "floor_note"]

HANDLERS = (
    OverviewController,
    BenchmarkController,
    HouseholdIncomeController,
    LinkController,
    KitController,
    TrainingController,
    FundController,
    common_fund,
)
