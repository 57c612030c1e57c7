from plugin_api.manifest import Manifest

manifest = Manifest(
    id="workshop",
    name="Workshop",
    version="0.1.0",
    summary="Jobs with every rule of the write path, for its tests.",
)
