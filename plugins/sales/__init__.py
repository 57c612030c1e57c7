from plugin_api import Plugin
from plugins.sales import hooks

plugin = Plugin(hooks)
