from plugin_api import Plugin
from plugins.activities import hooks

plugin = Plugin(hooks)
