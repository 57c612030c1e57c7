from plugin_api import Plugin
from plugins.plans import hooks, hookspecs

plugin = Plugin(hooks, hookspecs)
