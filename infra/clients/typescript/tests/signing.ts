// A service of the tests' own making, which signs what it is told to.

import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from "jose";
import { Portcullis } from "portcullis-client";

interface Answer {
  claims?: JWTPayload;
  [member: string]: unknown;
}

/** A client of a service that answers each call about a sign-in with `world.answer`, and signs its claims for that sign-in. */
export async function whoSigns(answer: Answer = {}) {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "ours", alg: "ES256", use: "sig" };
  const [issuer, portal] = ["urn:test", "acme"];
  const world = { answer, calls: [] as string[], nonce: "" };
  const view = async () => {
    const { claims, ...members } = world.answer;
    const shown = { id: "si_acme_x", status: "done", expires_at: 4_000_000_000, options: [], links: [], message: "", ...members };
    if (!claims) return shown;
    const signed = { iss: issuer, aud: portal, sub: "anna", nonce: world.nonce, mfa: "done", ...claims };
    const jwt = new SignJWT(signed).setProtectedHeader({ alg: "ES256", kid: "ours" });
    const assertion = await jwt.setIssuedAt().setNotBefore("0s").setExpirationTime("2m").sign(privateKey);
    return { ...shown, assertion, browser_token: "bt_1" };
  };
  const fetch = async (url: unknown, init?: RequestInit) => {
    const path = new URL(String(url)).pathname;
    if (path === "/.well-known/jwks.json") return Response.json({ keys: [jwk] });
    world.calls.push(`${init?.method} ${path}`);
    if (path === "/v1/sign-ins") world.nonce = (JSON.parse(String(init?.body)) as { nonce: string }).nonce;
    return Response.json(await view());
  };
  const settings = { service: "https://mfa.example", issuer, portal, key: "pcl_acme_x" };
  return { world, portcullis: new Portcullis({ ...settings, fetch: fetch as typeof globalThis.fetch }) };
}
