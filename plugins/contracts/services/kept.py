"""What contracts remember while they are written."""

from __future__ import annotations

from plugin_api.keeping import Keeping

_keeping = Keeping("contracts")
kept, put = _keeping.kept, _keeping.put
