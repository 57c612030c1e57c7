from plugin_api import Plugin
from xiaoguan_samples import hooks

plugin = Plugin(hooks)
