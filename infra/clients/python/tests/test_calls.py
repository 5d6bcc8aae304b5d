"""The calls that are made again, and those that are not."""

from __future__ import annotations

import inspect
import unittest
from collections.abc import Callable
from typing import Any

import httpx

from portcullis_client import (
    AsyncBrowser,
    AsyncPortcullis,
    Browser,
    Portcullis,
    PortcullisError,
    Refused,
    Typed,
    Unavailable,
)

VIEW = {"id": "si_acme_x", "status": "challenge", "expires_at": 4_000_000_000, "options": [], "links": [], "message": ""}
Answers = Callable[[], httpx.Response]


def problem(status: int, code: str, **others: Any) -> Answers:
    return lambda: httpx.Response(status, json={"status": status, "code": code, "detail": "Sorry.", **others})


def lost() -> httpx.Response:
    raise httpx.ReadError("lost")


class Service:
    """A service that opens sign-ins and answers everything else one way; `posts` counts what was posted after that."""

    def __init__(self, answer: Answers, *, also_openings: bool = False) -> None:
        self.posts = self.reads = 0
        self._answer, self._also_openings = answer, also_openings
        settings = {"service": "https://mfa.example", "issuer": "urn:test", "portal": "acme", "key": "pcl_acme_x"}
        self.portcullis = Portcullis(**settings)
        self.portcullis._http = httpx.Client(transport=httpx.MockTransport(self._ask))

    def _ask(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            self.reads += 1
            return httpx.Response(200, json=VIEW)
        if request.url.path.endswith("/sign-ins") and not self._also_openings:
            return httpx.Response(201, json=VIEW)
        self.posts += 1
        return self._answer()


# The answer, the error, and how often an opening and a code are posted.
CASES: list[tuple[str, Answers, type[PortcullisError], int, int]] = [
    ("a lost connection", lost, Unavailable, 2, 1),
    ("503 unavailable", problem(503, "unavailable"), Unavailable, 2, 1),
    ("503 unavailable for a minute", problem(503, "unavailable", retry_after=60), Unavailable, 1, 1),
    ("502 without a problem document", lambda: httpx.Response(502, text="<html>"), Unavailable, 2, 1),
    ("503 newer_release", problem(503, "newer_release"), Refused, 1, 1),
    ("409 conflict, where nothing was judged", problem(409, "conflict"), Refused, 2, 2),
    ("429 locked", problem(429, "locked", retry_after=1), Refused, 1, 1),
    ("429 over_share", problem(429, "over_share", retry_after=40), Refused, 1, 1),
    ("429 of the gateway itself", lambda: httpx.Response(429, json={"message": "Too Many Requests"}), Unavailable, 2, 1),
    ("403 code_wrong", problem(403, "code_wrong"), Refused, 1, 1),
]


class Calls(unittest.TestCase):
    def test_both_clients_and_both_browsers_have_the_same_calls(self) -> None:
        def calls(kind: type) -> dict[str, str]:
            public = {name: call for name, call in vars(kind).items() if not name.startswith("_")}
            return {name: str(inspect.signature(call)) for name, call in public.items() if name not in ("close", "aclose")}

        self.assertEqual(calls(Portcullis), calls(AsyncPortcullis))
        self.assertEqual(calls(Browser), calls(AsyncBrowser))

    def test_what_has_the_same_answer_twice_is_asked_twice_and_nothing_else(self) -> None:
        for name, answer, error, openings, codes in CASES:
            with self.subTest(name):
                service = Service(answer, also_openings=True)
                self.assertRaises(error, service.portcullis.open, "anna")
                self.assertEqual(service.posts, openings)
                service = Service(answer)
                pending = service.portcullis.open("anna").pending
                self.assertRaises(error, service.portcullis.finish, pending, Typed("verify", {"code": "123456"}))
                self.assertEqual(service.posts, codes)
                self.assertEqual(service.reads, int(error is Unavailable), "what may have been judged is read")

    def test_a_success_that_is_none_is_no_way_in(self) -> None:
        bodies: list[Any] = [{}, None, {**VIEW, "id": 1}]
        answers: list[Answers] = [lambda body=body: httpx.Response(201, json=body) for body in bodies]  # type: ignore[misc]
        for answer in [*answers, lambda: httpx.Response(204)]:
            self.assertRaises(Unavailable, Service(answer, also_openings=True).portcullis.open, "anna")
        elsewhere = {**VIEW, "prompt_url": "http://mfa.example/prompt/x"}
        service = Service(lambda: httpx.Response(201, json=elsewhere), also_openings=True)
        with self.assertRaises(Unavailable):
            service.portcullis.open("anna", return_url="https://portal.example/back")

    def test_a_user_is_shown_what_is_written_for_users_and_otherwise_one_sentence(self) -> None:
        own = "Something went wrong with this sign-in. Sign in again, or ask for help."
        shown = [
            (problem(400, "bad_request"), own),
            (problem(400, "bad_request", sign_in=VIEW), "Sorry."),
            (problem(403, "result_refused"), own),
            (problem(401, "key_refused"), own),
            (problem(422, "return_url_refused"), own),
            (problem(403, "of_a_later_release"), own),
            (problem(403, "code_wrong"), "Sorry."),
            (problem(429, "over_share", retry_after=40), "Sorry."),
            (problem(503, "newer_release"), "Sorry."),
        ]
        for answer, sentence in shown:
            with self.assertRaises(Refused) as raised:
                Service(answer, also_openings=True).portcullis.open("anna")
            error = raised.exception
            with self.subTest(error.code):
                self.assertEqual((error.message, str(error), error.detail), (sentence, sentence, "Sorry."))

    def test_the_gateways_own_429_is_no_sentence_for_users_and_says_no_time(self) -> None:
        with self.assertRaises(Unavailable) as raised:
            Service(lambda: httpx.Response(429, json={"message": "Too Many Requests"}), also_openings=True).portcullis.open("anna")
        error = raised.exception
        self.assertEqual((error.status, error.retry_after), (429, None))
        self.assertNotIn("Too Many Requests", str(error))
