from plugins.wrong import hooks

from plugin_api import Plugin

plugin = Plugin(hooks)
