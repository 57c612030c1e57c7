"""What service remembers while it writes."""

from plugin_api.keeping import Keeping

_KEEPING = Keeping("service")
kept = _KEEPING.kept
lasting = _KEEPING.lasting
forget = _KEEPING.forget
put = _KEEPING.put
