"""Pages of targets that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.targets.routes import agree, burnup, grid, heat, ladder, pages, split

blueprint = Blueprint(
    "targets", __name__, template_folder="../templates", static_folder="../static"
)
blueprint.add_url_rule("/attainment", view_func=pages.attainment)
blueprint.add_url_rule("/people/<int:user_id>", view_func=pages.person)
blueprint.add_url_rule("/records", view_func=pages.records)
blueprint.add_url_rule("/agree", view_func=agree.agree)
blueprint.add_url_rule("/split", view_func=split.split, methods=["GET"])
blueprint.add_url_rule("/split", view_func=split.save, methods=["POST"])
blueprint.add_url_rule("/grid", "grid", grid.show, methods=["GET"])
blueprint.add_url_rule("/grid", "save_grid", grid.save, methods=["POST"])
blueprint.add_url_rule("/ladder", "ladder", ladder.show)
blueprint.add_url_rule("/heat", "heat", heat.show)
blueprint.add_url_rule("/burn-up", "burnup", burnup.show)
