from plugin_api.plugin import Plugin
from plugins.rewards import hooks

plugin = Plugin(hooks)
