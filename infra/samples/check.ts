import { createRemoteJWKSet, jwtVerify, type JWTPayload } from "jose";

/** Throws unless the assertion is valid for this user and this sign-in. Keep `keys`: it fetches a new key by itself. */
export async function check(
  assertion: string,
  keys: ReturnType<typeof createRemoteJWKSet>, // createRemoteJWKSet(new URL(service + "/.well-known/jwks.json"))
  expected: { issuer: string; portal: string; user: string; nonce: string; event: string },
) {
  const { payload } = await jwtVerify(assertion, keys, {
    algorithms: ["ES256"],
    issuer: expected.issuer,
    audience: expected.portal,
    subject: expected.user,
    requiredClaims: ["exp", "nbf", "nonce", "event"],
    clockTolerance: 5,
  });
  if (payload.nonce !== expected.nonce) throw new Error("the assertion is of another sign-in");
  if (payload.event !== expected.event) throw new Error("the assertion is for something else");
  return payload; // payload.mfa: done, skipped, not_required, bypass or trusted_browser
}

/** False for a session of this user's own that began before the last reset or erasure: end it. */
export function counts(began: number, payload: JWTPayload) {
  return began >= Number(payload.sessions_not_before ?? 0);
}
