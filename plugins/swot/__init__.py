from plugin_api import Plugin
from plugins.swot import hooks

plugin = Plugin(hooks)
