"""A plugin of tests that adds to the lists of another."""

from plugin_api import Plugin

from . import hooks

plugin = Plugin(hooks)
