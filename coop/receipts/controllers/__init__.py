"""Public verification: by the server, on the reader's own device, and what strangers' programs need."""

from coop.receipts.controllers import offline, verifying
from coop.receipts.controllers.verifying import ask_log, signed_status_list

__all__ = ["HANDLERS", "ask_log", "signed_status_list"]

HANDLERS = (*verifying.HANDLERS, *offline.HANDLERS)
