"""Pages of rewards that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.rewards.routes import ballot, board, mine, wall

blueprint = Blueprint("rewards", __name__, template_folder="../templates")
blueprint.add_url_rule("/wall", "wall", wall.show)
blueprint.add_url_rule("/mine", "mine", mine.show)
blueprint.add_url_rule("/mine/redeem", "redeem", mine.redeem, methods=["POST"])
blueprint.add_url_rule("/contests/<int:record_id>/board", "board", board.show)
blueprint.add_url_rule("/rounds/<int:record_id>/ballot", "ballot", ballot.show)
blueprint.add_url_rule("/rounds/<int:record_id>/vote", "vote", ballot.vote, methods=["POST"])
