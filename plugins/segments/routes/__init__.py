"""Pages of segments that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.segments.routes import effort, grades

blueprint = Blueprint("segments", __name__, template_folder="../templates")
blueprint.add_url_rule("/effort", "effort", effort.show)
blueprint.add_url_rule("/grades/<int:grading_id>", "preview", grades.preview)
blueprint.add_url_rule("/grades/<int:grading_id>", "write", grades.write, methods=["POST"])
