"""An analysis as slides: a PDF in landscape."""

from __future__ import annotations

from flask import Response, request
from flask_babel import get_locale

from plugin_api import host
from plugins.swot.models import Analysis


def serve(analysis_id: int) -> Response:
    """The slides, in the person's language or in ``?language=zh`` or ``en``."""
    # The library that draws them is large: not with the start.
    from plugins.swot.services import slides

    analysis = host().records.get(Analysis, analysis_id)
    language = request.args.get("language", "")
    if language not in slides.LANGUAGES:
        own = get_locale()
        language = "zh" if own is not None and own.language == "zh" else "en"
    answer = Response(slides.pdf(analysis, language), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="swot-{analysis.id}.pdf"'
    return answer
