from plugin_api import Plugin
from plugins.approvals import hooks

plugin = Plugin(hooks)
