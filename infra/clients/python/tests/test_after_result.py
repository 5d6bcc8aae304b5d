"""What follows a result in the same sign-in: somebody else may sit at the browser by then."""

from __future__ import annotations

import unittest
from collections.abc import Callable
from typing import Any

from portcullis_client import Browser, PendingRefused, Step, Typed
from portcullis_client.django import browser_of
from tests.signing import SigningService
from tests.test_step_up import Jar

ADD = Typed("settings", {"change": "add_second_way"})
LINKS = [{"action": "settings", "body": ADD.body, "label": "Add a second way"}]
CODES = {"codes": ["1FA5C-CD4A2-35NRD"], "must_confirm": True}
PENDING, TOKEN = "__Host-portcullis-pending", "__Host-portcullis-browser"


class AfterResult(unittest.TestCase):
    def test_a_sign_in_has_its_result_once_and_what_follows_has_views(self) -> None:
        service = SigningService(links=LINKS, claims={"event": "login"})
        portcullis = service.portcullis
        step = portcullis.open("anna")
        assert step.result
        self.assertEqual((step.result.user, step.browser_token), ("anna", "bt_1"))
        for typed in (None, ADD, None):
            assert step.pending
            step = portcullis.finish(step.pending, typed) if typed else portcullis.look(step.pending)
            self.assertEqual((step.result, step.browser_token), (None, None))
            self.assertEqual((step.view.get("assertion"), step.view.get("browser_token"), len(step.view["links"])), (None, None, 1))
        service.answer = {"claims": {"event": "login"}}
        step = portcullis.look(step.pending)
        self.assertEqual((step.result, step.pending), (None, None), "there is nothing left to do")

    def test_new_recovery_codes_outlive_a_reload_which_begins_no_session(self) -> None:
        service, jar = SigningService(recovery_codes=CODES, claims={"event": "login"}), Jar()
        browser = browser_of(service.portcullis, jar.request())
        step = browser.open("anna")
        browser.save(jar)
        assert step.result
        for _ in range(2):
            browser = browser_of(service.portcullis, jar.request())
            step = browser.look()
            browser.save(jar)
            self.assertEqual((step.view["recovery_codes"], step.result, step.browser_token), (CODES, None, None))
            self.assertIsNone(step.view.get("assertion"))
            self.assertTrue(jar.cookies[PENDING])
        with self.assertRaises(PendingRefused) as raised:
            browser_of(service.portcullis, Jar().request()).look()
        self.assertEqual(raised.exception.code, "no_pending", "another browser holds nothing")
        service.answer = {"claims": {"event": "login"}}
        browser = browser_of(service.portcullis, jar.request())
        step = browser.look()
        browser.save(jar)
        self.assertEqual((step.result, step.pending, jar.cookies[PENDING]), (None, None, ""), "there is nothing left to show")

    def test_a_step_up_has_its_result_once_and_the_settings_have_one_with_each_change(self) -> None:
        intent: dict[str, Any] = {"event": "step_up", "intent": "payment 4711"}
        portcullis = SigningService(links=LINKS, claims={"event": "step_up", "acr": "urn:portcullis:acr:app"}).portcullis
        step = portcullis.open("anna", **intent)
        assert step.result
        self.assertEqual(step.result.acr, "app")
        self.assertIsNone(portcullis.look(step.pending, **intent).result)

        portcullis = SigningService(links=LINKS, claims={"event": "manage"}).portcullis
        step = portcullis.open("anna", event="manage")
        self.assertTrue(step.result)
        step = portcullis.finish(step.pending, ADD, event="manage")
        self.assertTrue(step.result)
        self.assertTrue(portcullis.look(step.pending, event="manage").result)

    def test_the_next_person_at_a_browser_is_signed_in_by_nothing_that_it_holds(self) -> None:
        portcullis, jar = SigningService(links=LINKS, claims={"event": "login"}).portcullis, Jar()
        browser = browser_of(portcullis, jar.request())
        self.assertTrue(browser.open("anna").result)
        browser.save(jar)
        looks: Callable[[Browser], Step] = lambda browser: browser.look()
        posts: Callable[[Browser], Step] = lambda browser: browser.finish(ADD)
        for follows in (looks, posts):
            browser = browser_of(portcullis, jar.request())
            self.assertIsNone(follows(browser).result)
            browser.save(jar)
            self.assertTrue(jar.cookies[PENDING])
        browser = browser_of(portcullis, jar.request())
        browser.forget()
        browser.save(jar)
        self.assertEqual((jar.cookies[PENDING], jar.cookies[TOKEN]), ("", "bt_1"), "the browser stays a known one")
        for follows in (looks, posts):
            with self.assertRaises(PendingRefused) as raised:
                follows(browser_of(portcullis, jar.request()))
            self.assertEqual(raised.exception.code, "no_pending")
