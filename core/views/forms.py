"""The form of a record: its fields, what was typed into them, and what may be done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from core.data import several
from core.data.fields import FieldMeta
from core.data.query import Ref
from core.views import cells
from core.views.page import EMPTY, Option
from core.views.record_page import Field, Section
from core.views.urls import collection_url
from plugin_api.context import gettext
from plugin_api.errors import Messages
from plugin_api.models import model_of
from plugin_api.views import Section as Declared

Typed = Mapping[str, str]
"""Field → text of its input; a picked reference is its id after :data:`PICKED`."""

PICKED = "\x1f"
"""Marks an id among typed names; no keyboard types it."""


def typed_texts(form: MultiDict[str, str], metas: Mapping[str, FieldMeta]) -> dict[str, str]:
    """What a posted form says of each field. A picked reference is its id, marked."""
    made = {}
    for name in metas:
        if name not in form:
            continue
        # A check box follows a hidden input that says no; the last one counts.
        text = form.getlist(name)[-1].strip().replace("\r\n", "\n")
        if metas[name].kind == "choices":
            ticked = (part for each in form.getlist(name) for part in several.parts(each))
            made[name] = several.joined(metas[name], ticked) or ""
            continue
        picked = form.get(f"{name}__id", "")
        if picked and text and text == form.get(f"{name}__label", "").strip():
            text = PICKED + picked
        made[name] = text
    return made


def texts_of(values: Mapping[str, Any], metas: Mapping[str, FieldMeta]) -> dict[str, str]:
    """A record as a form would send it back untouched."""
    made = {}
    for name, meta in metas.items():
        value = values.get(name)
        text = cells.input_text(meta, value, cells.currency_of(meta, values))
        text = text.strip().replace("\r\n", "\n")
        made[name] = f"{PICKED}{value.id}" if isinstance(value, Ref) else text
    return made


def before_json(texts: Typed) -> str:
    """The untouched form, to be sent along with the touched one."""
    return json.dumps(dict(texts), ensure_ascii=False, separators=(",", ":"))


def touched(typed: Typed, before: str) -> dict[str, str]:
    """What differs from the untouched form; everything when that is not known."""
    old = read_before(before)
    return {name: text for name, text in typed.items() if not old or old.get(name) != text}


def read_before(before: str) -> dict[str, str]:
    """The untouched form as it was sent along; empty when it is not to be read."""
    try:
        found = json.loads(before)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def sections(
    declared: Sequence[Declared],
    metas: Mapping[str, FieldMeta],
    values: Mapping[str, Any],
    *,
    typed: Typed,
    labels: Mapping[str, str],
    errors: Messages,
    locked: frozenset[str],
    readonly: bool = False,
) -> tuple[Section, ...]:
    """The sections of a form, filled with what is stored and, over it, what was typed."""
    return tuple(
        Section(
            title=str(section.title),
            fields=tuple(
                field(
                    metas[name],
                    values,
                    typed=typed.get(name),
                    label=labels.get(name, ""),
                    errors=errors.get(name, ()),
                    readonly=readonly or metas[name].readonly or name in locked,
                )
                for name in section.fields
                if name in metas
            ),
        )
        for section in declared
    )


def field(
    meta: FieldMeta,
    values: Mapping[str, Any],
    *,
    typed: str | None = None,
    label: str = "",
    errors: Iterable[Any] = (),
    readonly: bool = False,
    required: bool | None = None,
) -> Field:
    """One field. ``typed`` replaces the stored value; ``label`` names a picked reference."""
    value = values.get(meta.name)
    currency = cells.currency_of(meta, values)
    text = cells.input_text(meta, value, currency) if typed is None else typed
    ref_id = str(value.id) if isinstance(value, Ref) and typed is None else ""
    if typed is not None and meta.kind == "reference" and typed.startswith(PICKED):
        ref_id, text = typed[1:], label or typed[1:]
    return Field(
        name=meta.name,
        label=str(meta.label),
        kind=meta.kind,
        shown=cells.cell(meta, values) if readonly else EMPTY,
        value=text,
        help=str(meta.help),
        required=meta.required if required is None else required,
        readonly=readonly,
        options=_options(meta, text),
        errors=tuple(str(error) for error in errors),
        lookup=_lookup(meta),
        ref_id=ref_id,
        masked=meta.masked and bool(value),
        unit=currency if meta.kind == "money" else "%" if meta.kind == "percent" else "",
    )


def _options(meta: FieldMeta, text: str) -> tuple[Option, ...]:
    if meta.kind == "choices":
        held = several.parts(text)
        return tuple(
            Option(value=c.value, label=str(c.label), selected=c.value in held)
            for c in meta.choices
            if not c.retired or c.value in held
        )
    if meta.kind != "choice":
        return ()
    made = [
        Option(value=c.value, label=str(c.label), selected=c.value == text)
        for c in meta.choices
        if not c.retired or c.value == text
    ]
    if not meta.required or not text:
        made.insert(0, Option(value="", label=gettext("Choose…") if meta.required else "–"))
    return tuple(made)


def _lookup(meta: FieldMeta) -> str:
    """Address that proposes records; it names the inputs that narrow the proposals."""
    if meta.kind != "reference":
        return ""
    path = f"{collection_url(model_of(meta.target or ''))}/lookup"
    if not meta.narrow:
        return path
    pairs = "&".join(f"narrow.{theirs}={ours}" for theirs, ours in meta.narrow.items())
    return f"{path}?{pairs}"
