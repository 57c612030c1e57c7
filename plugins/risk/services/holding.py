"""Having others wait who want to change what the levels of a risk rest on."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugins.risk.models import Control, Risk


def hold(risk_id: int) -> None:
    """Hold a risk until this transaction ends, and see it and its controls as they are by then:
    whoever writes a level waits for who takes a control away, and the other way round. What this
    transaction has changed itself stays as it changed it. One statement."""
    session = host().session
    with session.no_autoflush:
        held = sa.select(Risk.id).where(Risk.id == risk_id)
        session.execute(held.with_for_update(key_share=True))
    for record in list(session.identity_map.values()):
        is_it = isinstance(record, Risk) and record.id == risk_id
        if (is_it or isinstance(record, Control)) and not session.is_modified(record):
            session.expire(record)
