"""The kit's fixtures, for the contracts of the bundled plugins."""

from plugin_api.testing import contract_world, installation, own_plugins

__all__ = ["contract_world", "installation", "own_plugins"]
