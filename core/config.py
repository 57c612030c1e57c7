"""Settings of an installation: from the environment, else from its instance folder."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "XIAOGUAN_"
MAX_UPLOAD = 64 * 1024 * 1024
"""Bytes of a request's body; a file to import may be this large."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """What differs between installations. ``database_url`` is SQLAlchemy's; empty: SQLite."""

    instance: Path = ROOT / "instance"
    database_url: str = ""
    owner_database_url: str = ""
    """As who owns the tables of a PostgreSQL database, for commands that change them."""
    pooler: bool = False
    """Whether something between it and PostgreSQL shares connections between transactions."""
    secret_key: str = field(default="", repr=False)
    cache: Path | None = None
    """Where results are kept that may be lost; without one, ``cache/`` of the instance folder."""
    secure_cookies: bool = False
    demo: bool = False
    """Show on the login page who can log in, and the one password."""
    job_lease: int = 60
    """Seconds without a sign of life after which a worker's job is given to another."""
    hosts: str = ""
    """Names under which it answers, with commas; empty: those of the machine itself."""
    url: str = ""
    """The site's address, for links in mail; empty: as it was asked for."""
    mail: str = "off"
    """``off``, ``smtp``, or ``folder``: written into the instance folder, to look at."""
    mail_server: str = ""
    mail_port: int = 587
    mail_tls: str = "starttls"
    """``starttls``, ``tls`` from the first byte, or ``none``."""
    mail_user: str = ""
    mail_password: str = field(default="", repr=False)
    mail_from: str = ""
    sso_issuer: str = ""
    """The provider of single sign-on: the address under which it describes itself."""
    sso_client_id: str = ""
    sso_client_secret: str = field(default="", repr=False)
    sso_name: str = ""
    """What people call it."""
    cors_origins: str = ""
    """Sites whose pages may ask REST in a browser, with commas: ``https://shop.example``."""
    intranet: str = ""
    """Names and networks of the own network that may be asked at a company's wish, with commas."""
    proxies: int = 0
    """How many proxies stand before it, each adding to ``X-Forwarded-For``."""
    session_idle: int = 72
    """Hours without a click after which a session ends."""
    session_longest: int = 30
    """Days after which a session ends, however busy it is."""
    metrics_token: str = ""
    """What opens ``/metrics`` to others than this machine."""
    trace_hooks: bool = False
    """Tell which hooks were called for each request."""
    debug: bool = False
    """Show where a page failed to whoever asks; for machines of developers."""

    @classmethod
    def from_environment(cls) -> Config:
        """Read ``XIAOGUAN_INSTANCE``, ``_DATABASE_URL``, ``_OWNER_DATABASE_URL``,
        ``_SECRET_KEY`` and what else this class holds by its name; a file ``settings.env`` in the
        instance folder gives what is not set."""
        env = Env(prefix=PREFIX)
        instance = Path(env.str("INSTANCE", str(ROOT / "instance"))).expanduser().resolve()
        file = instance / "settings.env"
        if file.is_file():
            env.read_env(str(file), recurse=False)
        return cls(
            instance=instance,
            database_url=env.str("DATABASE_URL", ""),
            owner_database_url=env.str("OWNER_DATABASE_URL", ""),
            pooler=env.bool("POOLER", False),
            secret_key=env.str("SECRET_KEY", ""),
            cache=Path(cache).expanduser().resolve() if (cache := env.str("CACHE", "")) else None,
            secure_cookies=env.bool("SECURE_COOKIES", False),
            demo=env.bool("DEMO", False),
            job_lease=env.int("JOB_LEASE", 60),
            hosts=env.str("HOSTS", ""),
            url=env.str("URL", ""),
            mail=env.str("MAIL", "smtp" if env.str("MAIL_SERVER", "") else "off"),
            mail_server=env.str("MAIL_SERVER", ""),
            mail_port=env.int("MAIL_PORT", 587),
            mail_tls=env.str("MAIL_TLS", "starttls"),
            mail_user=env.str("MAIL_USER", ""),
            mail_password=env.str("MAIL_PASSWORD", ""),
            mail_from=env.str("MAIL_FROM", ""),
            sso_issuer=env.str("SSO_ISSUER", ""),
            sso_client_id=env.str("SSO_CLIENT_ID", ""),
            sso_client_secret=env.str("SSO_CLIENT_SECRET", ""),
            sso_name=env.str("SSO_NAME", ""),
            cors_origins=env.str("CORS_ORIGINS", ""),
            intranet=env.str("INTRANET", ""),
            proxies=env.int("PROXIES", 0),
            session_idle=env.int("SESSION_IDLE", 72),
            session_longest=env.int("SESSION_LONGEST", 30),
            metrics_token=env.str("METRICS_TOKEN", ""),
            trace_hooks=env.bool("TRACE_HOOKS", False),
            debug=env.bool("DEBUG", False),
        )

    @property
    def database(self) -> str:
        """The database's URL; a PostgreSQL URL without a driver gets the one installed."""
        return with_driver(self.database_url or f"sqlite:///{self.instance / 'xiaoguan.db'}")

    @property
    def owner_database(self) -> str:
        """The same database as its owner; where no owner is named, as everybody."""
        return with_driver(self.owner_database_url) if self.owner_database_url else self.database

    @property
    def cache_folder(self) -> Path:
        """Where results are kept that may be lost."""
        return self.cache or self.instance / "cache"

    @property
    def trusted_hosts(self) -> tuple[str, ...]:
        """The names of ``hosts``, one by one; without any, that of the ``url``."""
        named = self.hosts or urlsplit(self.url).netloc.rpartition("@")[2].partition(":")[0]
        return tuple(name.strip().lower() for name in named.split(",") if name.strip())

    def flask(self) -> dict[str, Any]:
        """The same for Flask and its extensions."""
        return {
            "SECRET_KEY": self.secret_key or _kept_secret(self.instance / "secret_key"),
            "SQLALCHEMY_DATABASE_URI": self.database,
            "SQLALCHEMY_ENGINE_OPTIONS": self._engine_options(),
            "SESSION_COOKIE_NAME": "xiaoguan",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "PERMANENT_SESSION_LIFETIME": self.session_longest * 24 * 3600,
            # An answer that is late must not bring an older session back.
            "SESSION_REFRESH_EACH_REQUEST": False,
            "MAX_CONTENT_LENGTH": MAX_UPLOAD,
            # A form may be open for as long as the session lives.
            "WTF_CSRF_TIME_LIMIT": None,
        }

    def _engine_options(self) -> dict[str, Any]:
        # What people enter is for no log: errors tell statements without their values.
        options: dict[str, Any] = {"hide_parameters": True}
        if self.pooler and not self.database.startswith("sqlite"):
            # What was prepared on a connection is not on the next one that a pooler gives.
            options["connect_args"] = {"prepare_threshold": None}
        return options


def with_driver(url: str) -> str:
    """A PostgreSQL URL that names no driver, with the one that is installed."""
    scheme, separator, rest = url.partition("://")
    if scheme in ("postgres", "postgresql"):
        scheme = "postgresql+psycopg"
    return scheme + separator + rest


def _kept_secret(file: Path) -> str:
    """The installation's own secret, made once; two processes that start together agree."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text("ascii")
    with os.fdopen(handle, "w") as opened:
        secret = secrets.token_hex(32)
        opened.write(secret)
    return secret
