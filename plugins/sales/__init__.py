from plugin_api import Plugin
from plugins.sales import hooks, hookspecs

plugin = Plugin(hooks, hookspecs)
