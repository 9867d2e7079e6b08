"""What the surroundings decide: folders, database, the public name. Read once."""

import os
import re
import sys
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from coop.kernel.refusal import Unusable

# Where no name is given the receipts carry the demo's; nobody resolves it by accident (RFC 6761).
DEMO_PUBLIC_URL = "https://abhrak.example"
DEMO_TRUST_DOMAIN = "JH"
ROOT_HOME = Path("/var/lib/coop")


@dataclass(frozen=True, slots=True)
class Settings:
    """One process's surroundings.

    ``host_text`` is printed in receipts; ``secure`` is true where cookies travel by TLS only.
    """

    home: Path
    database_url: str | None
    app_database_url: str | None
    safe_database_url: str | None
    public_url: str
    trust_domain: str
    secure: bool
    trusted_proxy: str | None

    @property
    def host_text(self) -> str:
        """The host of the printed receipt text, at most 20 characters, upper case."""
        return urlsplit(self.public_url).netloc.upper()

    @property
    def log_origin(self) -> str:
        """The public log's name in its checkpoints; it is the log key's name too."""
        return f"{urlsplit(self.public_url).netloc.lower()}/mr1"

    @property
    def keys(self) -> Path:
        """The folder of private keys, outside the database."""
        return self.home / "keys"


def default_home() -> Path:
    """``COOP_HOME``, else ``.coop`` here; as root ``/var/lib/coop`` (README says why)."""
    given = os.environ.get("COOP_HOME")
    if given:
        return Path(given).expanduser().resolve()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return ROOT_HOME
    return Path(".coop").resolve()


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Read the surroundings; the public name is fixed at the first start."""
    home = default_home()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o755)
    except OSError as error:
        raise Unusable(
            f"COOP_HOME {home}: {error.strerror}; name a folder you may write"
        ) from error
    if not os.access(home, os.W_OK):
        raise Unusable(f"COOP_HOME {home} cannot be written; name another folder")
    public_url, trust_domain = _public_name(home)
    behind_tls = os.environ.get("COOP_TLS") == "1" or (
        os.environ.get("COOP_PUBLIC_URL", "").startswith("https://")
        and bool(os.environ.get("COOP_TRUSTED_PROXY"))
    )
    return Settings(
        home=home,
        database_url=os.environ.get("COOP_DATABASE_URL") or None,
        app_database_url=os.environ.get("COOP_APP_DATABASE_URL") or None,
        safe_database_url=os.environ.get("COOP_SAFE_DATABASE_URL") or None,
        public_url=public_url,
        trust_domain=trust_domain,
        secure=behind_tls,
        trusted_proxy=os.environ.get("COOP_TRUSTED_PROXY") or None,
    )


def _public_name(home: Path) -> tuple[str, str]:
    """Host and trust domain never change once receipts carry them."""
    kept = home / "site.toml"
    if kept.exists():
        try:
            found = tomllib.loads(kept.read_text("utf-8"))
            return str(found["public_url"]), str(found["trust_domain"])
        except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
            raise Unusable(f"{kept} cannot be read; restore it from a backup") from error
    url = (os.environ.get("COOP_PUBLIC_URL") or DEMO_PUBLIC_URL).rstrip("/")
    domain = os.environ.get("COOP_TRUST_DOMAIN") or DEMO_TRUST_DOMAIN
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not re.fullmatch(
        r"[A-Za-z0-9.-]{1,20}(:[0-9]{1,5})?", parts.netloc
    ):
        raise Unusable("COOP_PUBLIC_URL must be https://HOST with a host of at most 20 characters")
    if not re.fullmatch(r"[A-Z0-9]{1,8}", domain):
        raise Unusable("COOP_TRUST_DOMAIN must be 1 to 8 of A-Z and 0-9")
    kept.write_text(f'public_url = "{url}"\ntrust_domain = "{domain}"\n', "utf-8")
    return url, domain


def say_to_operator(text: str) -> None:
    """A message beside the results: standard error, never standard output."""
    print(text, file=sys.stderr, flush=True)
