"""The contract for plugin writers. What ``__all__`` names is stable; all else is private."""

from plugin_api.host import host
from plugin_api.manifest import Manifest
from plugin_api.plugin import Plugin, for_models, hookimpl, hookspec

API_VERSION = 1

__all__ = ["API_VERSION", "Manifest", "Plugin", "for_models", "hookimpl", "hookspec", "host"]
