"""Pages that look at the work of others: health of the books, samples, trails, reads, prices."""

from coop.reports.controllers.health import HealthController
from coop.reports.controllers.overview import PriceOverviewController
from coop.reports.controllers.reads import ReadsController
from coop.reports.controllers.sample import SampleController
from coop.reports.controllers.trail import TrailController

CONTROLLERS = (
    HealthController,
    SampleController,
    TrailController,
    ReadsController,
    PriceOverviewController,
)
