// The check of assertions, against keys and assertions of the tests' own making.

import assert from "node:assert/strict";
import { test } from "node:test";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from "jose";
import { AssertionRefused, Portcullis, Unavailable, VERSION } from "portcullis-client";

const NOW = 1_800_000_000;
const settings = { service: "https://mfa.example", issuer: "urn:test", portal: "acme", key: "pcl_acme_x" };
const expected = { user: "anna", nonce: "0123456789abcdef" };

async function signer(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" } };
}

function sign(key: CryptoKey, kid: string, others: JWTPayload = {}): Promise<string> {
  const moments = { iat: NOW, nbf: NOW, exp: NOW + 120 };
  const whom = { iss: "urn:test", aud: "acme", sub: "anna", nonce: "0123456789abcdef" };
  return new SignJWT({ ...whom, ...moments, event: "login", mfa: "done", ...others }).setProtectedHeader({ alg: "ES256", kid }).sign(key);
}

/** A client under a clock that stands still, and a service that has only keys. */
function withKeys(...keys: JWK[]) {
  const world = { keys, fetches: 0, isUp: true, seconds: NOW, headers: [] as unknown[] };
  const answers: typeof fetch = async (_url, init) => {
    world.fetches += 1;
    world.headers.push(init?.headers);
    if (!world.isUp) throw new Error("down");
    return Response.json({ keys: world.keys });
  };
  const portcullis = new Portcullis({ ...settings, fetch: answers, now: () => world.seconds * 1_000 });
  return { world, portcullis };
}

test("keys are fetched once for many checks, without the API key, and kept for five minutes", async () => {
  const { privateKey, jwk } = await signer("ours");
  const { world, portcullis } = withKeys(jwk);
  const good = await sign(privateKey, "ours");
  const results = await Promise.all([1, 2, 3].map(() => portcullis.check(good, expected)));
  assert.deepEqual(results.map(({ user }) => user), ["anna", "anna", "anna"]);
  assert.equal(world.fetches, 1);
  assert.deepEqual(world.headers, [{ "user-agent": `portcullis-client-typescript/${VERSION}` }]);
  world.seconds += 299;
  await portcullis.check(await sign(privateKey, "ours", { exp: NOW + 900 }), expected);
  assert.equal(world.fetches, 1);
  world.seconds += 1;
  world.keys = [];
  await assert.rejects(portcullis.check(await sign(privateKey, "ours", { exp: NOW + 900 }), expected), AssertionRefused);
  assert.equal(world.fetches, 2);
});

test("an unknown key is looked for once a minute, however many assertions name one", async () => {
  const ours = await signer("ours");
  const next = await signer("next");
  const { world, portcullis } = withKeys(ours.jwk);
  await portcullis.check(await sign(ours.privateKey, "ours"), expected);
  const unknown = await sign(next.privateKey, "next");
  for (let tries = 0; tries < 20; tries++) await assert.rejects(portcullis.check(unknown, expected), AssertionRefused);
  assert.equal(world.fetches, 2);
  world.keys = [ours.jwk, next.jwk];
  world.seconds += 59;
  await assert.rejects(portcullis.check(unknown, expected), AssertionRefused);
  assert.equal(world.fetches, 2);
  world.seconds += 1;
  assert.equal((await portcullis.check(unknown, expected)).user, "anna");
  assert.equal(world.fetches, 3);
});

test("keys that cannot be fetched say nothing of an assertion, and let nobody in", async () => {
  const { privateKey, jwk } = await signer("ours");
  const { world, portcullis } = withKeys(jwk);
  world.isUp = false;
  const good = await sign(privateKey, "ours");
  await assert.rejects(portcullis.check(good, expected), Unavailable);
  world.isUp = true;
  await portcullis.check(good, expected);
});

test("clocks may differ by five seconds, and no more", async () => {
  const { privateKey, jwk } = await signer("ours");
  const { portcullis } = withKeys(jwk);
  const cases: [JWTPayload, boolean][] = [
    [{ nbf: NOW + 5 }, true],
    [{ nbf: NOW + 6 }, false],
    [{ exp: NOW - 4 }, true],
    [{ exp: NOW - 5 }, false],
  ];
  for (const [moments, isGood] of cases) {
    const checked = portcullis.check(await sign(privateKey, "ours", moments), expected);
    await (isGood ? checked : assert.rejects(checked, AssertionRefused, JSON.stringify(moments)));
  }
});

test("an assertion of a step-up, of several portals or of nothing done is refused", async () => {
  const { privateKey, jwk } = await signer("ours");
  const { portcullis } = withKeys(jwk);
  const login = { ...expected, event: "login" };
  for (const claims of [{ event: "step_up" }, { event: "manage" }, { event: undefined }, { aud: ["acme", "other"] }, { mfa: "" }, { mfa: 1 }, { nonce: ["0123456789abcdef"] }]) {
    const forged = await sign(privateKey, "ours", claims as JWTPayload);
    for (const asked of [login, expected]) await assert.rejects(portcullis.check(forged, asked), AssertionRefused, JSON.stringify(claims));
  }
  await assert.rejects(portcullis.check(await sign(privateKey, "ours"), { user: "", nonce: "" }), AssertionRefused);
  await assert.rejects(portcullis.check("", login), AssertionRefused);
});

test("words and claims of a later release are handed on", async () => {
  const { privateKey, jwk } = await signer("ours");
  const { portcullis } = withKeys(jwk);
  const claims = { event: "manage", changed: ["passkey"], mfa: "trusted_browser", acr: "urn:portcullis:acr:passkey", newer: 1 };
  const result = await portcullis.check(await sign(privateKey, "ours", claims), { ...expected, event: "manage" });
  assert.deepEqual([result.event, result.changed, result.mfa, result.acr], ["manage", ["passkey"], "trusted_browser", "passkey"]);
  assert.equal(result.claims.newer, 1);
});
