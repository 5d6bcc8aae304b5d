import jwt  # PyJWT, with the cryptography package


def check(assertion, keys, issuer, portal, user, nonce, event):
    """Raises jwt.PyJWTError unless the assertion is good. Keep keys = jwt.PyJWKClient(service + "/.well-known/jwks.json")."""
    claims = jwt.decode(
        assertion,
        keys.get_signing_key_from_jwt(assertion).key,
        algorithms=["ES256"],
        issuer=issuer,
        audience=portal,
        leeway=5,
        options={"require": ["iss", "aud", "exp", "nbf", "sub", "nonce", "event"]},
    )
    if (claims["sub"], claims["nonce"], claims["event"]) != (user, nonce, event):
        raise jwt.InvalidTokenError("the assertion is of another sign-in")
    return claims  # claims["mfa"]: done, skipped, not_required, bypass, trusted_browser


def counts(began, claims):
    """False for a session of this user's own that began before the last reset or erasure: end it."""
    return began >= claims.get("sessions_not_before", 0)
