"""The desk, its slips, what is taken back, what waits for a manager, and what an overseer looks at."""

from coop.weighing.controllers.corrections import CorrectionController
from coop.weighing.controllers.desk import DeskController
from coop.weighing.controllers.exceptions import ExceptionController
from coop.weighing.controllers.paper import PaperController
from coop.weighing.controllers.reversals import ReversalController
from coop.weighing.controllers.slips import SlipController

CONTROLLERS = (
    DeskController,
    PaperController,
    SlipController,
    ReversalController,
    CorrectionController,
    ExceptionController,
)
