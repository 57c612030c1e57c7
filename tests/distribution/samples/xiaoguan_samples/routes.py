"""A page that the declared views cannot make: one large figure."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, render_template

from plugin_api import host
from plugin_api.pages import require
from xiaoguan_samples.access import COUNT
from xiaoguan_samples.models import Sample

blueprint = Blueprint("samples", __name__, template_folder="templates", static_folder="static")


@blueprint.get("/count")
def count() -> str:
    """How many pieces the reader's samples are."""
    require(COUNT)
    asked = sa.select(sa.func.sum(Sample.pieces)).where(host().records.visible(Sample))
    return render_template("samples/count.html", pieces=host().session.scalar(asked) or 0)
