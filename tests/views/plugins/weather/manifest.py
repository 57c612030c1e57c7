from plugin_api.manifest import Manifest

manifest = Manifest(
    id="weather",
    name="Weather",
    version="0.1.0",
    summary="Says how warm it is beside repairs.",
    soft_depends=("repairs",),
)
