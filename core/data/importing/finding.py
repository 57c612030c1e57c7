"""Records that rows name, looked up many at a time and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from core.data import finding
from core.data.fields import FieldMeta, every_field, value_of
from core.data.finding import UnfoundError
from core.data.importing.cells import Draft
from core.data.importing.saying import sentences
from plugin_api.context import gettext
from plugin_api.models import model_of

MOST_KNOWN = 200_000
"""Names that are kept at a time; memory does not grow beyond."""

Where = tuple[tuple[str, Any], ...]
"""What the record must have besides: (field of the target, value)."""


def where_of(meta: FieldMeta, draft: Draft) -> Where:
    """What the record that a reference means must have, as far as the row or its record tells."""
    found = []
    for theirs, ours in meta.narrow.items():
        name = ours.removesuffix("_id")
        value = draft.values.get(name)
        if value is None and draft.record is not None:
            value = value_of(draft.record, every_field(type(draft.record))[name])
        if value is not None:
            found.append((theirs.removesuffix("_id"), value))
    return tuple(found)


class Finder:
    """Knows what was looked up. ``before`` is called before anything is."""

    def __init__(self, before: Callable[[], None]) -> None:
        self._before = before
        self._known: dict[tuple[str, str, Where], dict[str, int | UnfoundError]] = {}
        self._count = 0

    def prepare(self, meta: FieldMeta, find: str, where: Where, names: Iterable[str]) -> None:
        """Look up all of these names for a reference that are not known yet.

        ``find`` is the field of the target that they stand in; empty: whatever it is found by.
        """
        target = str(meta.target)
        missing = {name for name in names if name not in self._names(target, find, where)}
        if not missing:
            return
        if self._count + len(missing) > MOST_KNOWN:
            self._known.clear()
            self._count, missing = 0, set(names)
        self._count += len(missing)
        self._before()
        fields = (find,) if find else None
        try:
            found: Mapping[str, int | UnfoundError] = finding.find_all(
                target, missing, fields=fields, where=dict(where)
            )
        except UnfoundError as error:
            found = dict.fromkeys(missing, error)
        self._names(target, find, where).update(found)

    def find(self, meta: FieldMeta, find: str, where: Where, name: str) -> int:
        """The id of the one record that goes by a prepared name. Raises ValueError in words."""
        found = self._names(str(meta.target), find, where)[name]
        if isinstance(found, UnfoundError):
            raise ValueError(sentences(found, _advice(meta, found)))
        return found

    def forget_missing(self, target: str) -> None:
        """New records of a model were made: what was not there may be now."""
        for (model_key, _find, _where), names in self._known.items():
            if model_key == target:
                for name in [name for name, found in names.items() if not isinstance(found, int)]:
                    del names[name]

    def _names(self, target: str, find: str, where: Where) -> dict[str, int | UnfoundError]:
        return self._known.setdefault((target, find, where), {})


def _advice(meta: FieldMeta, error: UnfoundError) -> str:
    if error.several:
        names = f"{meta.name}.external_id, {meta.name}.id"
        return str(gettext("Map another field of it: %(names)s.", names=names))
    model = model_of(str(meta.target))
    if not model.__collection__:
        return ""
    key = f"{model.plugin_id()}.{model.__collection__}"
    advice = gettext(
        "Import %(collection)s first, or replace the value by one that is there.",
        collection=f"{model.__label_plural__} ({key})",
    )
    return str(advice)
