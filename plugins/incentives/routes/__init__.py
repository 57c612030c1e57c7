"""Pages of pay that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.incentives.routes import effects, mine, papers, plans

blueprint = Blueprint("incentives", __name__, template_folder="../templates")
blueprint.add_url_rule("/mine", "mine", mine.show)
blueprint.add_url_rule("/mine/acknowledge", "acknowledge", mine.acknowledge, methods=["POST"])
blueprint.add_url_rule(
    "/plans/<int:record_id>/calculate", "calculate", plans.calculate, methods=["POST"]
)
blueprint.add_url_rule("/versions/<int:record_id>/try", "attempt", plans.attempt)
blueprint.add_url_rule("/statements/<int:record_id>/paper", "paper", papers.paper)
blueprint.add_url_rule("/statements/<int:record_id>/sheet", "sheet", papers.sheet)
blueprint.add_url_rule("/payouts/<int:record_id>/payroll", "payroll", papers.payroll)
blueprint.add_url_rule("/entries/<int:record_id>/behind", "behind", papers.evidence)
blueprint.add_url_rule("/reconcile", "reconcile", papers.reconcile)
blueprint.add_url_rule("/fairness", "fairness", effects.show_fairness)
blueprint.add_url_rule("/versions/<int:record_id>/effect", "effect", effects.show_effect)
blueprint.add_url_rule(
    "/versions/<int:record_id>/effect", "keep_effect", effects.keep_effect, methods=["POST"]
)
