"""What people open with: items to be looked at again."""

from __future__ import annotations

import datetime as dt

from flask_babel import format_date

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import gettext, lazy_pgettext, today
from plugins.swot import display
from plugins.swot.services import ageing

MOST = 6
NEAR = 30


def expiring() -> CardContent:
    """Items that are valid no more, or not for long. Two statements at most."""
    day = today()
    rows = ageing.soon(day + dt.timedelta(days=NEAR), MOST)
    return CardContent(
        lines=tuple(
            Line(
                text=row.name, href=host().record_url("swot.Item", row.id),
                value=format_date(row.expires_on, "medium"),
                note=f"{display.label('quadrant', row.quadrant)} · {row.of}",
                tone="bad" if row.expires_on < day else "warn",
            )
            for row in rows
        ),
        empty=gettext("Nothing that analyses say goes out of date in the next days."),
        more_href=host().list_url("swot.Item"),
    )  # fmt: skip


CARDS = (
    Card(
        id="expiring", title=lazy_pgettext("swot", "SWOT items to look at again"), load=expiring,
        permission="swot.Item.read", roles=(), order=160,
    ),
)  # fmt: skip
