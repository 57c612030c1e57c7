from plugin_api.plugin import Plugin
from plugins.segments import hooks

plugin = Plugin(hooks)
