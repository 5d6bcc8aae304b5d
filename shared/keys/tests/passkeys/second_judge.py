#!/usr/bin/env python3
"""Judges ceremonies by py_webauthn: a JSON list of them is read from standard input, and the list of the reasons for refusing
each, or null for what is accepted, is written to standard output.
"""

import base64
import json
import sys

import cbor2
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers.cose import COSEAlgorithmIdentifier

OFFERED = [COSEAlgorithmIdentifier(number) for number in (-7, -8, -257)]


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def judge(given):
    def data(name):
        return bytes.fromhex(given[name])

    def credential(**response):
        name = base64url(data("credential"))
        response["clientDataJSON"] = base64url(data("client_data"))
        return {"id": name, "rawId": name, "type": "public-key", "response": response}

    expected = {
        "expected_challenge": data("challenge"),
        "expected_rp_id": given["rp_id"],
        "expected_origin": given["origin"],
        "require_user_verification": given["must_verify_user"],
    }
    if given["ceremony"] == "create":
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data("authenticator_data")})
        made = credential(attestationObject=base64url(attestation))
        verify_registration_response(credential=made, supported_pub_key_algs=OFFERED, **expected)
    else:
        used = credential(authenticatorData=base64url(data("authenticator_data")), signature=base64url(data("signature")))
        verify_authentication_response(
            credential=used,
            credential_public_key=data("key"),
            credential_current_sign_count=given["counter"],
            **expected,
        )


def reason(given):
    try:
        judge(given)
    except Exception as refused:
        return f"{type(refused).__name__}: {refused}"
    return None


print(json.dumps([reason(given) for given in json.load(sys.stdin)]))
