"""A plugin of tests: jobs that move through a workflow, with owners, parts and shares."""

from plugin_api import Plugin

from . import hooks

plugin = Plugin(hooks)
