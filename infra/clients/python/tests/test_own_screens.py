"""The example of API mode, in a browser: a portal that requires its users to keep their recovery codes."""

from __future__ import annotations

import os
import re
import unittest
from html import unescape

from werkzeug.test import TestResponse

from tests.support import code_sent_to, portal_with, wrong
from tests.test_screens import totp

settings = portal_with("authenticator_app", enrolment_proof="emailed_code", self_service="with_proof", recovery_codes="required")
os.environ |= {f"PORTCULLIS_{name.upper()}": value for name, value in settings.items()}
from examples import own_screens  # noqa: E402

PENDING = "portcullis-pending"


class OwnScreens(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(own_screens.portcullis.close)
        self.browser = own_screens.app.test_client()

    def ask(self, path: str, form: dict[str, str] | None = None) -> TestResponse:
        """Loads a page, or posts a form, which is always answered by a redirect."""
        if form is None:
            return self.browser.get(path, follow_redirects=True)
        posted = self.browser.post(path, data=form)
        self.assertEqual(posted.status_code, 303)
        return self.ask(posted.headers["Location"])

    def submit(self, page: TestResponse, typed: str = "") -> TestResponse:
        """Posts the first form of a step, with what was typed."""
        form = page.text.split("<form")[1]
        hidden = {name: unescape(value) for name, _, value in re.findall(r"""type="hidden" name="(\w+)" value=(["'])(.*?)\2""", form)}
        return self.ask("/login/step", {**hidden, "typed": typed} if typed else hidden)

    def test_each_view_is_shown_and_recovery_codes_are_there_until_they_are_kept(self) -> None:
        refused = self.ask("/login", {"name": "anna", "password": "guessed"})
        self.assertIn("Name or password is wrong.", refused.text)
        asked = self.submit(self.ask("/login", {"name": "anna", "password": "password"}))
        code = code_sent_to("anna@example.co.nz")
        again = self.submit(asked, wrong(code))
        self.assertIn("Tries left: 4.", again.text)
        self.assertNotIn("Tries left", self.ask("/login/step").text, "a reload posts nothing")
        started = self.submit(self.submit(again, code))
        secret = re.search(r"key: <code>(\w+)", started.text)
        assert secret and "<svg" in started.text
        shown = self.submit(started, totp(secret[1]))
        codes = re.findall(r"<li><code>(.*?)</code>", shown.text)
        self.assertEqual(len(codes), 10)

        for path in ("/login/step", "/"):
            self.assertEqual(re.findall(r"<li><code>(.*?)</code>", self.ask(path).text), codes)
        self.assertIn(codes[0], self.ask("/login/done", {}).text, "they have to be kept first")
        self.assertIn("Welcome, anna", self.ask("/login/done", {"kept": "on"}).text)
        self.assertIsNone(self.browser.get_cookie(PENDING), "the next person finds no codes")
        self.assertIn("Welcome, anna", self.ask("/login/step").text, "nothing is left of the sign-in")
        held = self.browser.get_cookie("session")
        assert held
        self.ask("/sign-out", {})
        self.browser.set_cookie("session", held.value)
        self.assertNotIn("Welcome", self.ask("/").text, "a copy of the cookie opens nothing")
