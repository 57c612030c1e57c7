from plugin_api.manifest import Manifest

manifest = Manifest(
    id="visits", name="Visits", version="0.1.0", summary="Visits and what they bring in."
)
