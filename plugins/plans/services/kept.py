"""What is read once a transaction, however many records are written in it."""

from __future__ import annotations

from plugin_api.keeping import Keeping

_keeping = Keeping("plans")
kept, put, forget = _keeping.kept, _keeping.put, _keeping.forget
