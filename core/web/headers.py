"""Headers that every answer carries."""

from __future__ import annotations

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS = "geolocation=(), camera=(), microphone=(), payment=(), usb=()"
"""What no page asks the browser for. A page that does says so in a header of its own."""

USUAL = tuple(
    (name, name.lower(), value)
    for name, value in (
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", PERMISSIONS),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    )
)


def secure(answer: Response) -> Response:
    """Forbid what no page of ours does, and keep pages of people out of shared caches."""
    headers = answer.headers
    # Looked through once: asked for each name, they would be looked through as often.
    given = {name.lower() for name, _ in headers}
    for name, lower, value in USUAL:
        if lower not in given:
            headers.add(name, value)
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return answer


def install(app: Flask) -> None:
    """Have every answer of the application carry them."""
    app.after_request(secure)
