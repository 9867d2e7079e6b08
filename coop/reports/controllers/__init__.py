"""Pages of reports: children by quarter, zones; health of the books, samples, trails, reads, prices."""

from coop.reports.controllers.children import ChildReportController
from coop.reports.controllers.health import HealthController
from coop.reports.controllers.overview import PriceOverviewController
from coop.reports.controllers.reads import ReadsController
from coop.reports.controllers.sample import SampleController
from coop.reports.controllers.trail import TrailController
from coop.reports.controllers.zones import ZoneController, zones_board

HANDLERS = (
    ChildReportController,
    ZoneController,
    zones_board,
    HealthController,
    SampleController,
    TrailController,
    ReadsController,
    PriceOverviewController,
)
