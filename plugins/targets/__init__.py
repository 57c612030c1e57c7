from plugin_api import Plugin
from plugins.targets import hooks

plugin = Plugin(hooks)
