"""A browser and its cookies: it holds its own pending value, and the token by which it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, overload

from .assertion import Result
from .errors import PortcullisError, Unavailable
from .steps import AtThePrompt, Step, Typed

if TYPE_CHECKING:
    from .async_client import AsyncPortcullis
    from .client import Portcullis
    from .wire import UserFields

PENDING = "portcullis-pending"
BROWSER = "portcullis-browser"
# Seconds: a little longer than any sign-in lasts.
PENDING_SECONDS = 1_800
BROWSER_SECONDS = 180 * 86_400

# Any response with the `set_cookie` that Flask, Django and Starlette share.
R = TypeVar("R")


@dataclass
class Cookies:
    """The parts of a request that a framework's file hands over, and the cookies to set."""

    held: Mapping[str, str]
    # The query that the browser came with.
    query: str
    ip: str | None = None
    user_agent: str | None = None
    # Development over plain HTTP: cookies without `__Host-` and `Secure`.
    plain_http: bool = False
    to_set: dict[str, tuple[str, int]] = field(default_factory=dict)

    def name(self, name: str) -> str:
        """A cookie of this name cannot be planted by another host, or over plain HTTP."""
        return name if self.plain_http else f"__Host-{name}"

    def get(self, name: str) -> str | None:
        return self.held.get(self.name(name)) or None

    def keep(self, name: str, value: str, seconds: int) -> None:
        self.to_set[self.name(name)] = (value, seconds)

    def drop(self, name: str) -> None:
        self.keep(name, "", 0)

    def save(self, response: R) -> R:
        """Has the browser keep its cookies."""
        rest = {"path": "/", "httponly": True, "samesite": "Lax", "secure": not self.plain_http}
        for name, (value, seconds) in self.to_set.items():
            response.set_cookie(name, value, max_age=seconds, **rest)  # type: ignore[attr-defined]
        return response

    def opening(self, opening: dict[str, Any]) -> dict[str, Any]:
        """Adds what is known of the browser to what is opened."""
        context = {"ip": self.ip, "user_agent": self.user_agent} | dict(opening.get("context") or {})
        opening["context"] = {name: value for name, value in context.items() if value}
        if opening.get("return_url") is None:
            opening.setdefault("browser_token", self.get(BROWSER))
        return opening

    def after(self, done: AtThePrompt | Step) -> None:
        match done:
            case AtThePrompt(pending=pending) | Step(pending=str(pending)):
                self.keep(PENDING, pending, PENDING_SECONDS)
            case Step():
                self.drop(PENDING)
        if isinstance(done, Step) and done.browser_token is not None:
            self.keep(BROWSER, done.browser_token, BROWSER_SECONDS)

    def after_failure(self, failure: PortcullisError) -> None:
        """Drops the pending value of a sign-in that is over.

        After a failure of the service the same page can be loaded again. A state of another sign-in, or the page of
        another event, says nothing of the one that this browser holds: a planted link must not end it.
        """
        if not isinstance(failure, Unavailable) and failure.code not in ("conflict", "other_browser", "wrong_step"):
            self.drop(PENDING)


class Browser:
    """The browser that sent a request. `save` gives its cookies to the response."""

    def __init__(self, portcullis: Portcullis, cookies: Cookies) -> None:
        self._portcullis = portcullis
        self._cookies = cookies
        self.save = cookies.save

    @overload
    def open(self, user: UserFields | str, *, return_url: str, **opening: Any) -> AtThePrompt: ...
    @overload
    def open(self, user: UserFields | str, **opening: Any) -> Step: ...
    def open(self, user: UserFields | str, **opening: Any) -> AtThePrompt | Step:
        """Opens a sign-in, and has this browser keep its pending value."""
        opened: AtThePrompt | Step = self._portcullis.open(user, **self._cookies.opening(opening))
        self._cookies.after(opened)
        return opened

    @overload
    def finish(self, typed: Typed, *, event: str | None = None, intent: str | None = None) -> Step: ...
    @overload
    def finish(
        self, typed: None = None, *, event: str | None = None, intent: str | None = None
    ) -> Result: ...
    def finish(
        self, typed: Typed | None = None, *, event: str | None = None, intent: str | None = None
    ) -> Step | Result:
        """Finishes the sign-in that this browser holds: by the query it came with, or with what was typed.

        An event that signs nobody in, such as `manage`, is finished only if it is named, and `step_up` if its intent is,
        too.
        """
        pending = self._cookies.get(PENDING)
        if typed is not None:
            step = self._portcullis.finish(pending, typed, event=event, intent=intent)
            self._cookies.after(step)
            return step
        try:
            result = self._portcullis.finish(pending, self._cookies.query, event=event, intent=intent)
        except PortcullisError as failure:
            self._cookies.after_failure(failure)
            raise
        self._cookies.drop(PENDING)
        return result

    def look(self, *, event: str | None = None, intent: str | None = None) -> Step:
        """Shows the sign-in that this browser holds again."""
        step = self._portcullis.look(self._cookies.get(PENDING), event=event, intent=intent)
        self._cookies.after(step)
        return step

    def forget(self) -> None:
        """Has this browser forget the sign-in that it holds.

        Call it where users sign out: the next person at this browser must find nothing that goes on.
        """
        self._cookies.drop(PENDING)


class AsyncBrowser:
    """The browser that sent a request, for `async` code. `save` gives its cookies to the response."""

    def __init__(self, portcullis: AsyncPortcullis, cookies: Cookies) -> None:
        self._portcullis = portcullis
        self._cookies = cookies
        self.save = cookies.save

    @overload
    async def open(self, user: UserFields | str, *, return_url: str, **opening: Any) -> AtThePrompt: ...
    @overload
    async def open(self, user: UserFields | str, **opening: Any) -> Step: ...
    async def open(self, user: UserFields | str, **opening: Any) -> AtThePrompt | Step:
        """Opens a sign-in, and has this browser keep its pending value."""
        opened: AtThePrompt | Step = await self._portcullis.open(user, **self._cookies.opening(opening))
        self._cookies.after(opened)
        return opened

    @overload
    async def finish(self, typed: Typed, *, event: str | None = None, intent: str | None = None) -> Step: ...
    @overload
    async def finish(
        self, typed: None = None, *, event: str | None = None, intent: str | None = None
    ) -> Result: ...
    async def finish(
        self, typed: Typed | None = None, *, event: str | None = None, intent: str | None = None
    ) -> Step | Result:
        """Finishes the sign-in that this browser holds: by the query it came with, or with what was typed.

        An event that signs nobody in, such as `manage`, is finished only if it is named, and `step_up` if its intent is,
        too.
        """
        pending = self._cookies.get(PENDING)
        if typed is not None:
            step = await self._portcullis.finish(pending, typed, event=event, intent=intent)
            self._cookies.after(step)
            return step
        try:
            result = await self._portcullis.finish(pending, self._cookies.query, event=event, intent=intent)
        except PortcullisError as failure:
            self._cookies.after_failure(failure)
            raise
        self._cookies.drop(PENDING)
        return result

    async def look(self, *, event: str | None = None, intent: str | None = None) -> Step:
        """Shows the sign-in that this browser holds again."""
        step = await self._portcullis.look(self._cookies.get(PENDING), event=event, intent=intent)
        self._cookies.after(step)
        return step

    def forget(self) -> None:
        """Has this browser forget the sign-in that it holds.

        Call it where users sign out: the next person at this browser must find nothing that goes on.
        """
        self._cookies.drop(PENDING)
