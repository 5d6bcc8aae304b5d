"""The example of the README, in browsers with cookies: Flask, Django and FastAPI as they are published."""

from __future__ import annotations

import asyncio
import unittest
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django
from django.test import Client as DjangoBrowser
from fastapi.testclient import TestClient

from examples import django_portal, fastapi_portal, flask_portal, portal
from portcullis_client import AsyncPortcullis, NotSignedIn, PendingRefused
from portcullis_client.django import browser_of as of_django
from portcullis_client.fastapi import browser_of as of_fastapi
from tests.support import Network, Person, client, new_user, return_url, settings_of

HTTPS = "https://portal.example"
PENDING = "__Host-portcullis-pending"
AGENT = "Mozilla/5.0 Firefox/143.0"


class Response:
    """As much of a response as Django and Starlette share."""

    def __init__(self) -> None:
        self.cookies: dict[str, tuple[str, dict[str, Any]]] = {}

    def set_cookie(self, name: str, value: str, **rest: Any) -> None:
        self.cookies[name] = (value, rest)


class InABrowser(unittest.TestCase):
    @classmethod
    def tearDownClass(cls) -> None:
        flask_portal.portcullis.close()
        django_portal.portcullis.close()

    def test_flask_the_browser_that_began_gets_in_once_and_no_other_does(self) -> None:
        anna, mallory = portal.app.test_client(), portal.app.test_client()
        sent = anna.post("/sign-in", base_url=HTTPS)
        self.assertEqual(sent.status_code, 303)
        kept = sent.headers["Set-Cookie"]
        self.assertTrue(kept.startswith(f"{PENDING}="))
        for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            self.assertIn(f"; {attribute}", kept)
        back = Person(sent.headers["Location"]).enters_code_sent_to(portal.user["email"])
        path = f"/back?{urlsplit(back).query}"

        refused = mallory.get(path, base_url=HTTPS)
        self.assertEqual(refused.status_code, 403)
        self.assertIn("not started in this browser", refused.text)
        mallory.post("/sign-in", base_url=HTTPS)
        self.assertEqual(mallory.get(path, base_url=HTTPS).status_code, 403)
        self.assertIsNone(mallory.get_cookie("session", domain="portal.example"))
        self.assertIsNotNone(mallory.get_cookie(PENDING, domain="portal.example"), "a planted link ends nothing")

        home = anna.get(path, base_url=HTTPS)
        self.assertEqual((home.status_code, home.headers["Location"]), (303, "/"))
        self.assertIsNone(anna.get_cookie(PENDING, domain="portal.example"))
        self.assertIsNotNone(anna.get_cookie("session", domain="portal.example"))
        self.assertEqual(anna.get(path, base_url=HTTPS).status_code, 403, "the pending value is gone")

    def test_flask_a_made_up_result_is_refused_with_a_sentence_for_users(self) -> None:
        eve = portal.app.test_client()
        sent = eve.post("/sign-in", base_url=HTTPS)
        kept = eve.get_cookie(PENDING, domain="portal.example")
        assert kept
        state = parse_qs(urlsplit(Person(sent.headers["Location"]).leaves()).query)["state"][0]
        for forged in ("x", "%00", "a" * 3_000, "q7Yc0hJ0a3m1Tq2bV5xZ8w"):
            eve.set_cookie(PENDING, kept.value, domain="portal.example", secure=True)
            refused = eve.get(f"/back?state={state}&result_code={forged}", base_url=HTTPS)
            sentence = "Something went wrong with this sign-in. Sign in again, or ask for help."
            self.assertEqual((refused.status_code, refused.text), (403, f'<p role="alert">{sentence}</p>'))
            self.assertIsNone(eve.get_cookie("session", domain="portal.example"))

    def test_flask_a_browser_that_left_the_prompt_is_told_so_and_holds_nothing_any_more(self) -> None:
        ben = portal.app.test_client()
        back = Person(ben.post("/sign-in", base_url=HTTPS).headers["Location"]).leaves()
        refused = ben.get(f"/back?{urlsplit(back).query}", base_url=HTTPS)
        self.assertEqual((refused.status_code, refused.text), (403, '<p role="alert">You are not signed in.</p>'))
        self.assertIsNone(ben.get_cookie(PENDING, domain="portal.example"))

    def test_flask_a_browser_that_signs_out_holds_no_sign_in_any_more(self) -> None:
        dora = portal.app.test_client()
        sent = dora.post("/sign-in", base_url=HTTPS)
        back = Person(sent.headers["Location"]).enters_code_sent_to(portal.user["email"])
        self.assertEqual(dora.post("/sign-out", base_url=HTTPS).status_code, 303)
        self.assertIsNone(dora.get_cookie(PENDING, domain="portal.example"))
        self.assertEqual(dora.get(f"/back?{urlsplit(back).query}", base_url=HTTPS).status_code, 403)
        self.assertIsNone(dora.get_cookie("session", domain="portal.example"), "no session begins")

    def test_django_the_browser_that_began_gets_in_once_and_no_other_does(self) -> None:
        django.setup()
        anna, mallory = DjangoBrowser(), DjangoBrowser()
        sent = anna.post("/sign-in", secure=True)
        kept = sent.cookies[PENDING]
        self.assertTrue(kept["secure"] and kept["httponly"])
        self.assertEqual((kept["samesite"], kept["path"], kept["max-age"]), ("Lax", "/", 1_800))
        back = Person(sent["Location"]).enters_code_sent_to(django_portal.user["email"])
        path = f"/back?{urlsplit(back).query}"

        refused = mallory.get(path, secure=True)
        self.assertEqual(refused.status_code, 403)
        self.assertIn("not started in this browser", refused.content.decode())
        mallory.post("/sign-in", secure=True)
        self.assertEqual(mallory.get(path, secure=True).status_code, 403)
        self.assertTrue(mallory.cookies[PENDING].value, "a planted link ends nothing")
        self.assertNotIn("session", mallory.cookies)

        home = anna.get(path, secure=True)
        self.assertEqual((home.status_code, home["Location"]), (302, "/"))
        self.assertEqual(anna.cookies[PENDING].value, "")
        self.assertEqual(anna.cookies["session"].value, django_portal.user["id"])
        self.assertEqual(anna.get(path, secure=True).status_code, 403, "the pending value is gone")
        anna.post("/sign-in", secure=True)
        self.assertTrue(anna.cookies[PENDING].value)
        anna.post("/sign-out", secure=True)
        self.assertEqual((anna.cookies[PENDING].value, anna.cookies["session"].value), ("", ""))

    def test_fastapi_the_portals_own_screens_belong_to_the_browser_that_began(self) -> None:
        with TestClient(fastapi_portal.app, base_url=HTTPS) as anna:
            opened = anna.post("/sign-in")
            self.assertTrue(opened.json()["view"])
            kept = opened.headers["set-cookie"]
            for attribute in (f"{PENDING}=", "; Secure", "; HttpOnly", "; SameSite=lax", "; Path=/"):
                self.assertIn(attribute.lower(), kept.lower())
            pending = anna.cookies[PENDING]
            anna.cookies.clear()
            refused = anna.post("/typed/skip", json={})
            self.assertEqual(refused.status_code, 403)
            self.assertIn("not started in this browser", refused.text)
            anna.cookies.set(PENDING, pending, domain="portal.example")
            skipped = anna.post("/typed/skip", json={})
            self.assertEqual(skipped.json(), {"user": fastapi_portal.user["id"], "mfa": "skipped"})
            self.assertEqual(set(anna.cookies), {"session"}, "the pending value is gone, the session stays beside it")
            anna.cookies.set(PENDING, pending, domain="portal.example")
            anna.post("/sign-out")
            self.assertEqual(set(anna.cookies), set())

    def test_a_known_browser_hands_its_token_back_with_its_context(self) -> None:
        network = Network("nothing")
        portcullis = client("email_enrolment_opt_out", service=network.service)
        meta = {"QUERY_STRING": "", "REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": AGENT}
        of_django(portcullis, SimpleNamespace(COOKIES={"__Host-portcullis-browser": "old"}, META=meta)).open(new_user())
        opened = network.seen[0][1]
        self.assertEqual((opened["browser_token"], opened["context"]), ("old", {"ip": "203.0.113.77", "user_agent": AGENT}))

    def test_over_plain_http_for_development_cookies_have_plain_names(self) -> None:
        async def sign_in() -> None:
            response = Response()
            async with AsyncPortcullis(**settings_of("email_enrolment_opt_out")) as portcullis:
                request = SimpleNamespace(cookies={}, url=SimpleNamespace(query=""), client=None, headers={"user-agent": AGENT})
                browser = of_fastapi(portcullis, request, plain_http=True)
                await browser.open(new_user())
                _, rest = browser.save(response).cookies["portcullis-pending"]
                self.assertFalse(rest["secure"])

        asyncio.run(sign_in())

    def test_what_the_settings_answer_begins_no_session_and_a_sign_in_opens_no_settings(self) -> None:
        portcullis = client("app_modern")
        for opened, asked in [("manage", None), ("manage", "login"), ("login", "manage"), ("login", "step_up")]:
            meta = {"QUERY_STRING": "", "REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": AGENT}
            began = of_django(portcullis, SimpleNamespace(COOKIES={}, META=meta))
            prompt = began.open(new_user(), return_url=return_url("app_modern"), event=opened).prompt_url
            response = began.save(Response())
            meta["QUERY_STRING"] = urlsplit(Person(prompt).leaves()).query
            request = SimpleNamespace(COOKIES={PENDING: response.cookies[PENDING][0]}, META=meta)
            browser = of_django(portcullis, request)
            with self.subTest(opened=opened, asked=asked), self.assertRaises(PendingRefused) as raised:
                browser.finish(event=asked)
            self.assertEqual(raised.exception.code, "wrong_step")
            self.assertEqual(browser.save(Response()).cookies, {}, "the browser still holds what it began")
            with self.assertRaises(NotSignedIn):
                of_django(portcullis, request).finish(event=None if opened == "login" else opened)
