"""Values of plugins' settings, one a company.

They are kept in the process under the company's revision, which every request reads anyway
and which a change raises; so a request reads its settings without a statement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from core.data import audit, texts
from core.host import services
from plugin_api.context import Text, current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.models import JSON, CompanyModel
from plugin_api.settings import Setting

MOST_COMPANIES = 10_000
"""Companies remembered at most."""

HIDDEN = "•••"
"""In the trail in place of a secret."""
_CHANGED = "xiaoguan.settings"
_MISSING = object()


class SettingValue(CompanyModel):
    """What a company has set. Absent: the default."""

    __tablename__ = "core_setting_value"
    __label__ = _("Setting")
    __label_plural__ = _("Settings")
    __title__ = "key"
    __raises_revision__ = True
    __table_args__ = (sa.UniqueConstraint("company_id", "key"),)

    key: Mapped[str] = mapped_column(sa.String(100))
    value: Mapped[Any] = mapped_column(JSON)


@dataclass(slots=True)
class _Memory:
    by_company: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    """Company → (revision, key → value)."""


def value(key: str) -> Any:
    """The company's value of a setting, else its default. Raises KeyError for an unknown one."""
    setting = services().registry.settings[key]
    stored = read(key, _MISSING)
    return setting.default if stored is _MISSING else stored


def read(key: str, missing: Any = None) -> Any:
    """What the company has stored under a key, else ``missing``."""
    return _stored().get(key, missing)


def typed(setting: Setting, text: str) -> Any:
    """The value that a text is, of the setting's kind; empty is no. Raises Rejected."""
    text = text.strip()
    try:
        if setting.kind == "boolean":
            return bool(text) and texts.yes_or_no(text)
        return _whole(text) if setting.kind == "integer" else texts.storable(text)
    except ValueError as error:
        raise Rejected(setting.key, str(error)) from error


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(gettext("Not a whole number.")) from None


def store(key: str, new: Any) -> None:
    """Set the company's value. Whether the actor may is for the edge to ask, which commits.

    Raises KeyError for an unknown setting, Rejected for a value that it cannot take.
    """
    setting = services().registry.settings[key]
    _check(setting, new)
    put(key, new, setting.default)


def put(key: str, new: Any, default: Any = None, *, told: bool = True) -> None:
    """Set a value of the company that is none of its plugins' settings: a page of its own asks for
    it, and :func:`read` tells it. ``default`` holds without one; what is not to be ``told`` is
    noted in the trail without its value."""
    session = services().session
    row = session.scalar(sa.select(SettingValue).where(SettingValue.key == key))
    old = default if row is None else row.value
    if row is not None and old == new:
        return
    if row is None:
        row = SettingValue(key=key, value=new)
        session.add(row)
    else:
        row.value = new
    session.flush()
    if old != new:
        audit.write("update", [(row, {"value": (old, new) if told else (None, HIDDEN)})])
    session.info.setdefault(_CHANGED, set()).add(current_company().id)


def _check(setting: Setting, new: Any) -> None:
    kinds: dict[str, type[Any]] = {"integer": int, "boolean": bool}
    wanted = kinds.get(setting.kind, str)
    fault: Text = ""
    if not isinstance(new, wanted) or (wanted is int and isinstance(new, bool)):
        fault = gettext("The value does not fit the setting.")
    elif setting.kind == "choice" and new not in {choice.value for choice in setting.choices}:
        fault = gettext("Choose one of the values.")
    elif setting.minimum is not None and new < setting.minimum:
        fault = gettext("At least %(minimum)s.", minimum=setting.minimum)
    elif setting.maximum is not None and new > setting.maximum:
        fault = gettext("At most %(maximum)s.", maximum=setting.maximum)
    if fault:
        raise Rejected(setting.key, fault)


def _stored() -> dict[str, Any]:
    company, session = current_company(), services().session
    if company.id in session.info.get(_CHANGED, ()):
        # What this transaction has written is no one else's business yet.
        return _read()
    memory = _memory()
    held = memory.by_company.get(company.id)
    if held is not None and held[0] == company.revision:
        return held[1]
    found = _read()
    if len(memory.by_company) >= MOST_COMPANIES:
        memory.by_company.clear()
    memory.by_company[company.id] = (company.revision, found)
    return found


def _read() -> dict[str, Any]:
    rows = services().session.execute(sa.select(SettingValue.key, SettingValue.value))
    return {row[0]: row[1] for row in rows}


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions.setdefault("xiaoguan.settings", _Memory())
    return memory


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    if session.in_nested_transaction():
        return  # A savepoint is released: nobody else sees anything yet.
    for company_id in session.info.pop(_CHANGED, ()):
        _memory().by_company.pop(company_id, None)


@event.listens_for(Session, "after_soft_rollback")
def _rolled_back(session: Session, previous: SessionTransaction) -> None:
    if previous.parent is None:
        session.info.pop(_CHANGED, None)
