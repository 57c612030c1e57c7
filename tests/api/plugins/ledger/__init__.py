"""A plugin of tests: every kind of field, a workflow and measures with known answers."""

from plugin_api import Plugin

from . import hooks

plugin = Plugin(hooks)
