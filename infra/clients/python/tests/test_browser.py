"""The example of the README, in browsers with cookies; and the files for Django and FastAPI."""

from __future__ import annotations

import asyncio
import unittest
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from examples import flask_portal, portal
from portcullis_client import AsyncPortcullis, Typed
from portcullis_client.django import browser_of as of_django
from portcullis_client.fastapi import browser_of as of_fastapi
from tests.support import Network, Person, client, new_user, settings_of

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

    def test_flask_a_browser_that_left_the_prompt_is_told_so_and_holds_nothing_any_more(self) -> None:
        ben = portal.app.test_client()
        back = Person(ben.post("/sign-in", base_url=HTTPS).headers["Location"]).leaves()
        refused = ben.get(f"/back?{urlsplit(back).query}", base_url=HTTPS)
        self.assertEqual((refused.status_code, refused.text), (403, '<p role="alert">You are not signed in.</p>'))
        self.assertIsNone(ben.get_cookie(PENDING, domain="portal.example"))

    def test_django_the_portals_own_screens_keep_the_browser_known(self) -> None:
        network = Network("nothing")
        portcullis = client("email_enrolment_opt_out", service=network.service)
        meta = {"QUERY_STRING": "", "REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": AGENT}
        user, response = new_user(), Response()
        browser = of_django(portcullis, SimpleNamespace(COOKIES={"__Host-portcullis-browser": "old"}, META=meta))
        view = browser.open(user).view
        self.assertIs(browser.save(response), response)
        opened = network.seen[0][1]
        self.assertEqual((opened["browser_token"], opened["context"]), ("old", {"ip": "203.0.113.77", "user_agent": AGENT}))
        pending, rest = response.cookies[PENDING]
        kept = {"path": "/", "httponly": True, "samesite": "Lax", "secure": True, "max_age": 1_800}
        self.assertEqual(rest, kept)
        browser = of_django(portcullis, SimpleNamespace(COOKIES={PENDING: pending}, META=meta))
        self.assertEqual(browser.look().view["id"], view["id"])
        skipped = browser.finish(Typed("skip", {}))
        assert skipped.result
        self.assertEqual((skipped.result.user, skipped.result.mfa), (user["id"], "skipped"))
        self.assertEqual(browser.save(response).cookies[PENDING][0], "")

    def test_fastapi_over_plain_http_for_development(self) -> None:
        async def sign_in() -> None:
            user, response = new_user(), Response()
            async with AsyncPortcullis(**settings_of("email_enrolment_opt_out")) as portcullis:
                request = SimpleNamespace(cookies={}, url=SimpleNamespace(query=""), client=None, headers={"user-agent": AGENT})
                browser = of_fastapi(portcullis, request, plain_http=True)
                await browser.open(user)
                pending, rest = browser.save(response).cookies["portcullis-pending"]
                self.assertFalse(rest["secure"])
                request.cookies = {"portcullis-pending": pending}
                skipped = await of_fastapi(portcullis, request, plain_http=True).finish(Typed("skip", {}))
                assert skipped.result
                self.assertEqual(skipped.result.user, user["id"])

        asyncio.run(sign_in())
