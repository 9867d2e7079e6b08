"""The doors of the house, one a line: method, path, permission.

.venv/bin/python -m tests.house.routes > tests/house/routes.txt
"""

from litestar import Litestar
from litestar.routes import HTTPRoute


def doors(app: Litestar) -> list[str]:
    """Every route of the application but the framework's own answers to OPTIONS."""
    found = set()
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            found.add(f"{route.scope_type.value.upper()} {route.path}")
            continue
        for handler in route.route_handlers:
            stated = (
                "public" if handler.opt.get("public") is True else handler.opt.get("permission")
            )
            found |= {
                f"{method} {route.path} {stated or '?'}"
                for method in sorted(handler.http_methods)
                if method != "OPTIONS"
            }
    return sorted(found, key=lambda line: (line.split()[1], line))


if __name__ == "__main__":
    from coop.app import litestar_app

    print("\n".join(doors(litestar_app())))
