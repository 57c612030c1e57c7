"""The tables of logins beside people, teams and roles."""

from core.identity.attempts import Attempts
from core.identity.factors import RecoveryCode
from core.identity.links import LoginLink
from core.identity.models import ApiToken, Login, LoginSession
from core.identity.passkeys import Passkey
from core.identity.providers import SsoIdentity

MODELS = (Login, LoginSession, LoginLink, RecoveryCode, Passkey, ApiToken, Attempts, SsoIdentity)
