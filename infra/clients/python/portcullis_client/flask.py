"""Flask. The library itself needs no Flask: this file takes its request as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .browser import Browser, Cookies

if TYPE_CHECKING:
    from .client import Portcullis


def browser_of(portcullis: Portcullis, request: Any, *, plain_http: bool = False) -> Browser:
    """Returns the browser that sent a request of Flask. Behind a proxy, `ProxyFix` tells its address."""
    cookies = Cookies(
        held=request.cookies,
        query=request.query_string.decode("ascii", "replace"),
        ip=request.remote_addr,
        user_agent=request.headers.get("User-Agent"),
        plain_http=plain_http,
    )
    return Browser(portcullis, cookies)
