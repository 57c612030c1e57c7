"""An analysis as slides: a PDF in landscape."""

from __future__ import annotations

from flask import Response

from plugin_api import host
from plugin_api.pages import paper_language
from plugins.swot.models import Analysis


def serve(analysis_id: int) -> Response:
    """The slides, in the person's language or in ``?language=zh`` or ``en``."""
    # The library that draws them is large: not with the start.
    from plugins.swot.services import slides

    analysis = host().records.get(Analysis, analysis_id)
    answer = Response(slides.pdf(analysis, paper_language()), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="swot-{analysis.id}.pdf"'
    return answer
