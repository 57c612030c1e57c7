from plugin_api.plugin import Plugin
from plugins.pools import hooks

plugin = Plugin(hooks)
