"""The members' pages: find, see, admit, change, decide."""

from coop.members.controllers import card, changing, doubles, erasing, transfers
from coop.members.controllers.admission import AdmissionController
from coop.members.controllers.parts import hand_in
from coop.members.controllers.reading import (
    HouseholdController,
    MemberController,
    MemberListController,
)

__all__ = ["CONTROLLERS", "hand_in"]

CONTROLLERS = (
    MemberListController,
    MemberController,
    HouseholdController,
    AdmissionController,
    *card.CONTROLLERS,
    *changing.CONTROLLERS,
    *doubles.CONTROLLERS,
    *transfers.CONTROLLERS,
    *erasing.CONTROLLERS,
)
