"""What goes to the service and comes back with its meaning.

The text of a step-up, trust in a browser, the age of its proof, the sessions to end.
"""

from __future__ import annotations

import time
import unittest
from types import SimpleNamespace
from typing import Any

from portcullis_client import AssertionRefused, Browser, Portcullis, Typed, is_session_ended
from portcullis_client.django import browser_of
from portcullis_client.wire import SignInView
from tests.signing import SigningService
from tests.support import client, code_sent_to, new_user, remembering_portal


class Visitor:
    """A browser at a portal with screens of its own."""

    def __init__(self, portcullis: Portcullis) -> None:
        self._portcullis = portcullis
        self._cookies: dict[str, str] = {}

    def set_cookie(self, name: str, value: str, **_: Any) -> None:
        self._cookies[name] = value

    def browser(self) -> Browser:
        request = SimpleNamespace(COOKIES=self._cookies, META={"QUERY_STRING": "", "REMOTE_ADDR": "203.0.113.77"})
        return browser_of(self._portcullis, request)

    def open(self, user: Any, **opening: Any) -> Any:
        browser = self.browser()
        step = browser.open(user, **opening)
        browser.save(self)
        return step

    def finish(self, typed: Typed, **asked: Any) -> Any:
        browser = self.browser()
        step = browser.finish(typed, **asked)
        browser.save(self)
        return step


def sends(view: SignInView) -> Typed:
    """The view's own form sends the code: there is one way."""
    form = view.get("input")
    assert form
    return Typed(form["action"], dict(form["body"]))


class Carried(unittest.TestCase):
    def test_a_trusted_browser_is_not_asked_unless_its_proof_is_older_than_the_portal_wants_it(self) -> None:
        visitor, user = Visitor(remembering_portal()), new_user()
        view = visitor.finish(sends(visitor.open(user).view)).view
        self.assertEqual(view["input"]["checkbox"]["name"], "remember_browser")
        body = {**view["input"]["body"], "code": code_sent_to(user["email"]), "remember_browser": True}
        first = visitor.finish(Typed("verify", body)).result
        self.assertEqual(first.mfa, "done")
        again: list[dict[str, Any]] = [{}, {"max_age": 3_600}]
        for opening in again:
            with self.subTest(opening):
                result = visitor.open(user, **opening).result
                said = (result.mfa, result.acr, result.auth_time)
                self.assertEqual(said, ("trusted_browser", "delivered", first.auth_time))
        asked = visitor.open(user, max_age=0)
        self.assertEqual((asked.result, asked.view["status"]), (None, "challenge"))
        self.assertIsNone(Visitor(remembering_portal()).open(user).result, "another browser is asked")

    def test_an_older_proof_than_was_asked_for_is_refused_also_if_the_service_took_it(self) -> None:
        service, now = SigningService(), int(time.time())
        cases: list[tuple[dict[str, Any], int, bool]] = [
            ({"mfa": "trusted_browser", "auth_time": now - 100}, 120, True),
            ({"mfa": "trusted_browser", "auth_time": now - 100}, 60, False),
            ({"mfa": "trusted_browser", "auth_time": now - 100}, 0, False),
            ({"mfa": "done", "auth_time": now - 100}, 60, False),
            ({"mfa": "done", "auth_time": now}, 0, True),
            ({"mfa": "trusted_browser"}, 60, False),
            ({"mfa": "trusted_browser", "auth_time": str(now)}, 60, False),
            ({"mfa": "not_required"}, 60, True),
        ]
        portcullis = service.portcullis
        for claims, max_age, is_good in cases:
            service.answer = {"prompt_url": "https://mfa.example/prompt/x", "claims": {"event": "login", **claims}}
            with self.subTest(claims, max_age=max_age):
                opened = portcullis.open("anna", max_age=max_age, return_url="https://portal.example/back")
                back = f"?state={service.nonce}&result_code=x"
                if is_good:
                    self.assertTrue(portcullis.finish(opened.pending, back))
                    self.assertTrue(portcullis.open("anna", max_age=max_age).result)
                    continue
                with self.assertRaises(AssertionRefused):
                    portcullis.finish(opened.pending, back)
                with self.assertRaises(AssertionRefused):
                    portcullis.open("anna", max_age=max_age)

    def test_an_age_of_the_proof_goes_with_a_login_and_is_a_number_of_seconds(self) -> None:
        service = SigningService()
        wrong: list[dict[str, Any]] = [
            {"event": "manage", "max_age": 60},
            {"event": "invitation", "max_age": 60},
            {"event": "step_up", "intent": "payment 4711", "max_age": 60},
            *({"max_age": age} for age in (-1, 0.5, True, "60")),
        ]
        for opening in wrong:
            with self.subTest(opening), self.assertRaises(ValueError):
                service.portcullis.open("anna", **opening)
        self.assertEqual(service.calls, [])

    def test_the_text_of_a_step_up_is_in_the_message_and_the_proof_is_of_it(self) -> None:
        visitor, user = Visitor(client("always_on")), new_user()
        paying: dict[str, Any] = {"event": "step_up", "intent": "payment 4711"}
        opened = visitor.open(user, **paying, text="Pay EUR 250.00 to ACME")
        visitor.finish(sends(opened.view), **paying)
        code = code_sent_to(user["email"], "Pay EUR 250.00 to ACME")
        result = visitor.finish(Typed("verify", {"code": code}), **paying).result
        self.assertEqual((result.event, result.text_bound), ("step_up", True))

    def test_after_a_reset_the_next_result_names_the_moment_before_which_sessions_end(self) -> None:
        portcullis, user = client("always_on"), new_user()
        portcullis.put_user(
            {**user, "display_name": None, "locale": None, "organization": None, "phone": None}  # type: ignore[typeddict-item]
        )
        portcullis.reset(user["id"], actor={"id": "jo", "role": "portal_admin"}, reason="new phone")
        known = portcullis.get_user(user["id"])
        visitor = Visitor(portcullis)
        visitor.finish(sends(visitor.open(user).view))
        result = visitor.finish(Typed("verify", {"code": code_sent_to(user["email"])})).result
        self.assertEqual(result.sessions_not_before, known["sessions_not_before"])
        self.assertTrue(is_session_ended(result.sessions_not_before - 1, result))
