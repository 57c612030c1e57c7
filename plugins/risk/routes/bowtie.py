"""A risk as a bow tie, drawn and as a list."""

from __future__ import annotations

import sqlalchemy as sa
from flask import render_template

from plugin_api import host
from plugins.risk.models import Response, Risk
from plugins.risk.models.choices import RESULTS
from plugins.risk.services import assessing, bowtie

TONES: dict[str | None, str] = {each.value: each.tone for each in RESULTS}


def show(risk_id: int) -> str:
    """Three statements."""
    risk = host().records.get(Risk, risk_id)
    asked = sa.select(Response).where(
        Response.risk_id == risk.id, Response.state.in_(("planned", "running", "done"))
    )
    tie = bowtie.of(
        risk,
        assessing.controls_of(risk.id),
        host().session.scalars(asked.order_by(Response.id)).all(),
    )
    return render_template(
        "risk/bowtie.html",
        risk=risk,
        tie=tie,
        drawing=bowtie.drawn(tie, TONES),
        width=bowtie.WIDTH,
        box=bowtie.BOX,
        url=host().record_url,
        register_href=host().list_url("risk.Risk"),
        tones=TONES,
        labels={each.value: each.label for each in RESULTS},
        may_edit=host().records.may(risk, "update"),
        new_control=f"{host().list_url('risk.Control')}/new?risk={risk.id}",
    )
