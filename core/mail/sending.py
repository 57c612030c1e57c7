"""Handing a message to the mail server, or to a folder while one develops."""

from __future__ import annotations

import secrets
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from pathlib import Path

from flask import current_app

from core.config import Config
from plugin_api.context import gettext, now
from plugin_api.errors import Rejected

SECONDS = 30
"""How long the server may take for one answer."""


def is_on() -> bool:
    """Whether the installation sends mail."""
    return _config().mail != "off"


def send(to: str, subject: str, text: str, html: str) -> None:
    """Send one message. Raises Rejected for what will not go better another time, and OSError or
    SMTPException for what may."""
    config = _config()
    message = EmailMessage(policy=SMTP)
    try:
        message["To"] = Address(addr_spec=to)
        message["From"] = config.mail_from or f"xiaoguan@{config.mail_server or 'localhost'}"
    except (ValueError, IndexError) as error:
        raise Rejected("to", gettext("This is no address for mail.")) from error
    message["Subject"] = " ".join(subject.split())
    message["Date"] = formatdate(now().timestamp())
    message["Message-ID"] = make_msgid(domain="xiaoguan.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    if config.mail == "folder":
        _put(config.instance / "mail", message)
        return
    try:
        _send(config, message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _text in error.recipients.values()}
        if all(code >= 500 for code in codes):
            raise Rejected("to", gettext("The mail server does not take this address.")) from None
        raise


def _send(config: Config, message: EmailMessage) -> None:
    context = ssl.create_default_context()
    if config.mail_tls == "tls":
        opened: smtplib.SMTP = smtplib.SMTP_SSL(
            config.mail_server, config.mail_port, timeout=SECONDS, context=context
        )
    else:
        opened = smtplib.SMTP(config.mail_server, config.mail_port, timeout=SECONDS)
    with opened as server:
        if config.mail_tls == "starttls":
            server.starttls(context=context)
        if config.mail_user:
            server.login(config.mail_user, config.mail_password)
        server.send_message(message)


def _put(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.eml"
    (folder / name).write_bytes(message.as_bytes())


def _config() -> Config:
    config: Config = current_app.extensions["xiaoguan.config"]
    return config
