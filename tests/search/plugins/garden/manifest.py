from plugin_api.manifest import Manifest

manifest = Manifest(id="garden", name="Garden", version="1.0.0", summary="Plants.")
