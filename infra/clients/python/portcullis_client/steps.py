"""The three verbs, as steps: what is sent, what is waited for, what comes of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

from . import assertion as assertions
from .assertion import STRENGTHS, Result
from .calls import Calls, Repeat, Steps
from .config import Config, is_private
from .errors import NotSignedIn, Refused, Unavailable
from .keys import KeySet
from .pending import Mode, Pending, PendingSeal

if TYPE_CHECKING:
    from .wire import SignInView

# Actions that may send a message or store something, but judge no code.
JUDGES_NOTHING = ("challenge", "enrolment", "skip", "settings")
# Actions that take the text that the user confirms: a view that was read again does not have it.
TAKES_A_TEXT = ("challenge", "verify")
ACTIONS = ("verify", "enrolment/confirm", *JUDGES_NOTHING)
LEFT = ("left", "over", "dead", "locked", "denied", "check_email")
# Seconds for which a sign-in may outlive the moment that its opening named: a result waits for its browser.
OUTLIVES = 900


@dataclass(frozen=True)
class AtThePrompt:
    """Where to send the browser, and what it has to hold until it is back."""

    prompt_url: str
    # Keep it in the session of this browser, and nowhere else. `finish` takes it.
    pending: str


@dataclass(frozen=True)
class Step:
    """The portal's own screens: with a result the user is in, and without one there is a view to show.

    Who is in may still have something to do in the same sign-in, by the form or the links of the view, or recovery codes to
    keep: then there is a `pending`, too. The steps that follow have a view and no result, for a session begins once;
    without a `pending` there is nothing left to do. Only the event `manage` has a result with each step.
    """

    view: SignInView
    result: Result | None = None
    pending: str | None = None
    browser_token: str | None = None


@dataclass(frozen=True)
class Typed:
    """What the user did on the portal's own screen: the `action` and the `body` of the view's form or link."""

    action: str
    body: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What is opened: with a `return_url` the hosted prompt asks, without one your own screens do."""

    event: str = "login"
    # With the event `step_up`: the least that the proof has to be, `delivered` if not given.
    acr: str | None = None
    # With the event `step_up`, and needed there: what the user is about to do, as in `payment 4711`. Only that is finished.
    intent: str | None = None
    # With the event `step_up`: what the user confirms, as in `Pay EUR 250.00 to ACME`. The user sees it before anything
    # else, and the assertion has to be of it.
    text: str | None = None
    # With the event `login`: the seconds for which the proof of a trusted browser counts, and with 0 it never counts. It
    # asks for no proof: a user who skips gets in all the same.
    max_age: int | None = None
    return_url: str | None = None
    # The `ticket` of a mailed link to enrol again.
    ticket: str | None = None
    # The address and the `User-Agent` of the browser: `ip` and `user_agent`.
    context: Mapping[str, str] | None = None
    # Your own screens: the last `browser_token` of this browser, from its own HttpOnly cookie.
    browser_token: str | None = None
    # Your own screens: the code of the app, if the login form asks for it beside the password.
    code: str | None = None

    def least_proof(self) -> str | None:
        """What a step-up is for has to be said: its result is good for nothing else."""
        if self.event != "step_up":
            if any(value is not None for value in (self.acr, self.intent, self.text)):
                raise ValueError("acr, intent and text are for the event step_up")
            return None
        if not self.intent:
            raise ValueError("a step-up needs an intent")
        if self.acr is not None and self.acr not in STRENGTHS:
            raise ValueError(f"acr is one of {', '.join(STRENGTHS)}")
        return self.acr or STRENGTHS[0]


    def proven_since(self, now: float) -> int | None:
        """Returns the earliest moment that the proof may be of."""
        if self.max_age is None:
            return None
        if self.event != "login":
            raise ValueError("max_age is for the event login")
        if isinstance(self.max_age, bool) or not isinstance(self.max_age, int) or self.max_age < 0:
            raise ValueError("max_age is a whole number of seconds")
        return int(now) - self.max_age


def _values(returned: str | Mapping[str, Any]) -> dict[str, list[str]]:
    """Reads the query that the browser came back with, or a URL that ends in it."""
    if not isinstance(returned, str):
        return {name: value if isinstance(value, list) else [value] for name, value in returned.items()}
    parts = urlsplit(returned)
    return parse_qs(parts.query if "?" in returned else returned)


class SignIns:
    """The steps of opening, finishing and checking."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self.calls = Calls(config)
        self._keys = KeySet(self.calls, config)
        self._sealer = PendingSeal(config)

    def open(self, user: Mapping[str, Any] | str, opening: Opening) -> Steps[AtThePrompt | Step]:
        fields = {"id": user} if isinstance(user, str) else dict(user)
        nonce = secrets.token_urlsafe(16)
        acr, since = opening.least_proof(), opening.proven_since(self._config.now())
        wanted = {name: value for name, value in asdict(opening).items() if value is not None}
        code, intent = wanted.pop("code", None), wanted.pop("intent", None)
        request = {**wanted, "user": fields, "nonce": nonce}

        def pending(mode: Mode, view: SignInView) -> Pending:
            expires_at = view["expires_at"] + OUTLIVES
            asked = (acr, intent, opening.text, since)
            return Pending(mode, view["id"], nonce, fields["id"], opening.event, expires_at, *asked)

        if opening.return_url is None:
            view = yield from self._open_screens(request, code)
            return (yield from self._step(view, pending("screens", view)))
        view = yield from self._post("", request, "harmless")
        prompt_url = view.get("prompt_url") or ""
        if not is_private(prompt_url):
            raise self.calls.unavailable(201)
        return AtThePrompt(prompt_url, self._sealer.seal(pending("prompt", view)))

    def redeem(
        self, sealed: str | None, returned: str | Mapping[str, Any], event: str | None, intent: str | None
    ) -> Steps[Result]:
        pending, query = self._sealer.open(sealed, "prompt", event, intent), _values(returned)
        if query.get("state") != [pending.nonce]:
            raise self._sealer.refused("other_browser")
        codes = query.get("result_code", [])
        if len(codes) != 1 or not codes[0]:
            error = (query.get("error") or [""])[0]
            left = error if error in LEFT else "left"
            raise NotSignedIn(left, self._config.say(left))
        # The same code by the same key brings the same assertion for a minute.
        body = {"result_code": codes[0]}
        view = yield from self._post(f"/{quote(pending.id, safe='')}/result", body, "harmless")
        return (yield from self._check(view.get("assertion") or "", pending))

    def type(self, sealed: str | None, typed: Typed, event: str | None, intent: str | None) -> Steps[Step]:
        pending = self._sealer.open(sealed, "screens", event, intent)
        if typed.action not in ACTIONS:
            raise self._sealer.refused("wrong_step")
        path = f"/{quote(pending.id, safe='')}/{typed.action}"
        body = dict(typed.body)
        if pending.text is not None and typed.action in TAKES_A_TEXT:
            body["text"] = pending.text
        try:
            view = yield from self._post(path, body, "counted")
        except (Refused, Unavailable) as failure:
            view = yield from self._after(pending, typed.action, failure)
        return (yield from self._step(view, pending))

    def look(self, sealed: str | None, event: str | None, intent: str | None) -> Steps[Step]:
        pending = self._sealer.open(sealed, "screens", event, intent)
        view = yield from self._read(pending)
        return (yield from self._step(view, pending))

    def check(
        self,
        assertion: str,
        user: str,
        nonce: str,
        event: str,
        acr: str | None,
        text: str | None,
        proven_since: int | None,
    ) -> Steps[Result]:
        expected = (user, nonce, event, acr, text, proven_since)
        return (yield from assertions.check(self._config, self._keys, assertion, *expected))

    def _check(self, assertion: str, pending: Pending) -> Steps[Result]:
        expected = (pending.user, pending.nonce, pending.event, pending.acr, pending.text, pending.proven_since)
        return (yield from self.check(assertion, *expected))

    def _after(self, pending: Pending, action: str, failure: Refused | Unavailable) -> Steps[SignInView]:
        """Reads the sign-in: a call that may have been carried out is not made again."""
        is_done = isinstance(failure, Refused) and failure.code in ("sign_in_done", "another_step")
        if isinstance(failure, Refused) and not is_done:
            raise failure
        try:
            view = yield from self._read(pending)
        except (Refused, Unavailable):
            raise failure from None
        if is_done or view.get("assertion") or action in JUDGES_NOTHING:
            return view
        raise Unavailable(failure.message, failure.status, failure.retry_after, view) from failure

    def _open_screens(self, request: dict[str, Any], code: str | None) -> Steps[SignInView]:
        """A code could be counted twice: the second opening has none, and finds the same sign-in."""
        if code is None:
            return (yield from self._post("", request, "harmless"))
        try:
            return (yield from self._post("", {**request, "code": code}, "counted"))
        except Unavailable:
            return (yield from self._post("", request, "counted"))

    def _step(self, view: SignInView, pending: Pending) -> Steps[Step]:
        # The service shows new recovery codes again for as long as the assertion is valid: a reload must not lose them.
        goes_on = view.get("input") or view.get("settings") or view.get("links") or view.get("recovery_codes")
        if pending.has_result:
            # Who holds this browser now may be somebody else: a session begins once.
            shown: SignInView = {**view, "assertion": None, "browser_token": None}
            return Step(shown, pending=self._sealer.seal(pending) if goes_on else None)
        assertion = view.get("assertion")
        if not assertion:
            return Step(view, pending=self._sealer.seal(pending))
        result = yield from self._check(assertion, pending)
        after = self._sealer.seal(replace(pending, has_result=pending.event != "manage"))
        return Step(view, result, after if goes_on else None, view.get("browser_token"))

    def _read(self, pending: Pending) -> Steps[SignInView]:
        path = f"/v1/sign-ins/{quote(pending.id, safe='')}"
        return self._view((yield from self.calls.call("GET", path, None, "harmless")))

    def _post(self, path: str, body: dict[str, Any], repeat: Repeat) -> Steps[SignInView]:
        return self._view((yield from self.calls.call("POST", f"/v1/sign-ins{path}", body, repeat)))

    def _view(self, answer: Any) -> SignInView:
        is_view = isinstance(answer, dict) and isinstance(answer.get("id"), str)
        if not is_view or not isinstance(answer.get("expires_at"), int):
            raise self.calls.unavailable(200)
        view: SignInView = answer
        return view
