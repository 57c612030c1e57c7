from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="training",
    name=_("Training"),
    version="0.1.0",
    summary=_("Skills, courses, quizzes, certificates, coaching, careers, and whether it worked."),
    soft_depends=("catalog", "crm", "sales", "activities", "targets", "plans"),
    category=_("People"),
    icon="mortarboard",
)
