"""The company's own data and the settings of its plugins, on one page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from core.data import settings as stored
from core.extensions import db
from core.host import services
from core.hosting.enablement import enabled_set
from core.identity.company import change_company
from core.views.page import Option
from core.views.record_page import Field, Section
from core.web.company_values import FIELDS, value_of
from core.web.language import LANGUAGES
from plugin_api.context import Text, current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.pages import check_company, require
from plugin_api.settings import Setting

bp = Blueprint("settings", __name__)

PERMISSION = "core.settings"
SEEN = "_seen"
"""In the form: what the page showed when it was opened."""


@bp.get("/core/settings")
def show() -> str:
    """The page."""
    require(PERMISSION)
    return _page({}, {})


@bp.post("/core/settings")
def save() -> Response | tuple[str, int]:
    """Store everything, or show it again with what is wrong beside it: 422, and 409 where somebody
    else has changed anything since the page was opened."""
    require(PERMISSION)
    check_company()
    if request.form.get(SEEN, _shown()) != _shown():
        stale = gettext(
            "Somebody else has changed the settings since you opened this page. What you typed is"
            " below: look at it, and save again."
        )
        return _page(request.form, {}, stale), 409
    errors = _store(request.form)
    if errors:
        db.session.rollback()
        return _page(request.form, errors), 422
    db.session.commit()
    flash(gettext("Saved."), "success")
    return redirect(url_for("settings.show"), 303)


def _store(form: Any) -> dict[str, Sequence[Text]]:
    """Set everything that a form says; what stands against it, by name."""
    errors: dict[str, Sequence[Text]] = {}
    company: dict[str, Any] = {}
    for name in FIELDS:
        try:
            company[name] = value_of(name, ",".join(form.getlist(name)))
        except ValueError as error:
            errors[name] = [str(error)]
    if not errors:
        try:
            change_company(**company)
        except Rejected as refused:
            errors.update(refused.errors)
    for setting in _settings():
        # A check box follows a hidden input that says no; the last one counts.
        text = (form.getlist(setting.key) or [""])[-1]
        try:
            stored.store(setting.key, stored.typed(setting, text))
        except Rejected as refused:
            errors.update(refused.errors)
    return errors


def _settings() -> list[Setting]:
    enabled = enabled_set(current_company())
    known = services().registry.settings.values()
    return [setting for setting in known if setting.key.partition(".")[0] in enabled]


def _shown() -> str:
    """Changes with anything that the page shows."""
    company = current_company()
    own = {name: getattr(company, name) for name in FIELDS}
    plugins = {setting.key: services().setting(setting.key) for setting in _settings()}
    text = json.dumps(own | plugins, default=sorted, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _page(typed: Mapping[str, str], errors: Mapping[str, Sequence[Text]], problem: str = "") -> str:
    sections = [Section(title=gettext("Company"), fields=_company_fields(typed, errors))]
    plugins = services().registry.plugins
    by_plugin: dict[str, list[Field]] = {}
    for setting in _settings():
        field = _setting_field(setting, typed, errors.get(setting.key, ()))
        by_plugin.setdefault(setting.key.partition(".")[0], []).append(field)
    for plugin, fields in by_plugin.items():
        title = str(plugins[plugin].manifest.name)
        sections.append(Section(title=title, fields=tuple(fields)))
    return render_template(
        "web/settings.html", sections=sections, problem=problem, seen=(SEEN, _shown())
    )


def _company_fields(
    typed: Mapping[str, str], errors: Mapping[str, Sequence[Text]]
) -> tuple[Field, ...]:
    company, locale = current_company(), get_locale()
    days, months = locale.days["stand-alone"]["wide"], locale.months["stand-alone"]["wide"]

    def made(name: str, label: str, kind: str, options: dict[str, str] | None = None) -> Field:
        value = typed.get(name, str(getattr(company, name)))
        return Field(
            name=name,
            label=label,
            kind=kind,
            value=value,
            required=True,
            errors=tuple(errors.get(name, ())),
            options=tuple(
                Option(value=v, label=text, selected=v == value)
                for v, text in (options or {}).items()
            ),
        )

    worked = {str(day) for day in company.work_days}
    if isinstance(typed, MultiDict):
        worked = set(typed.getlist("work_days"))
    currencies = {code: f"{code} {name}" for code, name in sorted(locale.currencies.items())}
    zones = {zone: zone for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"}
    return (
        made("name", gettext("Name"), "text"),
        made("currency", gettext("Currency"), "choice", currencies),
        made("timezone", gettext("Time zone"), "choice", zones),
        made("language", gettext("Language"), "choice", LANGUAGES),
        made("country", gettext("Country"), "text"),
        made(
            "fiscal_year_start",
            gettext("Fiscal year starts in"),
            "choice",
            {str(month): months[month] for month in range(1, 13)},
        ),
        Field(
            name="work_days",
            label=gettext("Working days"),
            kind="days",
            errors=tuple(errors.get("work_days", ())),
            options=tuple(
                Option(value=str(day), label=days[day - 1], selected=str(day) in worked)
                for day in range(1, 8)
            ),
        ),
    )


def _setting_field(setting: Setting, typed: Mapping[str, str], errors: Sequence[str]) -> Field:
    held = services().setting(setting.key)
    value = str(held).lower() if isinstance(held, bool) else str("" if held is None else held)
    value = typed.get(setting.key, value)
    return Field(
        name=setting.key,
        label=str(setting.label),
        kind=setting.kind,
        value=value,
        help=str(setting.help),
        errors=tuple(errors),
        options=tuple(
            Option(value=c.value, label=str(c.label), selected=c.value == value)
            for c in setting.choices
        ),
    )
