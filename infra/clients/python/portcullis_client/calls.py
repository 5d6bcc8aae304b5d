"""One HTTP call: its one repetition, and its refusals.

The steps of a call are generators that yield what is to be done, so that the client with and the one without `await`
share them.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from .config import Config
from .errors import PortcullisError, Refused, Unavailable
from .version import USER_AGENT
from .wire import DETAIL_IS_FOR_USERS

T = TypeVar("T")


@dataclass(frozen=True)
class Request:
    """A request to send."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None


@dataclass(frozen=True)
class Wait:
    """A wait, in seconds."""

    seconds: float


@dataclass(frozen=True)
class Answer:
    """The answer to a request: the status is 0 if there was none."""

    status: int
    body: bytes = b""
    retry_after: str = ""


Steps = Generator[Request | Wait, Answer, T]

# `harmless`: the same call again has the same answer. `counted`: the same call again could count a guess or send a message
# twice, so it is repeated only if it is sure that nothing was done.
Repeat = Literal["harmless", "counted"]

# Waits are never longer than this: a browser is waiting.
LONGEST_WAIT = 2.0
SHORT_WAIT = 0.2
# Bytes: longer answers are not of this service.
LONGEST_ANSWER = 1 << 20
SUCCESSES = (200, 201, 202)


def _wait(failure: PortcullisError, repeat: Repeat) -> float | None:
    """Returns the seconds after which a failed call is made once more, or None if it is not."""
    match failure:
        case Unavailable(retry_after=after) if repeat == "harmless":
            seconds = SHORT_WAIT if after is None else float(after)
        # Nothing was written: other requests for this user came first, every time.
        case Refused(code="conflict", retry_after=after):
            seconds = SHORT_WAIT if after is None else float(after)
        case _:
            return None
    return seconds if seconds <= LONGEST_WAIT else None


class Calls:
    """The calls of a portal."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def call(self, method: str, path: str, body: object, repeat: Repeat) -> Steps[Any]:
        """Makes a call with the portal's key. A success is 200, 201 or 202, and nothing else is."""
        headers = {"authorization": f"Bearer {self._config.key}", "accept": "application/json", "user-agent": USER_AGENT}
        content = None
        if body is not None:
            headers["content-type"] = "application/json"
            content = json.dumps(body).encode()
        request = Request(method, self._config.service + path, headers, content)
        return (yield from self._repeated(request, repeat))

    def read(self, path: str) -> Steps[Any]:
        """Reads what is public. The key stays here."""
        request = Request("GET", self._config.service + path, {"user-agent": USER_AGENT}, None)
        return (yield from self._repeated(request, "harmless"))

    def unavailable(self, status: int, retry_after: int | None = None) -> Unavailable:
        return Unavailable(self._config.say("unavailable"), status, retry_after)

    def _repeated(self, request: Request, repeat: Repeat) -> Steps[Any]:
        try:
            return self._understood((yield request))
        except PortcullisError as failure:
            seconds = _wait(failure, repeat)
            if seconds is None:
                raise
        yield Wait(seconds)
        return self._understood((yield request))

    def _understood(self, answer: Answer) -> Any:
        after = int(answer.retry_after) if answer.retry_after.isascii() and answer.retry_after.isdigit() else None
        try:
            body = json.loads(answer.body)
        except ValueError:
            raise self.unavailable(answer.status, after) from None
        if answer.status in SUCCESSES:
            return body
        if not isinstance(body, dict) or not all(isinstance(body.get(name), str) for name in ("code", "detail")):
            raise self.unavailable(answer.status, after)
        if body["code"] == "unavailable":
            raise Unavailable(body["detail"], answer.status, body.get("retry_after") or after)
        # A refusal of the same status may be one that trying again soon does not help: `newer_release`.
        # A sentence that is not for users stays with the error, for the log. What a user mistyped comes with the sign-in
        # to show again.
        is_typed = body["code"] == "bad_request" and bool(body.get("sign_in"))
        is_for_users = is_typed or body["code"] in DETAIL_IS_FOR_USERS
        raise Refused(body, body["detail"] if is_for_users else self._config.say("refused"))  # type: ignore[arg-type]
