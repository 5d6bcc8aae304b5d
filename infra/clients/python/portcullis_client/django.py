"""Django. The library itself needs no Django: this file takes its request as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .browser import Browser, Cookies

if TYPE_CHECKING:
    from .client import Portcullis


def browser_of(portcullis: Portcullis, request: Any, *, plain_http: bool = False) -> Browser:
    """Returns the browser that sent a request of Django. `REMOTE_ADDR` must be its address, not a proxy's."""
    cookies = Cookies(
        held=request.COOKIES,
        query=request.META.get("QUERY_STRING", ""),
        ip=request.META.get("REMOTE_ADDR"),
        user_agent=request.META.get("HTTP_USER_AGENT"),
        plain_http=plain_http,
    )
    return Browser(portcullis, cookies)
