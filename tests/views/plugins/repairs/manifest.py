from plugin_api.manifest import Manifest

manifest = Manifest(
    id="repairs",
    name="Repairs",
    version="0.1.0",
    summary="Repairs and bays, shown as a list, a board and a calendar.",
)
