"""What is read once a transaction, however many records are written in it; and what is read of
pipelines and stages, which last until one of them is changed."""

from __future__ import annotations

from plugin_api.keeping import Keeping

_keeping = Keeping("crm")
kept, lasting, forget = _keeping.kept, _keeping.lasting, _keeping.forget
