"""Multi-factor authentication by Portcullis for a portal's back end: open, finish, check."""

from .assertion import Result, is_session_ended
from .async_client import AsyncPortcullis
from .browser import AsyncBrowser, Browser, Cookies
from .client import Portcullis
from .config import Config
from .errors import (
    SENTENCES,
    AssertionRefused,
    NotSignedIn,
    PendingRefused,
    PortcullisError,
    Refused,
    Unavailable,
)
from .steps import AtThePrompt, Opening, Step, Typed
from .version import VERSION

__all__ = [
    "SENTENCES",
    "VERSION",
    "AssertionRefused",
    "AsyncBrowser",
    "AsyncPortcullis",
    "AtThePrompt",
    "Browser",
    "Config",
    "Cookies",
    "NotSignedIn",
    "Opening",
    "PendingRefused",
    "Portcullis",
    "PortcullisError",
    "Refused",
    "Result",
    "Step",
    "Typed",
    "Unavailable",
    "is_session_ended",
]
