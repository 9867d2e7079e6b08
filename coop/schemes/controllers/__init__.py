"""Pages of the benefit desk."""

from coop.schemes.controllers.applications import ApplicationController
from coop.schemes.controllers.camp import CampController
from coop.schemes.controllers.clips import ClipController, SoundController
from coop.schemes.controllers.desk import DeskController
from coop.schemes.controllers.paper import LetterController
from coop.schemes.controllers.report import ReportController
from coop.schemes.controllers.scheme import SchemeController

CONTROLLERS = (
    DeskController,
    SchemeController,
    LetterController,
    ApplicationController,
    CampController,
    ReportController,
    ClipController,
    SoundController,
)
