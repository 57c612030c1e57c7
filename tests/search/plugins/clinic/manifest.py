from plugin_api.manifest import Manifest

manifest = Manifest(id="clinic", name="Clinic", version="1.0.0", summary="Patients and rooms.")
