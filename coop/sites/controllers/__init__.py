"""Pages of sites."""

from coop.sites.controllers.site import SiteController

CONTROLLERS = (SiteController,)
