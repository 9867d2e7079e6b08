"""Pages about children: for the facilitators of a cooperative and its focal point, and nobody else."""

from coop.schooling.controllers.child import ChildController
from coop.schooling.controllers.consent import ConsentController
from coop.schooling.controllers.lists import ListController
from coop.schooling.controllers.matches import MatchController

CONTROLLERS = (ListController, MatchController, ConsentController, ChildController)
