"""Deleted records over REST: which, when and by whom, so that a copy elsewhere follows."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from core.api import schemas, wire
from core.api.collection import Collection, model_at
from core.api.parts import LIMIT, READS, answer, listed, operations, parameter, responses
from core.api.schemas import Schema, ref
from core.api.values import instant
from core.data import dates
from core.data.gone import Gone, gone
from core.data.query.asking import MOST_ROWS, PAGE
from plugin_api.context import gettext
from plugin_api.errors import Invalid

deletions = Blueprint("deletions", __name__)

START = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
_CURSOR = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)


@deletions.get("/<plugin>/<collection>/deleted")
def index(plugin: str, collection: str) -> Response:
    """Records of a collection that were deleted, the first first."""
    model = model_at(plugin, collection)
    wire.only_arguments("since", "limit", "cursor")
    limit = wire.number("limit", PAGE, MOST_ROWS)
    found = gone(model, _since(), _after(), limit + 1)
    page = found[:limit]
    following = _cursor(page[-1]) if len(found) > limit else None
    return wire.reply({"items": [_told(each) for each in page], "next": following})


def _told(each: Gone) -> dict[str, Any]:
    by = None if each.user_id is None else {"id": each.user_id, "label": each.user}
    return {"id": each.record_id, "deleted_at": instant(each.at), "by": by}


def _since() -> dt.datetime:
    text = request.args.get("since", "")
    if not text.strip():
        return START
    try:
        return dates.moment(text, ZoneInfo("UTC"), with_zone=True)
    except ValueError as error:
        raise Invalid(gettext("Bad parameter."), errors={"since": [str(error)]}) from None


def _cursor(last: Gone) -> str:
    return f"{(last.at - START) // MICROSECOND}-{last.entry}"


def _after() -> tuple[dt.datetime, int]:
    text = request.args.get("cursor", "")
    if not text:
        return START, 0
    found = _CURSOR.fullmatch(text)
    if found is None:
        message = gettext("Send what next held.")
        raise Invalid(gettext("Bad parameter."), errors={"cursor": [message]})
    return START + int(found[1]) * MICROSECOND, int(found[2])


COMPONENTS: dict[str, Schema] = {
    "Deleted": {
        "type": "object",
        "required": ["id", "deleted_at", "by"],
        "properties": {
            "id": schemas.ID,
            "deleted_at": schemas.INSTANT,
            "by": {
                "anyOf": [ref("Reference"), {"type": "null"}],
                "description": "Who did it; null is the system.",
            },
        },
    }
}
"""Schemas that the operations name."""
SINCE = parameter("since", schemas.INSTANT, "Those that were deleted then or later.")
CURSOR = parameter("cursor", {"type": "string", "pattern": f"^{_CURSOR.pattern}$"},
                   "What next held.")  # fmt: skip


def paths(collection: Collection) -> Schema:
    """Where the deleted records of a collection are told."""
    return {
        f"{collection.path}/deleted": {
            "get": operations(collection)(
                "deleted", "those that were deleted", parameters=[SINCE, LIMIT, CURSOR],
                responses=responses(READS, s200=answer(listed("Deleted"))),
            )
        }
    }  # fmt: skip
