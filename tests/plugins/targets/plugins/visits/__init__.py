"""A plugin of tests: its measures become targets without a line in targets."""

from plugin_api import Plugin

from . import hooks

plugin = Plugin(hooks)
