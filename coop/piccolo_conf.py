"""Piccolo's configuration, found by ``PICCOLO_CONF``. The address is set when the pool opens."""

from piccolo.conf.apps import AppRegistry

from coop.kernel.db import DB

__all__ = ["APP_REGISTRY", "DB"]

APP_REGISTRY = AppRegistry(apps=["coop.piccolo_app"])
