"""Pages of the box, of its readers, of the board, of who was heard."""

from coop.participation.controllers.box import BoxController, box_first
from coop.participation.controllers.handed import hand_in
from coop.participation.controllers.hearing import HearingController, YearController
from coop.participation.controllers.inbox import InboxController
from coop.participation.controllers.public import HANDLERS, HeardForNotice, hand_in_notices
from coop.participation.controllers.sounds import SoundController, sound
from coop.participation.controllers.writing import BoardWritingController, PaperController

__all__ = ["CONTROLLERS", "HeardForNotice", "box_first", "hand_in", "hand_in_notices"]

CONTROLLERS = (
    BoxController,
    InboxController,
    PaperController,
    BoardWritingController,
    SoundController,
    sound,
    HearingController,
    YearController,
    *HANDLERS,
)
