from plugin_api import Plugin

from . import hooks

plugin = Plugin(hooks)
