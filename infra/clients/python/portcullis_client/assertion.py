"""The check of an assertion, and what it says."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NoReturn

import jwt

from .calls import Steps
from .config import Config
from .errors import AssertionRefused
from .keys import KeySet

# Seconds by which two clocks may differ.
TOLERANCE = 5
# The proofs that count for a step-up, and the weakest is first.
STRENGTHS = ("delivered", "app", "passkey")
ACR = "urn:portcullis:acr:"
NEEDED = ["iss", "aud", "exp", "nbf", "sub", "nonce", "event", "mfa"]


@dataclass(frozen=True, kw_only=True)
class Result:
    """A user who is in. Moments are seconds since the Unix epoch; treat a word that you do not know as another one."""

    user: str
    # `done`, `skipped`, `not_required`, `bypass` or `trusted_browser`.
    mfa: str
    # Absent if no code of a method was accepted.
    method: str | None
    # The last part of the claim: `none`, `bypass`, `fallback`, `delivered`, `app` and others.
    acr: str
    amr: tuple[str, ...]
    event: str | None
    reason: str | None
    # The moment of the proof; in a trusted browser, of the earlier one; without a proof (see `mfa`), of the answer.
    auth_time: int | None
    # Sessions of this user's own that began before this moment are to end.
    sessions_not_before: int | None
    generation: int | None
    # What the user changed, if the sign-in was for that.
    changed: tuple[str, ...] | None
    # Of a step-up with a text: True if the proof was of this text and of no other.
    text_bound: bool | None
    # The id of the sign-in: one sign-in, one assertion.
    sign_in: str | None
    # Everything that was signed.
    claims: Mapping[str, Any]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _moment(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _texts(value: object) -> tuple[str, ...] | None:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else None


def _result(claims: dict[str, Any], user: str, mfa: str) -> Result:
    return Result(
        user=user,
        mfa=mfa,
        method=_text(claims.get("method")),
        acr=(_text(claims.get("acr")) or "none").removeprefix(ACR),
        amr=_texts(claims.get("amr")) or (),
        event=_text(claims.get("event")),
        reason=_text(claims.get("reason")),
        auth_time=_moment(claims.get("auth_time")),
        sessions_not_before=_moment(claims.get("sessions_not_before")),
        generation=_moment(claims.get("generation")),
        changed=_texts(claims.get("changed")),
        text_bound=bound if isinstance(bound := claims.get("text_bound"), bool) else None,
        sign_in=_text(claims.get("jti")),
        claims=claims,
    )


def _is_strong_enough(claim: object, least: str) -> bool:
    if least not in STRENGTHS:
        return False
    return claim in [ACR + strength for strength in STRENGTHS[STRENGTHS.index(least) :]]


def _is_proven_since(claims: Mapping[str, Any], since: int) -> bool:
    """Returns True if the proof is of this moment or a later one, or if there was no proof to be old."""
    at = claims.get("auth_time")
    if at is None:
        return claims.get("mfa") != "trusted_browser"
    return _moment(at) is not None and at >= since - TOLERANCE


def _text_hash(text: str) -> str:
    """Returns the SHA-256 of a text, as the claim has it."""
    return urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()


def check(
    config: Config,
    keys: KeySet,
    assertion: str,
    user: str,
    nonce: str,
    event: str,
    acr: str | None,
    text: str | None,
    proven_since: int | None,
) -> Steps[Result]:
    """Checks signature, `iss`, `aud`, `exp`, `nbf`, `sub`, `nonce`, `event`, of a step-up `acr` and `text_sha256`, and age."""

    def refuse(why: str) -> NoReturn:
        raise AssertionRefused(config.say("assertion_refused")) from ValueError(why)

    if not user or not nonce:
        refuse("nothing is expected of it")
    try:
        kid = jwt.get_unverified_header(assertion).get("kid")
    except jwt.PyJWTError:
        refuse("it is no JWT")
    key = (yield from keys.find(kid)) if isinstance(kid, str) else None
    if key is None:
        refuse("its key is not one of the service")
    # The moments are compared below: the library would ask the system's clock.
    options = {"require": NEEDED, "verify_exp": False, "verify_nbf": False, "verify_iat": False}
    try:
        claims = jwt.decode(
            assertion, key, algorithms=["ES256"], issuer=config.issuer, audience=config.portal, options=options  # type: ignore[arg-type]
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        refuse(str(error))
    begins, ends, now = _moment(claims["nbf"]), _moment(claims["exp"]), config.now()
    if begins is None or ends is None or begins > now + TOLERANCE or now >= ends + TOLERANCE:
        refuse("it is not valid now")
    if claims["aud"] != config.portal:
        refuse("it is for several portals")
    if (claims["sub"], claims["nonce"]) != (user, nonce):
        refuse("it is of another sign-in")
    if claims["event"] != event:
        refuse("it is for another event")
    least = "delivered" if acr is None and event == "step_up" else acr
    if least is not None and not _is_strong_enough(claims.get("acr"), least):
        refuse("its proof is weaker than the one that was asked for")
    if claims.get("text_sha256") != (None if text is None else _text_hash(text)):
        refuse("it is for another text")
    if proven_since is not None and not _is_proven_since(claims, proven_since):
        refuse("its proof is older than was asked for")
    mfa = _text(claims["mfa"])
    if not mfa:
        refuse("it does not say what was done")
    return _result(claims, user, mfa)


def is_session_ended(session_started_at: datetime | float, since: Result | Mapping[str, Any] | float | None) -> bool:
    """Returns True for a session of the user's own that began before the last reset or erasure: end it.

    `since` is a result, what `get_user` answers, or the newest moment that you have kept for this user.
    """
    if isinstance(session_started_at, datetime):
        if session_started_at.tzinfo is None:
            raise ValueError("a session's start needs a time zone")
        session_started_at = session_started_at.timestamp()
    match since:
        case Result(sessions_not_before=moment):
            found: float | None = moment
        case Mapping():
            found = since.get("sessions_not_before")
        case _:
            found = since
    return found is not None and session_started_at < found
