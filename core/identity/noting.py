"""What happens to logins, in the audit trail of the company: log-ins, factors, tokens.

Such entries are of the model ``core.Login`` and carry the number of the person, so that they stand
in the trail, which few may search, and not on the person's page, which colleagues see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from core.data import audit
from core.identity.models import Login, User
from plugin_api.context import current_actor


@dataclass(frozen=True, slots=True)
class _Of:
    """The person as the trail names them."""

    id: int
    name: str
    __title__: ClassVar[str] = "name"

    @classmethod
    def model_key(cls) -> str:
        return Login.model_key()


def note(action: str, user_id: int, name: str, **values: Any) -> None:
    """Write an entry in the transaction of the company; ``values`` say more, never a secret."""
    of: Any = _Of(user_id, name)
    changes: Mapping[str, tuple[Any, Any]] = {key: (None, value) for key, value in values.items()}
    audit.write(action, [(of, changes)])


def note_mine(action: str, **values: Any) -> None:
    """The same of the person who acts."""
    actor = current_actor()
    if actor.user_id is not None:
        note(action, actor.user_id, actor.name, **values)


def note_of(action: str, user: User, **values: Any) -> None:
    """The same of a person that is at hand."""
    note(action, user.id, user.name, **values)
