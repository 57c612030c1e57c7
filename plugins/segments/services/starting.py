"""What a company starts with: a segment for each cell, and the factors of health."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import force_locale

from plugin_api import host
from plugin_api.context import Company
from plugins.segments.models import Factor, Segment
from plugins.segments.models.health import STARTING
from plugins.segments.services.cells import CELLS


def fill(company: Company) -> None:
    """Make them where there is no segment yet, and the factors of health where there is none."""
    if host().session.scalar(sa.select(Factor.id).limit(1)) is None:
        for kind, (weight, none, full) in STARTING.items():
            values = {"kind": kind, "weight": weight, "none_at": none, "full_at": full}
            host().records.create(Factor, values)
    if host().session.scalar(sa.select(Segment.id).limit(1)) is not None:
        return
    with force_locale(company.language):
        for number, cell in enumerate(CELLS, 1):
            values = {"name": str(cell.label), "cell": cell.value, "position": number * 10}
            host().records.create(Segment, values)
