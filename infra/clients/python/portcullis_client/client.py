"""The client without `await`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

import httpx

from .assertion import Result
from .calls import LONGEST_ANSWER, Answer, Request, Steps, Wait
from .config import Config
from .steps import AtThePrompt, Opening, SignIns, Step, Typed
from .users import UserSteps

if TYPE_CHECKING:
    from .wire import (
        ActivityView,
        ActorRequest,
        ContactKept,
        ContactRecord,
        OptInDone,
        ResetDone,
        UserErased,
        UserFields,
        UserView,
    )

T = TypeVar("T")


class Portcullis:
    """A portal's client. Keep one for as long as the process lives.

    Its settings are those of `Config`: `service`, `issuer`, `portal`, `key`, and what may be left out.
    """

    def __init__(self, **settings: Any) -> None:
        config = Config(**settings)
        self._timeout = config.timeout
        self._http = httpx.Client(timeout=config.timeout, follow_redirects=False)
        self._sign_ins = SignIns(config)
        self._users = UserSteps(self._sign_ins.calls)

    @overload
    def open(self, user: UserFields | str, *, return_url: str, **opening: Any) -> AtThePrompt: ...
    @overload
    def open(self, user: UserFields | str, **opening: Any) -> Step: ...
    def open(self, user: UserFields | str, **opening: Any) -> AtThePrompt | Step:
        """Opens a sign-in, after the password. The rest of what is opened are the members of `Opening`."""
        return self._run(self._sign_ins.open(user, Opening(**opening)))

    @overload
    def finish(
        self, pending: str | None, returned: Typed, *, event: str | None = None, intent: str | None = None
    ) -> Step: ...
    @overload
    def finish(
        self,
        pending: str | None,
        returned: str | Mapping[str, Any],
        *,
        event: str | None = None,
        intent: str | None = None,
    ) -> Result: ...
    def finish(
        self,
        pending: str | None,
        returned: Typed | str | Mapping[str, Any],
        *,
        event: str | None = None,
        intent: str | None = None,
    ) -> Step | Result:
        """Finishes a sign-in: with the query of the return URL, or with what was typed on a screen of your own.

        `pending` is what `open` gave this browser: the state of another browser is refused. An event that signs nobody
        in, such as `manage`, is finished only if it is named, and `step_up` if its intent is, too.
        """
        if isinstance(returned, Typed):
            return self._run(self._sign_ins.type(pending, returned, event, intent))
        return self._run(self._sign_ins.redeem(pending, returned, event, intent))

    def look(
        self, pending: str | None, *, event: str | None = None, intent: str | None = None
    ) -> Step:
        """Shows a sign-in on the portal's own screens again, after a reload."""
        return self._run(self._sign_ins.look(pending, event, intent))

    def check(
        self,
        assertion: str,
        *,
        user: str,
        nonce: str,
        event: str = "login",
        acr: str | None = None,
        text: str | None = None,
        proven_since: int | None = None,
    ) -> Result:
        """Checks an assertion. `finish` has done so with every result."""
        return self._run(self._sign_ins.check(assertion, user, nonce, event, acr, text, proven_since))

    def put_user(self, record: ContactRecord) -> ContactKept:
        """Replaces the contact record: what is left out is cleared."""
        return self._run(self._users.put_user(record))

    def get_user(self, user: str) -> UserView:
        """Reads what the user has bound, and the answer of the next sign-in."""
        return self._run(self._users.get_user(user))

    def activity(self, user: str) -> list[ActivityView]:
        """Reads the user's last entries, ready to show."""
        return self._run(self._users.activity(user))

    def enable_mfa(self, user: str) -> OptInDone:
        """Clears a skip, once the user was asked and confirmed. Sign the user out then."""
        return self._run(self._users.enable_mfa(user))

    def unset_default(self, user: str) -> UserView:
        """Un-sets "always use email"."""
        return self._run(self._users.unset_default(user))

    def end_trust(self, user: str, browser: str | None = None) -> UserView:
        """Ends trust in one of the user's browsers, by its id, or in all of them."""
        return self._run(self._users.end_trust(user, browser))

    def reset(self, user: str, *, actor: ActorRequest, reason: str) -> ResetDone:
        """Resets a user, once an admin of yours was asked and confirmed. No user resets themselves."""
        return self._run(self._users.reset(user, actor, reason))

    def erase(self, user: str) -> UserErased:
        """Erases everything known of a user."""
        return self._run(self._users.erase(user))

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, steps: Steps[T]) -> T:
        try:
            todo = next(steps)
            while True:
                todo = steps.send(self._do(todo))
        except StopIteration as done:
            result: T = done.value
            return result

    def _do(self, todo: Request | Wait) -> Answer:
        if isinstance(todo, Wait):
            time.sleep(todo.seconds)
            return Answer(0)
        ends, body = time.monotonic() + self._timeout, b""
        try:
            with self._http.stream(todo.method, todo.url, headers=todo.headers, content=todo.body) as answer:
                for chunk in answer.iter_bytes():
                    body += chunk
                    # The time limit of httpx begins anew with each part of an answer.
                    if time.monotonic() > ends or len(body) > LONGEST_ANSWER:
                        return Answer(0)
        except (httpx.HTTPError, httpx.InvalidURL):
            return Answer(0)
        return Answer(answer.status_code, body, answer.headers.get("retry-after", ""))
