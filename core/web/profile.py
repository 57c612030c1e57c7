"""A person's own settings: language, clock, look, notifications, password."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import available_timezones

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from core.collab.notify import KINDS
from core.extensions import db
from core.host import services
from core.identity import login as logins
from core.identity import service
from core.identity.login import Look
from core.identity.models import User
from core.identity.passwords import SHORTEST
from core.views.page import Option
from core.views.record_page import Field
from core.web.guard import check_company
from core.web.language import LANGUAGES
from plugin_api.context import Text, current_actor, current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Forbidden, NotFound, Refused, Rejected

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
    login_id, values, errors = _login_id(), _chosen(), {}
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
    service.set_preferences(login_id, **{**values, "timezone": values["timezone"] or None})
    session["language"] = values["language"]
    flash(gettext("Saved."), "success")
    return redirect(url_for("profile.show"), 303)


@bp.post("/profile/password")
def password() -> Response | tuple[str, int]:
    """Set another password; the old one is asked, and other sessions end."""
    check_company()
    login_id = _login_id()
    old, new = request.form.get("old_password", ""), request.form.get("new_password", "")
    try:
        _set_password(login_id, old, new)
    except Refused as refused:
        db.session.rollback()
        errors = {name: str(texts[0]) for name, texts in refused.errors.items() if texts}
        return _page({}, errors or {"old_password": str(refused.message)}), refused.status
    flash(gettext("The password is changed. Sessions elsewhere have ended."), "success")
    return redirect(url_for("profile.show"), 303)


def _set_password(login_id: int, old: str, new: str) -> None:
    """Raises Rejected naming the field at fault."""
    # Reading who it is may have begun a transaction, for which that of the log-in would wait.
    db.session.rollback()
    known = logins.reauthenticate(login_id, old)
    if known is None:
        raise Rejected("old_password", _wrong())
    if new != request.form.get("again_password", ""):
        raise Rejected("again_password", gettext("The two are not the same."))
    if new == old:
        raise Rejected("new_password", gettext("This is the old password."))
    try:
        service.set_password(login_id, new)
    except Rejected as rejected:
        raise Rejected("new_password", rejected.message) from None
    session["epoch"] = known.epoch + 1


def _wrong() -> str:
    return str(
        gettext(
            "This is not the password. After ten failures none is taken for a quarter of an hour."
        )
    )


def _login_id() -> int:
    login_id = current_actor().login_id
    if login_id is None:
        raise Forbidden(gettext("Only who logs in has settings."))
    return login_id


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
        errors=errors,
        shortest=SHORTEST,
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
