"""Pages of analyses that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.swot.routes import board, compare, slides, tows, workshop

blueprint = Blueprint("swot", __name__, template_folder="../templates", static_folder="../static")
for path, name, function, methods in (
    ("/board/<int:analysis_id>", "board", board.show, ["GET"]),
    ("/tows/<int:analysis_id>", "tows", tows.show, ["GET"]),
    ("/tows/<int:analysis_id>", "save_tows", tows.save, ["POST"]),
    ("/compare/<int:analysis_id>", "compare", compare.show, ["GET"]),
    ("/workshop/<int:analysis_id>", "workshop", workshop.show, ["GET"]),
    ("/workshop/<int:analysis_id>", "write_idea", workshop.write, ["POST"]),
    ("/workshop/<int:analysis_id>/forget", "forget_idea", workshop.forget, ["POST"]),
    ("/workshop/<int:analysis_id>/vote", "give_vote", workshop.vote, ["POST"]),
    ("/slides/<int:analysis_id>.pdf", "slides", slides.serve, ["GET"]),
):
    blueprint.add_url_rule(path, name, function, methods=methods)
