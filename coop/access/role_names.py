"""The roles as people call them, to be translated where they are shown."""

from collections.abc import Mapping

from coop.access.roles import Role
from coop.kernel.words import Said, say

ROLE_NAMES: Mapping[Role, Said] = {
    Role.CLERK: say("Clerk"),
    Role.MANAGER: say("Manager"),
    Role.TREASURER: say("Treasurer"),
    Role.BOARD: say("Board member"),
    Role.FACILITATOR: say("Facilitator"),
    Role.TEACHER: say("Teacher"),
    Role.CSO_PARTNER: say("Partner organisation"),
    Role.COMMUNITY_MONITOR: say("Community monitor"),
    Role.FOCAL_POINT: say("Child protection focal point"),
    Role.PRICE_OFFICER: say("Price officer of the agency"),
    Role.AUDITOR: say("Auditor of the agency"),
    Role.INSPECTOR: say("Inspector of the agency"),
    Role.MONITOR: say("Independent monitor"),
    Role.BUYER: say("Buyer"),
    Role.WITNESS: say("Witness of the log"),
    Role.ADMINISTRATOR: say("Administrator"),
    Role.STANDBY: say("Child protection standby of the agency"),
    Role.DEVICE: say("Device at the scale"),
    Role.OPERATOR: say("Operator of the server"),
}
