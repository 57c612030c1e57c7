"""Pages of segments that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.segments.routes import effort, grades, personas, segments

blueprint = Blueprint("segments", __name__, template_folder="../templates")
blueprint.add_url_rule("/effort", "effort", effort.show)
blueprint.add_url_rule("/grades/<int:grading_id>", "preview", grades.preview)
blueprint.add_url_rule("/grades/<int:grading_id>", "write", grades.write, methods=["POST"])
blueprint.add_url_rule("/overview", "overview", segments.overview)
blueprint.add_url_rule("/moves", "moves", segments.moves)
blueprint.add_url_rule("/rfm", "rfm", segments.matrix)
blueprint.add_url_rule("/rfm", "score", segments.score, methods=["POST"])
blueprint.add_url_rule("/personas-measured", "personas", personas.show)
