"""A sign-in that waits for its browser.

The value is sealed, so that it can lie in a cookie: nobody can read or make one.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .config import Config
from .errors import PendingRefused

Mode = Literal["prompt", "screens"]

NONCE_BYTES = 12
KEY_BYTES = 32
# The events that sign somebody in. A result of another one is for nothing else: it has to be asked for by its name.
SIGN_INS = ("login", "invitation")


@dataclass(frozen=True)
class Pending:
    """The facts of a sign-in that its end is compared with."""

    mode: Mode
    # The id of the sign-in.
    id: str
    # Comes back as `state`, and in the assertion.
    nonce: str
    user: str
    event: str
    # Seconds since the Unix epoch.
    expires_at: int
    # A step-up: the least that its proof has to be, and what the user is about to do.
    acr: str | None = None
    intent: str | None = None
    # A step-up: the text that the user confirms.
    text: str | None = None
    # An opening with a `max_age`: the earliest moment that its proof may be of.
    proven_since: int | None = None
    # Its result was given: what follows in the same sign-in brings no other one.
    has_result: bool = False

    def is_asked(self, event: str | None, intent: str | None) -> bool:
        if event is None:
            return self.event in SIGN_INS and intent is None
        if self.event != event:
            return False
        return self.event != "step_up" or (bool(intent) and self.intent == intent)


class PendingSeal:
    """Seals and opens pending values."""

    def __init__(self, config: Config) -> None:
        self._config = config
        # A pending value is worth nothing at another portal, even under the same secret.
        self._purpose = f"portcullis pending v1 {config.portal}".encode()
        secret = (config.pending_secret or config.key).encode()
        self._sealer = AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=self._purpose).derive(secret))

    def seal(self, pending: Pending) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._sealer.encrypt(nonce, json.dumps(asdict(pending)).encode(), self._purpose)
        return urlsafe_b64encode(nonce + sealed).rstrip(b"=").decode()

    def open(
        self, sealed: str | None, mode: Mode, event: str | None = None, intent: str | None = None
    ) -> Pending:
        """Opens the pending value of this browser.

        Nobody can finish a sign-in without one, or with one of another event or for another intent.
        """
        if not sealed:
            raise self.refused("no_pending")
        try:
            whole = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
            opened = self._sealer.decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], self._purpose)
            pending = Pending(**json.loads(opened))
        except (InvalidTag, ValueError, TypeError):
            raise self.refused("pending_refused") from None
        if self._config.now() >= pending.expires_at:
            raise self.refused("pending_over")
        if pending.mode != mode or not pending.is_asked(event, intent):
            raise self.refused("wrong_step")
        return pending

    def refused(self, code: str) -> PendingRefused:
        return PendingRefused(code, self._config.say(code))
