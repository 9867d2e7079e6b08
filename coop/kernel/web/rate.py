"""Where a request comes from, as far as it can be trusted.

``X-Forwarded-For`` counts only as our own proxy wrote it: its last entry, and only from the
proxy's address (CVE-2025-59152 was made of trusting the first).
"""

from collections.abc import Iterable, Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any


def trusted_hop(scope: Mapping[str, Any], trusted_proxy: str | None) -> str:
    """Return the nearest address that nobody outside could have written; ``local`` for a socket.

    ``trusted_proxy``: addresses or networks between commas, None for no proxy. Of an IPv6 address
    only the network of 64 bits counts, since one household has all of it.

    >>> spoofed = [(b"x-forwarded-for", b"10.9.9.9, 203.0.113.7")]
    >>> trusted_hop({"client": ("127.0.0.1", 1), "headers": spoofed}, "127.0.0.1")
    '203.0.113.7'
    >>> trusted_hop({"client": ("198.51.100.4", 1), "headers": spoofed}, "127.0.0.1")
    '198.51.100.4'
    """
    client = scope.get("client")
    peer = str(client[0]) if client else ""
    if trusted_proxy is None or not _is_proxy(peer, trusted_proxy):
        return _plain(peer)
    return _plain(_last_forwarded(scope.get("headers", ())) or peer)


def _last_forwarded(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The entry that stands last, of the header that stands last: the one our proxy added."""
    written = [value for name, value in headers if name.lower() == b"x-forwarded-for"]
    return written[-1].decode("latin-1").split(",")[-1].strip() if written else ""


def _is_proxy(peer: str, trusted: str) -> bool:
    try:
        address = ip_address(peer)
        return any(
            address in ip_network(one.strip(), strict=False)
            for one in trusted.split(",")
            if one.strip()
        )
    except ValueError:
        # A proxy on a socket file has no address; a name is no address either.
        return peer == trusted.strip()


def _plain(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return "local" if not text else "unreadable"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False))
    return str(address)
