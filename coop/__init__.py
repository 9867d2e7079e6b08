"""Abhrak: the system a cooperative of dhibra pickers runs on."""

import os

__version__ = "0.1.0"

# Piccolo looks its configuration up by this name; a caller's own value is respected.
os.environ.setdefault("PICCOLO_CONF", "coop.piccolo_conf")
