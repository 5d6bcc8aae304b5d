"""FastAPI and Starlette. The library itself needs neither: this file takes their request as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .browser import AsyncBrowser, Cookies

if TYPE_CHECKING:
    from .async_client import AsyncPortcullis


def browser_of(portcullis: AsyncPortcullis, request: Any, *, plain_http: bool = False) -> AsyncBrowser:
    """Returns the browser that sent a request. Behind a proxy, `ProxyHeadersMiddleware` tells its address."""
    cookies = Cookies(
        held=request.cookies,
        query=request.url.query,
        ip=request.client.host if request.client else None,
        user_agent=request.headers.get("user-agent"),
        plain_http=plain_http,
    )
    return AsyncBrowser(portcullis, cookies)
