"""Pages of plans that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.plans.routes import mine, reporting, templates, timeline, tree

blueprint = Blueprint("plans", __name__, template_folder="../templates", static_folder="../static")
for path, name, function, methods in (
    ("/mine", "mine", mine.show, ["GET"]),
    ("/overview", "overview", tree.overview, ["GET"]),
    ("/tree/<int:strategy_id>", "tree", tree.show, ["GET"]),
    ("/tree/<int:strategy_id>/move", "move", tree.move, ["POST"]),
    ("/timeline", "timeline", timeline.show, ["GET"]),
    ("/reporting", "reports", reporting.overview, ["GET"]),
    ("/reporting", "write_report", reporting.write, ["POST"]),
    ("/reporting/<int:report_id>", "report", reporting.show, ["GET"]),
    ("/reporting/<int:report_id>", "save_report", reporting.save, ["POST"]),
    ("/by-template", "choose_template", templates.choose, ["GET"]),
    ("/by-template", "apply_template", templates.apply, ["POST"]),
):
    blueprint.add_url_rule(path, name, function, methods=methods)
