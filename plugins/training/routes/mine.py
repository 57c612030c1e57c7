"""One's own learning, or that of somebody whom one leads or teaches."""

from __future__ import annotations

from io import BytesIO

import sqlalchemy as sa
from flask import render_template, send_file, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission, today
from plugin_api.errors import Refused
from plugin_api.pages import check_company, nothing, paper_language, require
from plugins.training import display
from plugins.training.access import ENROL, READ
from plugins.training.models import Career, Certificate, Enrolment
from plugins.training.models.enrolments import OPEN
from plugins.training.routes.common import go_back, go_on, number
from plugins.training.services import criteria, looking, matrix, people


def show() -> str:
    """Courses to do, what is missing for the role, certificates, what else there is."""
    require(READ)
    me = current_actor().user_id or 0
    user_id = number("user") or me
    if user_id != me and not people.may_reach(READ, user_id):
        raise nothing()
    found = looking.enrolments(user_id)
    lacks = matrix.lacks(user_id) if has_permission("training.Rating.read") else []
    mine = user_id == me
    return render_template(
        "training/mine.html",
        open=[each for each in found if each.state in OPEN],
        over=[each for each in found if each.state not in OPEN],
        lacks=lacks, paths=looking.paths_of(user_id),
        careers=_careers(user_id),
        certificates=looking.certificates(user_id),
        offered=looking.offered(user_id, [each.skill_id for each in lacks]) if mine else [],
        may_enrol=mine and has_permission(ENROL),
        mine=mine, today=today(), display=display,
        person="" if mine else host().title_of("core.User", user_id),
        url=host().record_url,
    )  # fmt: skip


def _careers(user_id: int) -> list[tuple[Career, criteria.Ready]]:
    """Somebody's careers that the actor may see, and how ready they are."""
    asked = sa.select(Career).where(Career.user_id == user_id, host().records.visible(Career))
    found = list(host().session.scalars(asked.order_by(Career.id)))
    ready = criteria.ready(found) if found else {}
    return [(each, ready[each.id]) for each in found]


def enrol() -> Response:
    """Take a course that is open to all."""
    require(ENROL)
    check_company()
    values = {"course_id": number("course"), "user_id": current_actor().user_id}
    try:
        made = host().records.create(Enrolment, values)
    except Refused as refused:
        return go_back(refused, url_for("training.mine"))
    return go_on(url_for("training.learn", record_id=made.id))


def certificate(record_id: int) -> Response:
    """A certificate as a file, in the language that is asked for, else the reader's."""
    # Fonts take a while to load, and only this page needs them.
    from plugins.training.services import paper

    found = host().records.get(Certificate, record_id)
    name = f"{gettext('certificate')}-{found.number}.pdf"
    file = BytesIO(paper.pdf(found, paper_language()))
    return send_file(file, mimetype="application/pdf", download_name=name)
