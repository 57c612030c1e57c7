"""What a posted form means, and the form that comes back when it means nothing good."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from flask import jsonify, request

from core.data import dates, parse
from core.data.fields import FieldMeta, fields_of, value_of
from core.data.numbers import whole
from core.data.texts import row_id
from core.views import forms
from core.views.records import Attempt
from core.views.stale import labels_of
from core.web import formats
from plugin_api.context import gettext
from plugin_api.duplicates import Duplicate, asking
from plugin_api.errors import Held, Invalid, Refused
from plugin_api.models import CompanyModel
from plugin_api.pages import inside

ANYWAY = "_anyway"
"""Of a form: that it is saved though it seems to be a duplicate."""


def parsed(
    model: type[CompanyModel], texts: Mapping[str, str], record: CompanyModel | None = None
) -> dict[str, Any]:
    """Typed values of a form's texts, of a record that is there already or of a new one.

    Raises Invalid with every field at fault.
    """
    values: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    metas = fields_of(model)
    known = {} if record is None else {n: value_of(record, m) for n, m in metas.items()}
    # Amounts and references come last: what they depend on is known by then.
    for name in sorted(texts, key=lambda name: metas[name].kind in ("money", "reference")):
        meta, text = metas[name], texts[name]
        if meta.readonly or (meta.masked and text and text == known.get(name)):
            continue
        try:
            values[name] = _value(meta, text, known | values)
        except Refused as refused:
            errors[name] = list(refused.errors.get(name) or [refused.message])
        except ValueError as error:
            errors[name] = [str(error)]
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)
    return values


def _value(meta: FieldMeta, text: str, known: Mapping[str, Any]) -> Any:
    if text.startswith(forms.PICKED):
        picked = row_id(text.removeprefix(forms.PICKED))
        if picked is None:
            raise ValueError(gettext("Choose one of the proposals."))
        return picked
    if meta.kind == "instant" and text:
        # What a form shows by the reader's clock is typed by it too.
        return dates.moment(text, formats.zone())
    return parse.parse_value(meta, text, record=known)


def with_amounts(
    model: type[CompanyModel], changed: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, str]:
    """What was changed, and the amounts that are in a currency that was: 1,000 stays 1,000."""
    amounts = {
        name: typed[name]
        for name, meta in fields_of(model).items()
        if meta.currency_field in changed and name in typed
    }
    return amounts | dict(changed)


def attempt_of(model: type[CompanyModel], typed: Mapping[str, str], refused: Refused) -> Attempt:
    """The form as it comes back with what was typed and what is wrong with it."""
    labels = labels_of(fields_of(model), typed)
    duplicate = refused if isinstance(refused, Duplicate) else None
    return Attempt(
        typed=typed,
        labels=labels,
        errors=refused.errors,
        message="" if duplicate else str(refused.message),
        duplicate=duplicate,
    )


def asking_form() -> AbstractContextManager[None]:
    """Ask whether a duplicate is to be saved, unless the form says so already."""
    return asking(not request.form.get(ANYWAY))


def refusal(refused: Refused, path: str, open_href: str = "") -> tuple[Any, int]:
    """A refusal in words for a script, with the page where it can be mended."""
    if isinstance(refused, Held):
        open_href = refused.href
    return jsonify(message=refused.words, open=open_href or path), refused.status


def is_part() -> bool:
    """Whether a script asks for a part of a page, and not for one that the browser went back to."""
    headers = request.headers
    return bool(headers.get("HX-Request")) and not headers.get("HX-History-Restore-Request")


def sent_version() -> int | None:
    """The version that the form was opened with."""
    text = request.form.get("version", "")
    return whole(text)


def next_or(default: str) -> str:
    """Where to go on: an address of this site that the form named, else the default."""
    return inside(request.form.get("next", "")) or default
