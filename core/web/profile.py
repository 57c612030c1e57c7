"""A person's own settings: language, clock, look, notifications."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import available_timezones

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from core.collab.notify import KINDS
from core.extensions import db
from core.host import services
from core.identity import service
from core.identity.login import Look
from core.identity.models import User
from core.views.page import Option
from core.views.record_page import Field
from core.web.language import LANGUAGES
from core.web.security import login_id
from plugin_api.context import Text, current_actor, current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import NotFound
from plugin_api.pages import check_company

bp = Blueprint("profile", __name__)

THEMES: Mapping[str, Text] = {
    "system": _("As the system is set"),
    "light": _("Light"),
    "dark": _("Dark"),
}
DENSITIES: Mapping[str, Text] = {"comfortable": _("Comfortable"), "compact": _("Compact")}


@bp.get("/profile")
def show() -> str:
    """The page."""
    return _page()


@bp.post("/profile")
def save() -> Response | tuple[str, int]:
    """Keep what was chosen."""
    check_company()
    mine, values, errors = login_id(), _chosen(), {}
    for name, known in (
        ("language", set(LANGUAGES)),
        ("timezone", available_timezones() | {""}),
        ("theme", set(THEMES)),
        ("density", set(DENSITIES)),
    ):
        if values[name] not in known:
            errors[name] = gettext("Choose one of the values.")
    if errors:
        return _page(values, errors), 422
    user = _user()
    wanted = set(request.form.getlist("kind"))
    muted = [kind for kind in KINDS if kind not in wanted]
    if user.muted != muted:
        user.muted = muted
    db.session.commit()
    service.set_preferences(mine, **{**values, "timezone": values["timezone"] or None})
    session["language"] = values["language"]
    flash(gettext("Saved."), "success")
    return redirect(url_for("profile.show"), 303)


def _user() -> User:
    user = services().session.get(User, current_actor().user_id)
    if not isinstance(user, User):
        raise NotFound("")
    return user


def _chosen() -> dict[str, str]:
    return {n: request.form.get(n, "") for n in ("language", "timezone", "theme", "density")}


def _page(typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None) -> str:
    typed, errors = typed or {}, errors or {}
    actor, look = current_actor(), getattr(g, "look", Look())
    held = {
        "language": session.get("language") or actor.language or current_company().language,
        "timezone": actor.timezone or "",
        "theme": look.theme,
        "density": look.density,
    }
    company_zone = gettext("As the company: %(zone)s", zone=current_company().timezone)
    zones = {zone: zone for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"}
    choices: dict[str, tuple[str, Mapping[str, Text]]] = {
        "language": (gettext("Language"), LANGUAGES),
        "timezone": (gettext("Time zone"), {"": company_zone, **zones}),
        "theme": (gettext("Theme"), THEMES),
        "density": (gettext("Density"), DENSITIES),
    }
    muted = set(_user().muted or ())
    return render_template(
        "web/profile.html",
        fields=[
            _field(name, label, typed.get(name, held[name]), options, errors.get(name, ""))
            for name, (label, options) in choices.items()
        ],
        kinds=[
            Option(value=kind, label=str(label), selected=kind not in muted)
            for kind, label in KINDS.items()
        ],
    )


def _field(name: str, label: str, value: str, options: Mapping[str, Text], error: str) -> Field:
    return Field(
        name=name,
        label=label,
        kind="choice",
        value=value,
        errors=(error,) if error else (),
        options=tuple(
            Option(value=key, label=str(text), selected=key == value)
            for key, text in options.items()
        ),
    )
