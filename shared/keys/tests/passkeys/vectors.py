#!/usr/bin/env python3
"""Makes vectors.json from the source of the standard, index.bs of github.com/w3c/webauthn: vectors.py INDEX >vectors.json

A relying party here is given what browsers hand over. Of an attestation object that is the member authData, and the key in
it as a SubjectPublicKeyInfo, which the package cryptography writes.
"""

import json
import re
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVES = {1: ec.SECP256R1, 2: ec.SECP384R1, 3: ec.SECP521R1}
EDWARDS = {6: ed25519.Ed25519PublicKey, 7: ed448.Ed448PublicKey}


def cbor(data, at=0):
    """The value at a place, and the place after it."""
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if size >= 24:
        width = 1 << (size - 24)
        size = int.from_bytes(data[at:at + width], "big")
        at += width
    if kind < 2:
        return (size, -1 - size)[kind], at
    if kind < 4:
        value = data[at:at + size]
        return value if kind == 2 else value.decode(), at + size
    items = []
    for _ in range(size * (kind - 3)):
        item, at = cbor(data, at)
        items.append(item)
    return (items if kind == 4 else dict(zip(items[::2], items[1::2]))), at


def public_key(cose):
    def number(label):
        return int.from_bytes(cose[label], "big")

    if cose[1] == 2:
        key = ec.EllipticCurvePublicNumbers(number(-2), number(-3), CURVES[cose[-1]]()).public_key()
    elif cose[1] == 3:
        key = rsa.RSAPublicNumbers(number(-2), number(-1)).public_key()
    else:
        key = EDWARDS[cose[-1]].from_public_bytes(cose[-2])
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def vector(section, text):
    registration, authentication = text.split("[=authentication ceremony|Authentication=]")

    def given(half, name):
        return re.search(rf"^{name} = h'([0-9a-f]*)'", half, re.MULTILINE)[1]

    data = cbor(bytes.fromhex(given(registration, "attestationObject")))[0]["authData"]
    key = 55 + int.from_bytes(data[53:55], "big")
    cose, end = cbor(data, key)
    assert end == len(data) and data[55:key].hex() == given(registration, "credential_id")
    return {
        "section": section,
        "algorithm": cose[3],
        "credential_id": given(registration, "credential_id"),
        "aaguid": given(registration, "aaguid"),
        "registration": {
            "challenge": given(registration, "challenge"),
            "client_data": given(registration, "clientDataJSON"),
            "authenticator_data": data.hex(),
            "public_key": public_key(cose).hex(),
        },
        "authentication": {
            "challenge": given(authentication, "challenge"),
            "client_data": given(authentication, "clientDataJSON"),
            "authenticator_data": given(authentication, "authenticatorData"),
            "signature": given(authentication, "signature"),
        },
    }


text = Path(sys.argv[1]).read_text()
text = text[text.index("{#sctn-test-vectors}"):text.index("{#test-vectors-extensions}")]
sections = re.split(r"^## .* \{#(sctn-test-vectors-.*)\}$", text, flags=re.MULTILINE)[1:]
pairs = [(name, part) for name, part in zip(sections[::2], sections[1::2]) if "attestationObject = " in part]
document = {
    "source": "W3C Web Authentication Level 3, section 16: https://www.w3.org/TR/webauthn-3/#sctn-test-vectors",
    "rp_id": "example.org",
    "origin": "https://example.org",
    "vectors": [vector(section, part) for section, part in pairs],
}
print(json.dumps(document, indent=2))
