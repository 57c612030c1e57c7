"""A plugin that keeps nothing of the contract."""

from plugin_api.manifest import Manifest

manifest = Manifest(id="wrong", name="Wrong", version="0.1.0", summary="All of it.")
