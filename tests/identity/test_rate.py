"""Where a request comes from: our proxy's word, never a stranger's."""

import pytest

from coop.kernel.web.rate import trusted_hop

FORWARDED = [(b"x-forwarded-for", b"10.9.9.9, 203.0.113.7")]


@pytest.mark.parametrize(
    ("client", "headers", "proxy", "hop"),
    [
        ("198.51.100.4", FORWARDED, None, "198.51.100.4"),
        ("198.51.100.4", FORWARDED, "127.0.0.1", "198.51.100.4"),
        ("127.0.0.1", FORWARDED, "127.0.0.1", "203.0.113.7"),
        ("127.0.0.1", [*FORWARDED, (b"X-Forwarded-For", b"192.0.2.1")], "127.0.0.1", "192.0.2.1"),
        ("10.1.2.3", FORWARDED, "192.0.2.0/24, 10.0.0.0/8", "203.0.113.7"),
        ("127.0.0.1", [], "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", [(b"x-forwarded-for", b"<script>")], "127.0.0.1", "unreadable"),
        ("2001:db8:1:2:3:4:5:6", [], None, "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.4", [], None, "198.51.100.4"),
        (None, FORWARDED, None, "local"),
    ],
)
def test_the_trusted_hop(
    client: str | None, headers: list[tuple[bytes, bytes]], proxy: str | None, hop: str
) -> None:
    scope = {"client": None if client is None else (client, 5), "headers": headers}
    assert trusted_hop(scope, proxy) == hop
    assert len(hop) <= 64
