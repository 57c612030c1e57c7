"""For whoever watches the process: is it alive, may it take requests."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify

from core.host import services
from core.hosting.schema import status
from core.tenancy.engine import reading

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> tuple[Response, int]:
    """The database answers and every plugin's tables are up to date."""
    try:
        with reading():
            found = status(services().engine, services().registry)
    except sa.exc.SQLAlchemyError:
        return jsonify(status="no database"), 503
    late = [each.plugin for each in found if each.state != "current"]
    if late:
        return jsonify(status="tables not up to date", plugins=late), 503
    return jsonify(status="ok"), 200
