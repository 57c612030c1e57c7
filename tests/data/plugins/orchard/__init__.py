"""A plugin of tests: what the ledger does not have."""

from plugin_api import Plugin

from . import hooks

plugin = Plugin(hooks)
