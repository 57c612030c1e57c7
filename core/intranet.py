"""Which addresses of the network are public, and which others an installation may ask."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from flask import Flask

from core.config import Config

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# The first two for protocols; the others carry an IPv4 address that no router on the way looks at,
# or are not given out. Versions of Python differ in what they say of them.
_NO_PLACE = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "::/96", "2001::/32", "2002::/16", "64:ff9b:1::/48",
         "fec0::/10"),
    )
)  # fmt: skip
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class Intranet:
    """Names and networks of an installation's own that may be asked, from its settings.

    ``text`` holds them with commas: ``id.acme.internal, 10.20.0.0/16``. A network counts for
    what a name leads to. Raises ValueError for a network that is none.
    """

    def __init__(self, text: str = "") -> None:
        parts = [part.strip().lower() for part in text.split(",") if part.strip()]
        networks = [part for part in parts if "/" in part or _address(part) is not None]
        self.networks: tuple[Network, ...] = tuple(map(ipaddress.ip_network, networks))
        self.names = frozenset(parts) - frozenset(networks)

    def has(self, name: str, address: Address) -> bool:
        """Whether ``name``, which leads to ``address``, is one of them."""
        return name.lower().rstrip(".") in self.names or _is_in(_embedded(address), self.networks)


def is_public(address: Address) -> bool:
    """Whether everybody on the internet reaches the same machine by it."""
    address = _embedded(address)
    if _is_in(address, _NO_PLACE):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def install(app: Flask, config: Config) -> None:
    """Read the setting, so that a wrong one is found at the start. Raises ValueError."""
    app.extensions["xiaoguan.intranet"] = Intranet(config.intranet)


def _is_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _embedded(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, where packets really go there."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _TRANSLATED:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
