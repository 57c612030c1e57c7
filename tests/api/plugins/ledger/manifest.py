from plugin_api.manifest import Manifest

manifest = Manifest(
    id="ledger",
    name="Ledger",
    version="0.1.0",
    summary="Sales and customers with every kind of field, for tests of figures and REST.",
)
