"""Pages of risks that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.risk.routes import bowtie, detection, heat, report, simulation

blueprint = Blueprint("risk", __name__, template_folder="../templates", static_folder="../static")
for path, name, function, methods in (
    ("/map", "heat", heat.show, ["GET"]),
    ("/detection", "detection", detection.show, ["GET"]),
    ("/detection", "propose", detection.propose, ["POST"]),
    ("/simulation", "simulation", simulation.show, ["GET"]),
    ("/bow-tie/<int:risk_id>", "bowtie", bowtie.show, ["GET"]),
    ("/report.pdf", "report", report.pdf, ["GET"]),
):
    blueprint.add_url_rule(path, name, function, methods=methods)
