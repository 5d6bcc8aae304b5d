"""Redirect mode, through the hosted prompt of a running service."""

from __future__ import annotations

import asyncio
import time
import unittest
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from portcullis_client import (
    AsyncPortcullis,
    NotSignedIn,
    PendingRefused,
    Portcullis,
    PortcullisError,
    Refused,
    Typed,
    Unavailable,
    is_session_ended,
)
from tests.support import ADDRESS, Network, Person, another_key, client, new_user, return_url, settings_of

PRESET = "always_on"
BACK = return_url(PRESET)


def through_the_prompt() -> tuple[Portcullis, str, str, str]:
    portcullis, user = client(PRESET), new_user()
    opened = portcullis.open(user, return_url=BACK)
    back = Person(opened.prompt_url).enters_code_sent_to(user["email"])
    return portcullis, user["id"], opened.pending, back


class Prompt(unittest.TestCase):
    def refused(self, kind: type[PortcullisError], code: str, portcullis: Portcullis, pending: str | None, back: object) -> None:
        with self.assertRaises(kind) as raised:
            portcullis.finish(pending, back)  # type: ignore[call-overload]
        self.assertEqual(raised.exception.code, code)

    def test_two_calls_sign_a_user_in_and_the_result_says_how(self) -> None:
        portcullis, user, pending, back = through_the_prompt()
        result = portcullis.finish(pending, back)
        said = (result.user, result.mfa, result.method, result.acr, result.event, result.reason)
        self.assertEqual(said, (user, "done", "email", "delivered", "login", "contact_record"))
        assert result.auth_time is not None
        self.assertLess(abs(result.auth_time - time.time()), 60)
        self.assertEqual((result.sessions_not_before, result.changed), (None, None))

    def test_the_client_for_async_code_does_the_same(self) -> None:
        async def sign_in() -> tuple[str, str]:
            user = new_user()
            async with AsyncPortcullis(**settings_of(PRESET)) as portcullis:
                opened = await portcullis.open(user, return_url=BACK)
                back = await asyncio.to_thread(Person(opened.prompt_url).enters_code_sent_to, user["email"])
                result = await portcullis.finish(opened.pending, back)
                with self.assertRaises(PendingRefused):
                    await portcullis.finish(None, back)
                return user["id"], result.user

        self.assertEqual(*asyncio.run(sign_in()))

    def test_nobody_finishes_without_the_pending_value_of_the_same_browser(self) -> None:
        portcullis, _, pending, back = through_the_prompt()
        anothers = portcullis.open(new_user(), return_url=BACK).pending
        shared = "another secret, which two portals have in common"
        elsewhere = client(PRESET, pending_secret=shared)
        other_portal = client("managed", pending_secret=shared).open(new_user(), return_url=return_url("managed")).pending
        screens = portcullis.open(new_user()).pending
        late = client(PRESET, now=lambda: time.time() + 3_600)
        query = parse_qs(urlsplit(back).query)
        cases = [
            ("no_pending", portcullis, None, back),
            ("no_pending", portcullis, "", back),
            ("pending_refused", portcullis, f"{'B' if pending[0] == 'A' else 'A'}{pending[1:]}", back),
            ("pending_refused", portcullis, "made up", back),
            ("pending_refused", elsewhere, pending, back),
            ("pending_refused", elsewhere, other_portal, back),
            ("other_browser", portcullis, anothers, back),
            ("other_browser", portcullis, pending, {"result_code": query["result_code"][0]}),
            ("other_browser", portcullis, pending, f"{back}&state=another"),
            ("wrong_step", portcullis, screens, back),
            ("wrong_step", portcullis, pending, Typed("verify", {"code": "123456"})),
            ("pending_over", late, pending, back),
        ]
        for code, by, held, returned in cases:
            with self.subTest(code, returned=returned):
                self.refused(PendingRefused, code, by, held, returned)
        # None of it used the result code up.
        returned = {name: values[0] for name, values in query.items()}
        self.assertEqual(portcullis.finish(pending, returned).mfa, "done")

    def test_a_result_code_is_redeemed_for_one_sign_in_by_one_key(self) -> None:
        portcullis, _, pending, back = through_the_prompt()
        _, _, other_pending, other_back = through_the_prompt()
        state = parse_qs(urlsplit(back).query)["state"][0]
        other_state = parse_qs(urlsplit(other_back).query)["state"][0]
        self.refused(Refused, "result_refused", portcullis, other_pending, back.replace(state, other_state))
        secret = settings_of(PRESET)["key"]
        foreign = client(PRESET, key=settings_of("managed")["key"], pending_secret=secret)
        self.refused(Refused, "sign_in_unknown", foreign, pending, back)
        portcullis.finish(pending, back)
        thief = client(PRESET, key=another_key(PRESET), pending_secret=secret)
        self.refused(Refused, "result_refused", thief, pending, back)

    def test_a_reply_that_is_lost_is_asked_for_again(self) -> None:
        opening, redeeming = Network(r"^POST /v1/sign-ins$"), Network(r"^POST .*/result$")
        user = new_user()
        opened = client(PRESET, service=opening.service).open(user, return_url=BACK)
        nonces = [body["nonce"] for _, body in opening.seen]
        self.assertEqual((len(nonces), len(set(nonces))), (2, 1), "the same nonce, and no third call")
        back = Person(opened.prompt_url.replace(opening.service, ADDRESS)).enters_code_sent_to(user["email"])
        result = client(PRESET, service=redeeming.service).finish(opened.pending, back)
        self.assertEqual((result.user, redeeming.count("/result$")), (user["id"], 2))

    def test_a_service_that_does_not_answer_lets_nobody_in_and_is_asked_twice(self) -> None:
        network = Network("^POST ", lost=9)
        portcullis = client(PRESET, service=network.service, sentences={"unavailable": "Nu even niet."})
        with self.assertRaises(Unavailable) as raised:
            portcullis.open(new_user(), return_url=BACK)
        failure = raised.exception
        self.assertEqual((failure.code, failure.status, str(failure)), ("unavailable", 0, "Nu even niet."))
        self.assertEqual(len(network.seen), 2)

    def test_who_comes_back_without_a_result_is_not_in_and_is_told_why(self) -> None:
        portcullis = client(PRESET)
        opened = portcullis.open(new_user(), return_url=BACK)
        back = Person(opened.prompt_url).leaves()
        for error, code in [("left", "left"), ("locked", "locked"), ("%3Cb%3E", "left")]:
            self.refused(NotSignedIn, code, portcullis, opened.pending, back.replace("error=left", f"error={error}"))

    def test_a_refusal_carries_the_sentence_and_the_facts_of_its_problem_document(self) -> None:
        with self.assertRaises(Refused) as raised:
            client(PRESET).open(new_user(), return_url="https://elsewhere.example/")
        problem = raised.exception
        self.assertEqual((problem.code, problem.status, problem.sign_in), ("return_url_refused", 422, None))
        self.assertRegex(problem.message, "[a-z]")
        with self.assertRaises(Refused) as raised:
            client(PRESET, key="pcl_always-on_made-up").open("u-1", return_url=BACK)
        self.assertEqual(raised.exception.code, "key_refused")

    def test_a_reset_ends_the_sessions_that_began_before_it(self) -> None:
        portcullis, user, pending, back = through_the_prompt()
        before = portcullis.finish(pending, back)
        assert before.auth_time is not None
        self.assertFalse(is_session_ended(before.auth_time - 1, before))
        done = portcullis.reset(user, actor={"id": "jo", "role": "portal_admin"}, reason="new phone")
        self.assertFalse(done["had_bound"])
        known = portcullis.get_user(user)
        self.assertTrue(is_session_ended(before.auth_time - 1, known))
        self.assertFalse(is_session_ended(time.time() + 5, known))
        self.assertTrue(is_session_ended(datetime.fromtimestamp(50, UTC), 51))
        self.assertFalse(is_session_ended(51, 51))
        with self.assertRaises(ValueError):
            is_session_ended(datetime(2027, 1, 1), known)

    def test_the_calls_between_sign_ins_name_the_user_they_are_about(self) -> None:
        portcullis, user = client(PRESET), f"a+b#c/{new_user()['id']} ?"
        kept = portcullis.put_user({"id": user, "email": "anna@example.com", "email_verified": True})
        self.assertEqual((kept["email_verified"], kept["phone"]), (True, "blank"))
        self.assertEqual(portcullis.get_user(user)["status"], "challenge")
        self.assertTrue(portcullis.activity(user))
        self.assertTrue(portcullis.erase(user)["erased"])

    def test_settings_that_would_send_the_key_in_the_clear_are_refused(self) -> None:
        for others in ({"service": "http://mfa.example.com"}, {"issuer": ""}, {"pending_secret": "short"}):
            with self.subTest(others), self.assertRaises(ValueError):
                client(PRESET, **others)
        self.assertNotIn(settings_of(PRESET)["key"], repr(client(PRESET)))
