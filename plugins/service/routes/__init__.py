"""Pages of service that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.service.routes import answers, reports

blueprint = Blueprint("service", __name__, template_folder="../templates")
blueprint.add_url_rule("/visits/<int:visit_id>/answers", "answers", answers.show)
blueprint.add_url_rule("/visits/<int:visit_id>/answers", "answer", answers.keep, methods=["POST"])
blueprint.add_url_rule("/satisfaction", "satisfaction", reports.show_satisfaction)
blueprint.add_url_rule("/figures", "figures", reports.show_figures)
