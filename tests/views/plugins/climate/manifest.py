from plugin_api.manifest import Manifest

manifest = Manifest(
    id="climate",
    name="Climate",
    version="0.1.0",
    summary="Says how warm it is beside repairs.",
    soft_depends=("repairs",),
)
