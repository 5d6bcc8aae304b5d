"""API mode: a portal that prints the view and posts what its user does."""

from __future__ import annotations

import subprocess
import unittest
from typing import Any

from portcullis_client import PendingRefused, Portcullis, Refused, Step, Typed, Unavailable
from tests.support import Network, client, code_sent_to, new_user, wrong


def totp(secret: str) -> str:
    said = subprocess.run(["oathtool", "--totp", "-b", secret], capture_output=True, check=True, text=True)
    return said.stdout.strip()


def form(view: Any, typed: str = "") -> Typed:
    """Posts the form of a view, with what was typed."""
    shown = view["input"]
    field = {} if shown["field"] == "none" else {shown["field"]: typed}
    return Typed(shown["action"], {**shown["body"], **field})


def code_on_its_way() -> tuple[Portcullis, str, Step, str]:
    portcullis, user = client("always_on"), new_user()
    opened = portcullis.open(user)
    asked = portcullis.finish(opened.pending, form(opened.view))
    return portcullis, user["id"], asked, code_sent_to(user["email"])


class Screens(unittest.TestCase):
    def test_a_code_by_email_signs_a_user_in_and_makes_the_browser_a_known_one(self) -> None:
        portcullis, user, asked, code = code_on_its_way()
        step = portcullis.finish(asked.pending, form(asked.view, code))
        assert step.result
        self.assertEqual((step.result.user, step.result.method, step.pending), (user, "email", None))
        network = Network("nothing")
        client("always_on", service=network.service).open(user, browser_token=step.browser_token)
        self.assertTrue(step.browser_token)
        self.assertEqual(network.seen[0][1]["browser_token"], step.browser_token)

    def test_an_app_is_set_up_and_its_next_code_comes_with_the_password(self) -> None:
        portcullis, user = client("authenticator_app"), new_user()
        opened = portcullis.open(user)
        started = portcullis.finish(opened.pending, form(opened.view))
        secret = started.view["enrolment"]["secret"]  # type: ignore[index,typeddict-item]
        step = portcullis.finish(started.pending, form(started.view, totp(secret)))
        assert step.result
        self.assertEqual((step.result.user, step.result.method), (user["id"], "authenticator_app"))
        with self.assertRaises(Refused) as raised:
            portcullis.open(user, code=totp(secret))
        self.assertEqual(raised.exception.code, "code_reused")

    def test_a_wrong_code_is_refused_with_the_tries_left_and_the_form_again(self) -> None:
        portcullis, _, asked, code = code_on_its_way()
        with self.assertRaises(Refused) as raised:
            portcullis.finish(asked.pending, form(asked.view, wrong(code)))
        problem = raised.exception
        self.assertEqual((problem.code, problem.status, problem.attempts_left), ("code_wrong", 403, 4))
        assert problem.sign_in and problem.sign_in["input"]
        self.assertEqual(problem.sign_in["input"]["action"], "verify")

    def test_a_lost_reply_to_a_right_code_is_found_again(self) -> None:
        _, user, asked, code = code_on_its_way()
        network = Network("verify$")
        step = client("always_on", service=network.service).finish(asked.pending, form(asked.view, code))
        assert step.result
        self.assertEqual((step.result.user, network.count("verify$"), network.count("^GET /v1/sign-ins")), (user, 1, 1))

    def test_a_lost_reply_to_a_wrong_code_is_never_posted_twice(self) -> None:
        portcullis, _, asked, code = code_on_its_way()
        network = Network("verify$")
        with self.assertRaises(Unavailable) as lost:
            client("always_on", service=network.service).finish(asked.pending, form(asked.view, wrong(code)))
        assert lost.exception.sign_in and lost.exception.sign_in["input"]
        self.assertEqual((lost.exception.sign_in["input"]["action"], network.count("verify$")), ("verify", 1))
        with self.assertRaises(Refused) as raised:
            portcullis.finish(asked.pending, form(asked.view, wrong(code)))
        self.assertEqual(raised.exception.attempts_left, 3)

    def test_a_lost_reply_to_a_request_for_a_code_sends_no_second_one(self) -> None:
        network, user = Network("challenge$"), new_user()
        portcullis = client("always_on", service=network.service)
        opened = portcullis.open(user)
        asked = portcullis.finish(opened.pending, form(opened.view))
        step = portcullis.finish(asked.pending, form(asked.view, code_sent_to(user["email"])))
        assert step.result
        self.assertEqual((step.result.user, network.count("challenge$")), (user["id"], 1))

    def test_a_code_that_comes_with_the_password_is_never_posted_twice(self) -> None:
        network = Network("^POST /v1/sign-ins$")
        step = client("authenticator_app", service=network.service).open(new_user(), code="123456")
        self.assertEqual(step.view["status"], "enrol")
        self.assertEqual([body.get("code") for _, body in network.seen], ["123456", None])

    def test_a_page_that_is_loaded_again_shows_the_sign_in_as_it_stands(self) -> None:
        portcullis, _, asked, code = code_on_its_way()
        self.assertEqual(portcullis.look(asked.pending).view["input"], asked.view["input"])
        portcullis.finish(asked.pending, form(asked.view, code))
        again = portcullis.look(asked.pending)
        assert again.result
        self.assertEqual(again.result.mfa, "done")

    def test_what_a_form_posts_leads_to_the_calls_of_this_sign_in_and_to_no_others(self) -> None:
        portcullis, _, asked, _ = code_on_its_way()
        for action in ("../user/reset", "result", "verify/../../../user", "", "verify?x=1"):
            with self.subTest(action), self.assertRaises(PendingRefused) as raised:
                portcullis.finish(asked.pending, Typed(action, {}))
            self.assertEqual(raised.exception.code, "wrong_step")
        with self.assertRaises(PendingRefused):
            portcullis.finish(None, form(asked.view, "123456"))

    def test_the_settings_are_changed_after_a_proof_and_are_no_sign_in(self) -> None:
        portcullis, user = client("app_modern"), new_user()
        step = portcullis.open(user)
        step = portcullis.finish(step.pending, form(step.view))
        step = portcullis.finish(step.pending, form(step.view, code_sent_to(user["email"])))
        if "enrolment" not in step.view:
            step = portcullis.finish(step.pending, Typed("enrolment", {"method": "authenticator_app"}))
        secret = step.view["enrolment"]["secret"]  # type: ignore[index,typeddict-item]
        step = portcullis.finish(step.pending, form(step.view, totp(secret)))
        assert step.result and step.view["recovery_codes"]
        self.assertEqual(step.result.event, "login")
        again = portcullis.look(step.pending)
        self.assertEqual((again.view["recovery_codes"], again.result), (step.view["recovery_codes"], None))
        code = Typed("verify", {"code": step.view["recovery_codes"]["codes"][0]})
        opened = portcullis.open(user, event="manage")
        for pending, event in [(opened.pending, None), (opened.pending, "login"), (step.pending, "invitation")]:
            with self.subTest(event=event), self.assertRaises(PendingRefused):
                portcullis.finish(pending, code, event=event)
        step = portcullis.finish(opened.pending, code, event="manage")
        assert step.result and step.view["settings"]
        self.assertEqual((step.result.event, step.result.changed or ()), ("manage", ()))
        authenticator = step.view["settings"]["authenticators"][0]["id"]
        rename = Typed("settings", {"change": "rename", "authenticator": authenticator, "name": "Work phone"})
        step = portcullis.finish(step.pending, rename, event="manage")
        assert step.result
        self.assertEqual(step.result.changed, ("authenticator_renamed",))
        shown = portcullis.look(step.pending, event="manage").view
        assert shown["settings"]
        self.assertEqual(shown["settings"]["authenticators"][0]["name"], "Work phone")
