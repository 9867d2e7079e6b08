"""Pages of reports: children by quarter, zones."""

from coop.reports.controllers.children import ChildReportController
from coop.reports.controllers.zones import ZoneController, zones_board

HANDLERS = (ChildReportController, ZoneController, zones_board)
