"""Two people saved the same record: what each of them changed."""

from __future__ import annotations

from collections.abc import Mapping

from core.data.fields import FieldMeta, fields_of
from core.data.query import Ref
from core.host import services
from core.views import cells, forms
from core.views.record_page import Change, Clash, Stale
from core.views.records import row_of
from plugin_api.models import CompanyModel


def stale_of(
    model: type[CompanyModel], record_id: int, typed: Mapping[str, str], before: str
) -> tuple[Stale, dict[str, str]]:
    """Compare what was typed with what is saved now, field by field.

    Return the comparison and what the form should hold: the person's own changes only.
    """
    metas = fields_of(model)
    values = row_of(model, record_id)
    now = forms.texts_of(values, metas)
    mine = forms.touched(typed, before)
    opened = {name: text for name, text in forms.read_before(before).items() if name in metas}
    clashes, taken = [], []
    for name, text in now.items():
        meta = metas[name]
        theirs_changed = name in opened and opened[name] != text
        if name in mine and mine[name] != text and theirs_changed:
            theirs = values.get(name)
            clashes.append(
                Clash(
                    name=name,
                    label=str(meta.label),
                    mine=_said(meta, mine[name]),
                    theirs=cells.cell(meta, values).text,
                    theirs_value=theirs.label if isinstance(theirs, Ref) else text,
                    theirs_id=str(theirs.id) if isinstance(theirs, Ref) else "",
                )
            )
        elif theirs_changed and name not in mine and not meta.readonly:
            taken.append(
                Change(
                    label=str(meta.label),
                    old=_said(meta, opened[name]),
                    new=cells.cell(meta, values).text,
                )
            )
    return Stale(clashes=tuple(clashes), taken=tuple(taken)), mine


def labels_of(metas: Mapping[str, FieldMeta], typed: Mapping[str, str]) -> dict[str, str]:
    """Names of the records that were picked, for a form that is shown again."""
    made = {}
    for name, text in typed.items():
        meta = metas.get(name)
        picked = text.removeprefix(forms.PICKED)
        if meta is not None and meta.target and text.startswith(forms.PICKED) and picked.isdigit():
            made[name] = str(services().title_of(meta.target, int(picked)))
    return made


def _said(meta: FieldMeta, text: str) -> str:
    if meta.kind == "choice":
        return next((str(c.label) for c in meta.choices if c.value == text), text)
    picked = text.removeprefix(forms.PICKED)
    if meta.target and text.startswith(forms.PICKED) and picked.isdigit():
        return str(services().title_of(meta.target, int(picked)))
    return text
