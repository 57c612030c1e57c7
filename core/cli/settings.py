"""``xiaoguan settings``: what a company has decided, for itself and for its plugins."""

from __future__ import annotations

from typing import Any

import click

from core.cli.company import refusals
from core.cli.output import company_option, json_option, show, this_app
from core.data import settings as stored
from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.company import change_company
from core.identity.service import system_in
from core.web.company_values import FIELDS, LABELS, value_of
from plugin_api.context import current_company
from plugin_api.errors import NotFound, Rejected
from plugin_api.settings import Setting

TAKES = {
    "name": "text", "currency": "EUR", "timezone": "Europe/Berlin", "language": "zh | en",
    "country": "DE", "fiscal_year_start": "1 … 12", "work_days": "1,2,3,4,5",
}  # fmt: skip
"""What the company's own settings look like."""


@click.group("settings")
def settings_group() -> None:
    """List and change what a company has decided on its page of settings."""


@settings_group.command("list")
@company_option
@json_option
def list_command(slug: str, as_json: bool) -> None:
    """List the settings of a company and of the plugins that it uses."""
    with this_app().app_context(), refusals(), system_in(slug):
        rows = [_row(key) for key in (*FIELDS, *_known())]
    show(rows, as_json=as_json)


@settings_group.command("get")
@click.argument("key")
@company_option
@json_option
def get_command(key: str, slug: str, as_json: bool) -> None:
    """Print the value of a setting."""
    with this_app().app_context(), refusals(), system_in(slug):
        row = _row(key)
    if as_json:
        show([row], as_json=True)
    else:
        click.echo(_text(row["value"]))


@settings_group.command("set")
@click.argument("key")
@click.argument("value")
@company_option
@json_option
def set_command(key: str, value: str, slug: str, as_json: bool) -> None:
    """Change a setting, with the checks of the page; the audit trail says that the system did.

    Yes or no is true or false, working days are such as 1,2,3,4,5 (Monday to Friday).
    """
    with this_app().app_context(), refusals(), system_in(slug):
        try:
            _set(key, value)
        except Rejected as refused:
            takes = _row(key)["takes"]
            raise Rejected(key, f"{refused.message} It takes: {takes}") from refused
        db.session.commit()
    with this_app().app_context(), system_in(slug):
        row = _row(key)
    show([row], as_json=as_json)


def _set(key: str, text: str) -> None:
    """Raises NotFound, Rejected."""
    if key not in FIELDS:
        setting = _setting(key)
        stored.store(key, stored.typed(setting, text))
        return
    try:
        value = value_of(key, text)
    except ValueError as error:
        raise Rejected(key, str(error)) from error
    change_company(**{key: value})


def _known() -> dict[str, Setting]:
    on = enabled_set(current_company())
    every = services().registry.settings
    return {key: each for key, each in every.items() if key.partition(".")[0] in on}


def _setting(key: str) -> Setting:
    found = _known().get(key)
    if found is None:
        slug = current_company().slug
        raise NotFound(f"{slug} has no setting {key}; see: xiaoguan settings list --company {slug}")
    return found


def _row(key: str) -> dict[str, Any]:
    """Raises NotFound."""
    if key in FIELDS:
        held: Any = getattr(current_company(), key)
        held = sorted(held) if key == "work_days" else held
        label = str(LABELS[key])
        return {"key": key, "value": held, "default": None, "takes": TAKES[key], "label": label}
    setting = _setting(key)
    return {
        "key": key,
        "value": services().setting(key),
        "default": setting.default,
        "takes": _takes(setting),
        "label": str(setting.label),
    }


def _takes(setting: Setting) -> str:
    """What may be set, for people."""
    if setting.kind == "choice":
        return " | ".join(choice.value for choice in setting.choices)
    if setting.kind == "boolean":
        return "true | false"
    least, most = (("" if n is None else str(n)) for n in (setting.minimum, setting.maximum))
    return f"{least} … {most}" if least or most else setting.kind


def _text(value: Any) -> str:
    """A value as “set” takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(map(str, value))
    return "" if value is None else str(value)
