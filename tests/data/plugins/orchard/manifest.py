from plugin_api.manifest import Manifest

manifest = Manifest(
    id="orchard",
    name="Orchard",
    version="0.1.0",
    summary="Fields that are never empty, a tree of references and narrowed ones, for queries.",
)
