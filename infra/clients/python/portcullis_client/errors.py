"""The errors of this library. The text of each is a sentence to show to the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .wire import OptionView, ProblemDocument, SignInView

_AGAIN = "This sign-in was not started in this browser. Sign in again."
_LATE = "This sign-in took too long. Sign in again."

# The library's own sentences, by code. `sentences` of a client replaces them, in the portal's language.
SENTENCES = {
    "unavailable": "We cannot check that it is you right now. Try again in a moment.",
    "refused": "Something went wrong with this sign-in. Sign in again, or ask for help.",
    "assertion_refused": "You are not signed in. Sign in again.",
    "no_pending": _AGAIN,
    "pending_refused": _AGAIN,
    "other_browser": _AGAIN,
    "pending_over": _LATE,
    "wrong_step": _AGAIN,
    "left": "You are not signed in.",
    "over": _LATE,
    "dead": "Too many codes were wrong. Sign in again.",
    "locked": "Too many codes were wrong. Try again later.",
    "denied": "You cannot sign in at the moment. Ask for help.",
    "check_email": "Open the link in the email that was sent to you.",
}


class PortcullisError(Exception):
    """Any error of this library. While one is raised, nobody is in."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        # Stable, for programs. Treat one that you do not know as any other.
        self.code = code
        self.message = message


class Refused(PortcullisError):
    """The service refused the call, with a problem document."""

    def __init__(self, problem: ProblemDocument, message: str) -> None:
        super().__init__(problem["code"], message)
        # The service's own sentence, for the log. It is the message, too, if it is one for users.
        self.detail: str = problem["detail"]
        self.status: int = problem.get("status", 0)
        self.attempts_left: int | None = problem.get("attempts_left")
        # Seconds until it makes sense to try again.
        self.retry_after: int | None = problem.get("retry_after")
        # The sign-in as it stands, to show under the sentence.
        self.sign_in: SignInView | None = problem.get("sign_in")
        # The other ways on offer, if one failed.
        self.options: list[OptionView] = problem.get("options", [])
        self.support: str | None = problem.get("support")
        self.request_id: str | None = problem.get("request_id")


class Unavailable(PortcullisError):
    """No answer, or none that can be understood. The call may have been carried out."""

    def __init__(
        self, message: str, status: int, retry_after: int | None = None, sign_in: SignInView | None = None
    ) -> None:
        super().__init__("unavailable", message)
        # The HTTP status, or 0 if there was no answer.
        self.status = status
        self.retry_after = retry_after
        # The sign-in as it stands, if it could be read afterwards.
        self.sign_in = sign_in


class PendingRefused(PortcullisError):
    """The browser does not hold the pending value of the sign-in that it wants to finish.

    The code is `no_pending`, `pending_refused`, `pending_over`, `other_browser` or `wrong_step`.
    """


class NotSignedIn(PortcullisError):
    """The browser came back from the prompt without a result: nobody is in.

    The code is `left`, `over`, `dead`, `locked`, `denied` or `check_email`.
    """


class AssertionRefused(PortcullisError):
    """The assertion is not one of this service for this portal, user and sign-in. The cause is for the log."""

    def __init__(self, message: str) -> None:
        super().__init__("assertion_refused", message)
