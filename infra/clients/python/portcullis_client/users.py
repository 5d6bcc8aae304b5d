"""Calls between sign-ins, as steps. Which of them a key opens is a matter of its scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from .calls import Calls, Steps

if TYPE_CHECKING:
    from .wire import (
        ActivityView,
        ActorRequest,
        ContactKept,
        ContactRecord,
        OptInDone,
        ResetDone,
        UserErased,
        UserView,
    )


def _by(user: str) -> str:
    return f"?id={quote(user, safe='')}"


class UserSteps:
    """The steps of the calls on one user."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def put_user(self, record: ContactRecord) -> Steps[ContactKept]:
        return self._calls.call("PUT", "/v1/user", record, "harmless")

    def get_user(self, user: str) -> Steps[UserView]:
        return self._calls.call("GET", f"/v1/user{_by(user)}", None, "harmless")

    def activity(self, user: str) -> Steps[list[ActivityView]]:
        return self._calls.call("GET", f"/v1/user/activity{_by(user)}", None, "harmless")

    def enable_mfa(self, user: str) -> Steps[OptInDone]:
        body = {"id": user, "confirm": True}
        return self._calls.call("POST", "/v1/user/opt-in", body, "counted")

    def unset_default(self, user: str) -> Steps[UserView]:
        return self._calls.call("DELETE", f"/v1/user/default{_by(user)}", None, "harmless")

    def end_trust(self, user: str, browser: str | None) -> Steps[UserView]:
        one = "" if browser is None else f"&browser={quote(browser, safe='')}"
        path = f"/v1/user/trusted-browsers{_by(user)}{one}"
        return self._calls.call("DELETE", path, None, "harmless")

    def reset(self, user: str, actor: ActorRequest, reason: str) -> Steps[ResetDone]:
        body = {"id": user, "actor": actor, "reason": reason, "confirm": True}
        return self._calls.call("POST", "/v1/user/reset", body, "counted")

    def erase(self, user: str) -> Steps[UserErased]:
        return self._calls.call("DELETE", f"/v1/user{_by(user)}", None, "counted")
