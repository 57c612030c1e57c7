"""Pages of assignment that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.assignment.routes import fairness, give

blueprint = Blueprint("assignment", __name__, template_folder="../templates")
blueprint.add_url_rule("/fairness", "fairness", fairness.show)
blueprint.add_url_rule("/give", "give", give.give, methods=["POST"])
