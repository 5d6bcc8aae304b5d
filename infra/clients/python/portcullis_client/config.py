"""The settings of a portal, checked once."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .errors import SENTENCES

LOCAL = ("localhost", "127.0.0.1", "::1")
SECRET_CHARACTERS = 32


def is_private(url: str) -> bool:
    """Returns True if what is sent to this address cannot be read on the way."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL))


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings of a client."""

    service: str
    issuer: str
    portal: str
    key: str = field(repr=False)
    timeout: float = 5.0
    pending_secret: str | None = field(default=None, repr=False)
    sentences: Mapping[str, str] = field(default_factory=dict)
    # Seconds since the Unix epoch.
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        for name in ("service", "issuer", "portal", "key"):
            if not getattr(self, name):
                raise ValueError(f"{name} is missing")
        if not is_private(self.service):
            raise ValueError("service must begin with https://")
        if self.pending_secret is not None and len(self.pending_secret) < SECRET_CHARACTERS:
            raise ValueError("pending_secret needs 32 characters or more")
        object.__setattr__(self, "service", self.service.rstrip("/"))

    def say(self, code: str) -> str:
        return self.sentences.get(code, SENTENCES[code])
