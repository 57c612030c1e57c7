"""The provider of log-ins that the company brings: entered, tried, and taken away."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.access.grants import ADMIN
from core.extensions import db
from core.identity import proof, providers, single
from core.identity.models import Role, Team
from core.identity.providers import Provider
from core.views.page import Option
from core.web.own_sso import callback_of, client_of
from core.web.settings import PERMISSION
from plugin_api.context import current_company, gettext
from plugin_api.errors import Invalid
from plugin_api.pages import check_company, require

bp = Blueprint("sso_settings", __name__, url_prefix="/core/sso")


@bp.get("")
def show() -> str:
    """The provider."""
    require(PERMISSION)
    return _page(providers.current(), {})


@bp.post("")
def save() -> Response | tuple[str, int]:
    """Keep what was entered, or show it again with what is wrong beside it."""
    _may_change()
    made = _entered()
    typed = request.form.get("client_secret", "")
    try:
        # For another provider the old secret is not sent.
        moved = made.issuer != providers.current().issuer
        providers.store(made, typed if typed or moved else None)
    except Invalid as refused:
        db.session.rollback()
        errors = {name: str(texts[0]) for name, texts in refused.errors.items()}
        return _page(made, errors), refused.status
    db.session.commit()
    flash(gettext("Saved. Try it before you tell anybody."), "success")
    return redirect(url_for("sso_settings.show"), 303)


@bp.post("/try")
def attempt() -> Response:
    """Ask the provider what it says of itself."""
    _may_change()
    provider = providers.current()
    text, tone = _tried(provider), "danger"
    if not text:
        text, tone = (
            gettext("The provider answers. Now log in by it in another browser."),
            "success",
        )
    flash(text, tone)
    return redirect(url_for("sso_settings.show"), 303)


@bp.post("/off")
def off() -> Response:
    """Have no provider any more: passwords work again."""
    _may_change()
    providers.forget()
    db.session.commit()
    flash(gettext("Single sign-on is off."), "success")
    return redirect(url_for("sso_settings.show"), 303)


def _may_change() -> None:
    require(PERMISSION)
    check_company()
    providers.require_admin()
    proof.require()


def _tried(provider: Provider) -> str:
    """What is wrong; empty when it answers as it should."""
    import requests  # heavy, and only here

    from core.outgoing import NotPublic, TooLarge, Unencrypted

    if not single.is_able() or not provider.issuer:
        return str(gettext("There is no provider to try."))
    company = current_company()
    db.session.rollback()
    try:
        client_of(company, provider).fetch_jwk_set()
    except NotPublic:
        return str(gettext("The address is not that of a public server."))
    except Unencrypted:
        return str(gettext("The provider must be asked by https://."))
    except requests.Timeout:
        return str(gettext("The provider takes too long to answer."))
    except TooLarge:
        return str(gettext("The answer of the provider is too long."))
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else ""
        return str(gettext("The provider answers with the error %(status)s.", status=status))
    except requests.RequestException:
        return str(gettext("The provider cannot be reached."))
    except ValueError as error:
        if str(error) == "issuer":
            return str(gettext("The server says that it speaks for another issuer."))
        return str(gettext("What the server says is no description of a provider."))
    return ""


def _entered() -> Provider:
    form = request.form
    domains = form.get("domains", "").replace(",", " ").lower().split()
    return Provider(
        name=form.get("name", "").strip()[:100],
        issuer=form.get("issuer", "").strip()[:500],
        client_id=form.get("client_id", "").strip()[:300],
        domains=tuple(dict.fromkeys(each.removeprefix("@") for each in domains)),
        create=form.get("create") == "true",
        role=_number(form.get("role", "")),
        team=_there(Team, _number(form.get("team", ""))),
        only=form.get("only") == "true",
        emergency=_number(form.get("emergency", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _there(model: Any, id_: int | None) -> int | None:
    return db.session.scalar(sa.select(model.id).where(model.id == id_)) if id_ else None


def _page(provider: Provider, errors: dict[str, str]) -> str:
    roles = sa.select(Role.id, Role.name).where(Role.code != ADMIN).order_by(Role.name)
    teams = sa.select(Team.id, Team.name).order_by(Team.name)
    return render_template(
        "web/sso_settings.html",
        provider=provider,
        errors=errors,
        has_secret=bool(providers.secret()),
        is_on=bool(providers.current().issuer),
        is_able=single.is_able(),
        callback=callback_of(current_company().slug),
        roles=_options(db.session.execute(roles).all(), provider.role),
        teams=_options(db.session.execute(teams).all(), provider.team),
        admins=_options(providers.administrators(), provider.emergency),
    )


def _options(rows: Any, chosen: int | None) -> list[Option]:
    made = [Option(value=str(row[0]), label=row[1], selected=row[0] == chosen) for row in rows]
    return [Option(value="", label="–"), *made]
