"""Tokens of a person's programs: making them, what they may do, taking them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.access.power import require_reach
from core.data.numbers import whole
from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity import noting, proof, service, tokens
from core.identity.models import ApiToken, User
from plugin_api.access import ACTIONS
from plugin_api.context import Text, current_actor, current_company, gettext, now
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import NotFound
from plugin_api.pages import check_company, require

bp = Blueprint("tokens", __name__)

DAYS = (30, 90, 365)
"""How long a token may live."""
REACHES: dict[str, Text] = {
    "full": _("All that I may do"),
    "read": _("Only read"),
    "chosen": _("Only what I choose"),
}
LABELS: dict[str, Text] = {**REACHES, tokens.FEED: _("Only fetch one feed")}
MARK = "may."
"""Before the name of a collection or a permission in the form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A collection or another permission that a token may be given."""

    name: str
    label: str
    is_model: bool
    may_change: bool


@bp.get("/core/tokens")
def show() -> str:
    """The person's own tokens."""
    require("core.tokens")
    return _page()


@bp.post("/core/tokens")
def make() -> str:
    """Make a token; this page is the only one that ever shows it."""
    require("core.tokens")
    check_company()
    proof.require()
    user = services().session.get(User, current_actor().user_id)
    if user is None:
        raise NotFound("")
    days = min(max(whole(request.form.get("days", "")) or DAYS[0], 1), DAYS[-1])
    expires = now() + timedelta(days=days)
    name = request.form.get("name", "").strip()[:200] or gettext("Unnamed")
    # What is not understood gives the least.
    reach = request.form.get("reach", "full")
    reach = reach if reach in tokens.REACHES else "read"
    known = {choice.name: choice for choice in _choices()}
    chosen = {
        key.removeprefix(MARK): value
        for key, value in request.form.items()
        if key.removeprefix(MARK) in known and value in ("read", "change")
    }
    secret = service.add_token(user, name, expires, reach, chosen if reach == "chosen" else {})
    noting.note_mine("token_made", token=name)
    db.session.commit()
    return _page(secret)


@bp.post("/core/tokens/<int:token_id>/revoke")
def revoke(token_id: int) -> Response:
    """Take a token back, at once."""
    require("core.tokens")
    check_company()
    _revoke(token_id, current_actor().user_id, current_actor().name)
    return redirect(url_for("tokens.show"), 303)


@bp.post("/core/users/<int:user_id>/tokens/<int:token_id>/revoke")
def revoke_of(user_id: int, token_id: int) -> Response:
    """Take a token of somebody else back."""
    require("core.logins")
    user = services().records.get(User, user_id, "update")
    check_company()
    require_reach(user)
    proof.require()
    _revoke(token_id, user_id, user.name)
    return redirect(url_for("people.login_of", user_id=user_id), 303)


def _revoke(token_id: int, user_id: int | None, name: str) -> None:
    asked = sa.select(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == user_id)
    token = db.session.scalar(asked)
    if token is None or user_id is None:
        raise NotFound("")
    noting.note("token_revoked", user_id, name, token=token.name)
    db.session.delete(token)
    db.session.commit()
    flash(gettext("The token does not work any more."), "success")


def _choices() -> list[Choice]:
    """What the actor holds: collections by name, then what else there is."""
    registry, grants = services().registry, current_actor().grants
    on = enabled_set(current_company())
    models = {key: m for key, m in registry.models.items() if key.partition(".")[0] in on}
    made = [
        Choice(
            name=key,
            label=f"{registry.plugins[model.plugin_id()].manifest.name}: {model.__label_plural__}",
            is_model=True,
            may_change=any(f"{key}.{a}" in grants for a in ACTIONS if a not in tokens.READS),
        )
        for key, model in models.items()
        if f"{key}.read" in grants and model.__collection__
    ]
    others = [
        Choice(name=key, label=str(permission.label), is_model=False, may_change=True)
        for key, permission in registry.permissions.items()
        if key in grants and key.rpartition(".")[0] not in registry.models
    ]
    return sorted(made, key=lambda each: each.label) + sorted(others, key=lambda each: each.label)


def _page(secret: str = "") -> str:
    return render_template(
        "web/tokens.html",
        tokens=tokens.of_person(current_actor().user_id or 0),
        secret=secret,
        days=DAYS,
        now=now(),
        reaches=REACHES,
        labels=LABELS,
        choices=_choices(),
        mark=MARK,
    )
