"""A plugin of tests: repairs that move through the bays of a workshop."""

from plugin_api import Plugin

from . import hooks

plugin = Plugin(hooks)
