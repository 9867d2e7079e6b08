"""Pages of safeguarding: telling a concern is everybody's, reading a case the readers' alone."""

from coop.safeguarding.controllers.book import CaseController
from coop.safeguarding.controllers.care import CareController
from coop.safeguarding.controllers.counts import CountsController
from coop.safeguarding.controllers.lists import CaseListController
from coop.safeguarding.controllers.readers import ReaderController
from coop.safeguarding.controllers.telling import ConcernController

CONTROLLERS = (
    ConcernController,
    CaseListController,
    CountsController,
    CareController,
    CaseController,
    ReaderController,
)
