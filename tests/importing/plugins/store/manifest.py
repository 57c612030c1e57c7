from plugin_api.manifest import Manifest

manifest = Manifest(id="store", name="Store", version="0.1.0", summary="Places and what is there.")
