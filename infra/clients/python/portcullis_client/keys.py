"""The service's public keys."""

from __future__ import annotations

from typing import Any

import jwt

from .calls import Calls, Steps
from .config import Config

# Seconds for which the keys are kept, as the service says: then a key that was withdrawn is forgotten.
KEPT = 300
# Seconds between two fetches because of an unknown key.
PAUSE = 60


class KeySet:
    """The keys of `/.well-known/jwks.json`, and no others."""

    def __init__(self, calls: Calls, config: Config) -> None:
        self._calls = calls
        self._config = config
        self._keys: dict[str, Any] = {}
        self._fetched_at = float("-inf")
        self._asked_at = float("-inf")

    def find(self, kid: str) -> Steps[Any | None]:
        """Returns the key of this id, or None: then the assertion is not of this service."""
        now = self._config.now()
        if not 0 <= now - self._fetched_at < KEPT:
            yield from self._fetch()
        elif kid not in self._keys and now - self._asked_at >= PAUSE:
            self._asked_at = now
            yield from self._fetch()
        return self._keys.get(kid)

    def _fetch(self) -> Steps[None]:
        answer = yield from self._calls.read("/.well-known/jwks.json")
        keys = answer.get("keys") if isinstance(answer, dict) else None
        if not isinstance(keys, list):
            raise self._calls.unavailable(200)
        found = {}
        for key in keys:
            if (key.get("kty"), key.get("crv"), key.get("alg")) != ("EC", "P-256", "ES256"):
                continue
            point = {name: key[name] for name in ("kty", "crv", "x", "y")}
            found[key["kid"]] = jwt.PyJWK(point, algorithm="ES256").key
        self._keys, self._fetched_at = found, self._config.now()
