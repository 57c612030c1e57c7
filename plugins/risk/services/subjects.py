"""What risks may be about."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.context import lazy_gettext as _
from plugin_api.subjects import Subjects
from plugins.risk.services.kept import kept, put


class _Kept(Subjects):
    """Each record is asked for once a transaction, however many risks are about it."""

    def title(self, key: str | None, record_id: int | None) -> str | None:
        read = super().title
        return kept(("title", key, record_id), lambda: read(key, record_id))


_subjects = _Kept("risk", refused=_("Risks are not about records of this kind."))
choices, model_for, name_of = _subjects.choices, _subjects.model_for, _subjects.name_of
let_go = _subjects.let_go_many


def remember(key: str, known: Mapping[int, str]) -> None:
    """Keep what records are called, so that naming many of them takes no statement each."""
    for record_id, title in known.items():
        put(("title", key, record_id), title)
