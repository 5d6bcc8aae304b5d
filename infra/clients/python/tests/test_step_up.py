"""Step-ups: the proof is as strong as the one that was asked for, and good for one thing."""

from __future__ import annotations

import asyncio
import unittest
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from portcullis_client import AssertionRefused, AsyncPortcullis, PendingRefused
from portcullis_client.django import browser_of
from tests.signing import SigningService
from tests.support import Person, client, new_user, return_url, settings_of

BACK = return_url("always_on")
PAYMENT: dict[str, Any] = {"event": "step_up", "intent": "payment 4711"}
ADDRESS: dict[str, Any] = {"event": "step_up", "intent": "address"}
ACR = "urn:portcullis:acr:"
STRENGTHS = ("delivered", "app", "passkey")


class Jar:
    """The cookies of a browser, and the response that sets them."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def set_cookie(self, name: str, value: str, **_: Any) -> None:
        self.cookies[name] = value

    def request(self, query: str = "") -> SimpleNamespace:
        return SimpleNamespace(COOKIES=self.cookies, META={"QUERY_STRING": query, "REMOTE_ADDR": "203.0.113.77"})


class StepUp(unittest.TestCase):
    def test_the_proof_for_one_thing_finishes_nothing_else(self) -> None:
        portcullis, user = client("always_on"), new_user()
        paying = portcullis.open(user, return_url=BACK, **PAYMENT, acr="passkey")
        moving = portcullis.open(user, return_url=BACK, **ADDRESS, acr="delivered")
        back = Person(moving.prompt_url).enters_code_sent_to(user["email"])
        wrong: list[dict[str, Any]] = [PAYMENT, {**PAYMENT, "intent": ""}, {"event": "step_up"}, {"intent": "address"}]
        for asked in [*wrong, {"event": "login"}, {"event": "manage"}, {}]:
            with self.subTest(asked), self.assertRaises(PendingRefused) as raised:
                portcullis.finish(moving.pending, back, **asked)
            self.assertEqual(raised.exception.code, "wrong_step")
        with self.assertRaises(PendingRefused) as raised:
            portcullis.finish(paying.pending, back, **PAYMENT)
        self.assertEqual(raised.exception.code, "other_browser")
        result = portcullis.finish(moving.pending, back, **ADDRESS)
        self.assertEqual((result.user, result.event, result.acr), (user["id"], "step_up", "delivered"))

    def test_the_client_for_async_code_compares_the_intent_too(self) -> None:
        async def step_up() -> None:
            user = new_user()
            async with AsyncPortcullis(**settings_of("always_on")) as portcullis:
                opened = await portcullis.open(user, return_url=BACK, **ADDRESS)
                back = await asyncio.to_thread(Person(opened.prompt_url).enters_code_sent_to, user["email"])
                with self.assertRaises(PendingRefused):
                    await portcullis.finish(opened.pending, back, **PAYMENT)
                result = await portcullis.finish(opened.pending, back, **ADDRESS)
                self.assertEqual(result.event, "step_up")

        asyncio.run(step_up())

    def test_a_browser_cannot_take_the_result_of_one_step_up_to_the_page_of_another(self) -> None:
        portcullis, user, jar = client("always_on"), new_user(), Jar()
        pay, address = browser_of(portcullis, jar.request()), browser_of(portcullis, jar.request())
        pay.open(user, return_url=BACK, **PAYMENT, acr="passkey")
        pay.save(jar)
        opened = address.open(user, return_url=BACK, **ADDRESS, acr="delivered")
        address.save(jar)
        query = urlsplit(Person(opened.prompt_url).enters_code_sent_to(user["email"])).query
        held = dict(jar.cookies)
        pay = browser_of(portcullis, jar.request(query))
        with self.assertRaises(PendingRefused) as raised:
            pay.finish(**PAYMENT)
        pay.save(jar)
        self.assertEqual((raised.exception.code, jar.cookies), ("wrong_step", held))
        self.assertEqual(browser_of(portcullis, jar.request(query)).finish(**ADDRESS).acr, "delivered")

    def test_a_proof_that_is_weaker_or_of_another_kind_is_refused(self) -> None:
        service = SigningService()
        others: list[Any] = [None, "app", "passkey", ACR + "none", ACR + "bypass", ACR + "fallback", ACR + "later", [ACR + "app"]]
        for least in (None, *STRENGTHS):
            good = [ACR + strength for strength in STRENGTHS[STRENGTHS.index(least or "delivered") :]]
            for given in [*(ACR + strength for strength in STRENGTHS), *others]:
                claims = {"event": "step_up", "acr": given}
                service.answer = {"prompt_url": "https://mfa.example/prompt/x", "claims": claims}
                portcullis = service.portcullis
                opened = portcullis.open("anna", return_url="https://portal.example/back", **PAYMENT, acr=least)
                back = f"?state={service.nonce}&result_code=x"
                with self.subTest(least=least, given=given):
                    if given in good:
                        self.assertEqual(portcullis.finish(opened.pending, back, **PAYMENT).event, "step_up")
                        self.assertTrue(portcullis.open("anna", **PAYMENT, acr=least).result)
                        continue
                    with self.assertRaises(AssertionRefused):
                        portcullis.finish(opened.pending, back, **PAYMENT)
                    with self.assertRaises(AssertionRefused):
                        portcullis.open("anna", **PAYMENT, acr=least)

    def test_a_proof_for_one_text_is_refused_for_another(self) -> None:
        service = SigningService()
        text, hashed = "Pay EUR 250.00 to ACME", "MI7ifchmjXO85oZculB9Jv42o3o-z2hgclpF7LiCH8w"
        for asked, given, is_good in [
            (text, hashed, True),
            ("Pay EUR 950.00 to ACME", hashed, False),
            (text, None, False),
            (None, hashed, False),
            (None, None, True),
        ]:
            claims = {"event": "step_up", "acr": ACR + "delivered", "text_sha256": given, "text_bound": True}
            service.answer = {"prompt_url": "https://mfa.example/prompt/x?text=y", "claims": claims}
            opened = service.portcullis.open("anna", return_url="https://portal.example/back", **PAYMENT, text=asked)
            back = f"?state={service.nonce}&result_code=x"
            with self.subTest(asked=asked, given=given):
                if is_good:
                    self.assertIs(service.portcullis.finish(opened.pending, back, **PAYMENT).text_bound, True)
                    continue
                with self.assertRaises(AssertionRefused):
                    service.portcullis.finish(opened.pending, back, **PAYMENT)

    def test_a_step_up_without_an_intent_or_with_an_unknown_strength_is_not_opened(self) -> None:
        service = SigningService()
        wrong: list[dict[str, Any]] = [
            {"event": "step_up"},
            {"event": "step_up", "intent": ""},
            {**PAYMENT, "acr": "urn:portcullis:acr:app"},
            {"acr": "app"},
            {"event": "manage", "intent": "payment 4711"},
            {"event": "login", "text": "Pay EUR 250.00 to ACME"},
        ]
        for opening in wrong:
            with self.subTest(opening), self.assertRaises(ValueError):
                service.portcullis.open("anna", **opening)
            with self.subTest(opening), self.assertRaises(ValueError):
                service.portcullis.open("anna", return_url=BACK, **opening)
        self.assertEqual(service.calls, [])
