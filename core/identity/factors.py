"""The second factor: codes of an authenticator app, each good once, and recovery codes."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.identity.login import LoggedIn, note_attempt, token_hash
from core.identity.models import Login, LoginSession
from core.identity.passkeys import Passkey
from core.identity.sealing import seal, unseal
from core.tenancy.platform import platform_session
from plugin_api.context import now
from plugin_api.models import Base, UTCDateTime

STEP = 30
"""Seconds for which the app shows a code."""
AROUND = (-1, 0, 1)
"""Steps whose code is taken: clocks differ a little."""
CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class RecoveryCode(Base):
    """A code that replaces the app once. Only its hash is kept; used: the row is gone."""

    __tablename__ = "core_recovery_code"

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                                    primary_key=True)  # fmt: skip
    login_id: Mapped[int] = mapped_column(
        sa.ForeignKey("core_login.id", ondelete="CASCADE"), index=True
    )
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now)


def new_secret() -> str:
    """A secret for an app, not yet anybody's."""
    return pyotp.random_base32()


def address_of(secret: str, email: str) -> str:
    """What the app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Xiaoguan")


def switch_on(login_id: int, secret: str, code: str, keep: int) -> list[str] | None:
    """Take the app into use once its code is right; the recovery codes, which are shown once.
    None for a wrong code. Sessions end but for the one to ``keep``."""
    step = _step_of(secret, code)
    if step is None:
        return None
    with platform_session("logins", f"second factor of {login_id}") as session:
        values = {"totp_secret": seal(secret), "totp_step": step}
        session.execute(sa.update(Login).where(Login.id == login_id).values(**values))
        mine = LoginSession.login_id == login_id
        session.execute(sa.delete(LoginSession).where(mine, LoginSession.id != keep))
        session.execute(sa.update(LoginSession).where(mine).values(factor="code"))
    return new_codes(login_id)


def switch_off(login_id: int) -> None:
    """Ask for the password alone from now on."""
    with platform_session("logins", f"no second factor of {login_id}") as session:
        values = {"totp_secret": None, "totp_step": 0}
        session.execute(sa.update(Login).where(Login.id == login_id).values(**values))
        session.execute(sa.delete(RecoveryCode).where(RecoveryCode.login_id == login_id))
        # A company whose role needs a factor asks for one again, also where this one was.
        coded = (LoginSession.login_id == login_id, LoginSession.factor.in_(("code", "recovery")))
        session.execute(sa.update(LoginSession).where(*coded).values(factor="password"))


def forget(login_id: int) -> None:
    """Take away whatever a person who has lost their devices has set up."""
    switch_off(login_id)
    with platform_session("logins", f"no passkeys of {login_id}") as session:
        session.execute(sa.delete(Passkey).where(Passkey.login_id == login_id))


def new_codes(login_id: int) -> list[str]:
    """Recovery codes in place of those there were."""
    codes = [_code() for _ in range(CODES)]
    with platform_session("logins", f"recovery codes of {login_id}") as session:
        session.execute(sa.delete(RecoveryCode).where(RecoveryCode.login_id == login_id))
        session.add_all(RecoveryCode(login_id=login_id, code_hash=_hash(code)) for code in codes)
    return codes


def codes_left(login_id: int) -> int:
    """How many recovery codes were not used."""
    with platform_session("identify") as session:
        asked = sa.select(sa.func.count()).where(RecoveryCode.login_id == login_id)
        return session.scalar(asked) or 0


def complete(login_id: int, epoch: int, code: str) -> tuple[LoggedIn, str] | None:
    """The login whose password was right before, and what the code was: ``code`` or
    ``recovery``. None for a wrong code, one that was used, and while it is locked."""
    with platform_session("identify") as session:
        login = session.scalar(sa.select(Login).where(Login.id == login_id, Login.epoch == epoch))
    if login is None or login.is_locked(now()):
        return None
    how = _take(login, code)
    note_attempt(login, how != "")
    if not how:
        return None
    return LoggedIn(login.id, login.epoch, login.language, login.failures), how


def _take(login: Login, code: str) -> str:
    secret = unseal(login.totp_secret or "")
    step = _step_of(secret, code) if secret else None
    with platform_session("login") as session:
        if step is not None:
            # In one statement: of two who send the same code at once, one is let in.
            newer = sa.update(Login).where(Login.id == login.id, Login.totp_step < step)
            done = session.execute(newer.values(totp_step=step).returning(Login.id))
            return "code" if done.first() is not None else ""
        used = sa.delete(RecoveryCode).where(
            RecoveryCode.login_id == login.id, RecoveryCode.code_hash == _hash(code)
        )
        return "recovery" if session.execute(used.returning(RecoveryCode.id)).first() else ""


def _step_of(secret: str, code: str) -> int | None:
    """The time step whose code it is, among those that are taken now."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        return None
    current = int(now().timestamp()) // STEP
    app = pyotp.TOTP(secret)
    return next(
        (
            current + around
            for around in AROUND
            if hmac.compare_digest(app.generate_otp(current + around), digits)
        ),
        None,
    )


def _code() -> str:
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


def _hash(code: str) -> str:
    return token_hash("".join(code.lower().replace("-", "").split()))
