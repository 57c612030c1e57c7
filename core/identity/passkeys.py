"""Passkeys: keys that a person's device keeps, which replace password and second factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.util import find_spec
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.identity.login import LoggedIn
from core.identity.models import Login
from core.tenancy.platform import platform_session
from plugin_api.context import now
from plugin_api.models import Base, UTCDateTime

FACTOR = "passkey"
"""What a session says of such a log-in."""


class Passkey(Base):
    """The public half of a key."""

    __tablename__ = "core_passkey"

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                                    primary_key=True)  # fmt: skip
    login_id: Mapped[int] = mapped_column(
        sa.ForeignKey("core_login.id", ondelete="CASCADE"), index=True
    )
    credential: Mapped[str] = mapped_column(sa.String(1400), unique=True)
    """The number that the device gave it, in base64."""
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary())
    uses: Mapped[int] = mapped_column(sa.BigInteger())
    """As the device counts them, if it does: one that goes back was copied."""
    name: Mapped[str] = mapped_column(sa.String(100))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime())


def is_on() -> bool:
    """Whether the extra for them is installed."""
    return find_spec("webauthn") is not None


def of_login(login_id: int) -> Sequence[Passkey]:
    """Passkeys of a login, the oldest first."""
    with platform_session("identify") as session:
        asked = sa.select(Passkey).where(Passkey.login_id == login_id).order_by(Passkey.id)
        return session.scalars(asked).all()


def to_register(host: str, login_id: int, email: str, name: str) -> Any:
    """What the browser is asked to make: webauthn's options."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes, structs

    return webauthn.generate_registration_options(
        rp_id=host,
        rp_name="Xiaoguan",
        user_id=str(login_id).encode(),
        user_name=email,
        user_display_name=name,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential))
            for key in of_login(login_id)
        ],
    )


def to_log_in(host: str) -> Any:
    """What the browser is asked to sign: webauthn's options."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    return webauthn.generate_authentication_options(
        rp_id=host, user_verification=UserVerificationRequirement.REQUIRED
    )


def register(
    login_id: int, answer: Mapping[str, Any], name: str, *, challenge: bytes, host: str, origin: str
) -> bool:
    """Keep a key that the browser has made; False for an answer that does not fit."""
    import webauthn
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        made = webauthn.verify_registration_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    credential = bytes_to_base64url(made.credential_id)
    with platform_session("logins", f"passkey of {login_id}") as session:
        if session.scalar(sa.select(Passkey.id).where(Passkey.credential == credential)):
            return False
        session.add(
            Passkey(
                login_id=login_id,
                credential=credential,
                public_key=made.credential_public_key,
                uses=made.sign_count,
                name=name[:100],
            )
        )
    return True


def log_in(
    answer: Mapping[str, Any], *, challenge: bytes, host: str, origin: str
) -> LoggedIn | None:
    """Whose key has signed; None for an answer that does not fit."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    with platform_session("identify") as session:
        asked = sa.select(Passkey, Login).join(Login, Login.id == Passkey.login_id)
        row = session.execute(asked.where(Passkey.credential == str(answer.get("id")))).first()
    if row is None:
        return None
    key, login = row
    try:
        done = webauthn.verify_authentication_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.uses,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    with platform_session("login") as session:
        values = {"uses": done.new_sign_count, "used_at": now()}
        session.execute(sa.update(Passkey).where(Passkey.id == key.id).values(**values))
    return LoggedIn(login.id, login.epoch, login.language, login.failures)


def remove(login_id: int, key_id: int) -> bool:
    """Forget a key of a login; whether there was one."""
    with platform_session("logins", f"passkey of {login_id}") as session:
        mine = sa.delete(Passkey).where(Passkey.id == key_id, Passkey.login_id == login_id)
        return session.execute(mine.returning(Passkey.id)).first() is not None
