"""The check of assertions, against keys and assertions of the tests' own making."""

from __future__ import annotations

import json
import unittest
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from portcullis_client import AssertionRefused, Portcullis, Result, Unavailable

NOW = 1_800_000_000
WHOM = {"iss": "urn:test", "aud": "acme", "sub": "anna", "nonce": "0123456789abcdef"}


class Signer:
    def __init__(self, kid: str) -> None:
        self.kid, self.key = kid, ec.generate_private_key(ec.SECP256R1())
        public = jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key())
        self.jwk = {**json.loads(public), "kid": kid, "alg": "ES256", "use": "sig"}

    def sign(self, **others: Any) -> str:
        claims = {**WHOM, "iat": NOW, "nbf": NOW, "exp": NOW + 120, "event": "login", "mfa": "done", **others}
        return jwt.api_jws.encode(json.dumps(claims).encode(), self.key, "ES256", headers={"kid": self.kid})


class World:
    """A client under a clock that stands still, and a service that has only keys."""

    def __init__(self, *signers: Signer) -> None:
        self.keys = [signer.jwk for signer in signers]
        self.fetches, self.is_up, self.now = 0, True, float(NOW)
        settings = {"service": "https://mfa.example", "issuer": "urn:test", "portal": "acme", "key": "pcl_acme_x"}
        self.portcullis = Portcullis(**settings, now=lambda: self.now)
        self.portcullis._http = httpx.Client(transport=httpx.MockTransport(self.answer))

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.fetches += 1
        assert "authorization" not in request.headers
        if not self.is_up:
            raise httpx.ConnectError("down")
        return httpx.Response(200, json={"keys": self.keys})

    def check(self, assertion: str, event: str = "login") -> Result:
        return self.portcullis.check(assertion, user="anna", nonce="0123456789abcdef", event=event)


class Assertion(unittest.TestCase):
    def test_keys_are_fetched_once_without_the_api_key_and_kept_for_five_minutes(self) -> None:
        ours = Signer("ours")
        world = World(ours)
        for _ in range(3):
            self.assertEqual(world.check(ours.sign()).user, "anna")
        world.now += 299
        world.check(ours.sign(exp=NOW + 900))
        self.assertEqual(world.fetches, 1)
        world.now += 1
        world.keys = []
        with self.assertRaises(AssertionRefused):
            world.check(ours.sign(exp=NOW + 900))
        self.assertEqual(world.fetches, 2)

    def test_an_unknown_key_is_looked_for_once_a_minute(self) -> None:
        ours, following = Signer("ours"), Signer("next")
        world = World(ours)
        world.check(ours.sign())
        for _ in range(20):
            with self.assertRaises(AssertionRefused):
                world.check(following.sign())
        self.assertEqual(world.fetches, 2)
        world.keys.append(following.jwk)
        world.now += 59
        with self.assertRaises(AssertionRefused):
            world.check(following.sign())
        self.assertEqual(world.fetches, 2)
        world.now += 1
        self.assertEqual((world.check(following.sign()).user, world.fetches), ("anna", 3))

    def test_keys_that_cannot_be_fetched_say_nothing_of_an_assertion(self) -> None:
        ours = Signer("ours")
        world = World(ours)
        world.is_up = False
        with self.assertRaises(Unavailable):
            world.check(ours.sign())
        world.is_up = True
        world.check(ours.sign())

    def test_clocks_may_differ_by_five_seconds_and_no_more(self) -> None:
        ours = Signer("ours")
        world = World(ours)
        world.check(ours.sign(nbf=NOW + 5))
        world.check(ours.sign(exp=NOW - 4))
        for moments in ({"nbf": NOW + 6}, {"exp": NOW - 5}, {"exp": True}, {"exp": "never"}, {"exp": NOW + 0.5}):
            with self.subTest(moments), self.assertRaises(AssertionRefused):
                world.check(ours.sign(**moments))

    def test_an_assertion_of_a_step_up_of_several_portals_or_of_nothing_done_is_refused(self) -> None:
        ours = Signer("ours")
        world = World(ours)
        forged: list[dict[str, Any]] = [
            {"event": "step_up"},
            {"event": "manage"},
            {"event": None},
            {"aud": ["acme", "other"]},
            {"mfa": ""},
            {"mfa": 1},
            {"nonce": ["0123456789abcdef"]},
            {"sub": None},
        ]
        for claims in forged:
            with self.subTest(claims), self.assertRaises(AssertionRefused):
                world.check(ours.sign(**claims))
        with self.assertRaises(AssertionRefused):
            world.portcullis.check(ours.sign(), user="", nonce="")
        for text in ("", "hello", "a.b.c"):
            with self.subTest(text), self.assertRaises(AssertionRefused):
                world.check(text)

    def test_words_and_claims_of_a_later_release_are_handed_on(self) -> None:
        ours = Signer("ours")
        claims = {"event": "manage", "changed": ["passkey"], "mfa": "trusted_browser", "newer": 1}
        result = World(ours).check(ours.sign(**claims, acr="urn:portcullis:acr:passkey"), "manage")
        said = (result.event, result.changed, result.mfa, result.acr)
        self.assertEqual(said, ("manage", ("passkey",), "trusted_browser", "passkey"))
        self.assertEqual(result.claims["newer"], 1)
