from plugin_api.manifest import Manifest

manifest = Manifest(id="shed", name="Shed", version="0.1.0", summary="Where things are made.")
