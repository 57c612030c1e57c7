"""What is read once a transaction, however many records are written in it."""

from __future__ import annotations

from plugin_api.keeping import Keeping

_keeping = Keeping("risk")
kept, put = _keeping.kept, _keeping.put
lasting, forget = _keeping.lasting, _keeping.forget
