"""A service of the tests' own making, which signs what it is told to."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from portcullis_client import Portcullis


class SigningService:
    """Answers each call about a sign-in with `answer`, and signs the claims in it for that sign-in."""

    def __init__(self, **answer: Any) -> None:
        self.answer, self.nonce = answer, ""
        self.calls: list[str] = []
        self._key = ec.generate_private_key(ec.SECP256R1())
        settings = {"service": "https://mfa.example", "issuer": "urn:test", "portal": "acme", "key": "pcl_acme_x"}
        self.portcullis = Portcullis(**settings)
        self.portcullis._http = httpx.Client(transport=httpx.MockTransport(self._reply))

    def _reply(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/.well-known/jwks.json":
            public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self._key.public_key()))
            return httpx.Response(200, json={"keys": [{**public, "kid": "ours", "alg": "ES256", "use": "sig"}]})
        self.calls.append(f"{request.method} {request.url.path}")
        if request.url.path == "/v1/sign-ins":
            self.nonce = json.loads(request.content)["nonce"]
        shown = {"id": "si_acme_x", "status": "done", "expires_at": 4_000_000_000, "options": [], "links": [], "message": ""}
        claims = self.answer.get("claims")
        if claims is not None:
            now = int(time.time())
            whom = {"iss": "urn:test", "aud": "acme", "sub": "anna", "nonce": self.nonce, "mfa": "done"}
            signed = {**whom, "iat": now, "nbf": now, "exp": now + 120, **claims}
            shown["assertion"] = jwt.encode(signed, self._key, "ES256", headers={"kid": "ours"})
            shown["browser_token"] = "bt_1"
        return httpx.Response(200, json=shown | {name: value for name, value in self.answer.items() if name != "claims"})
