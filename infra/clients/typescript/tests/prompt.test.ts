// Redirect mode, through the hosted prompt of a running service.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isSessionEnded, NotSignedIn, PendingRefused, Refused, Unavailable } from "portcullis-client";
import { anotherKey, client, losesFirstReplyTo, newUser, Person, returnUrl, settingsOf } from "./support.js";

const PRESET = "always_on";
const at = { returnUrl: returnUrl(PRESET) };

async function throughThePrompt(portcullis = client(PRESET)) {
  const user = newUser();
  const { promptUrl, pending } = await portcullis.open(user, at);
  const back = await new Person(promptUrl).entersCodeSentTo(user.email);
  return { portcullis, user, pending, back };
}

test("two calls sign a user in, and the result says how", async () => {
  const { portcullis, user, pending, back } = await throughThePrompt();
  const result = await portcullis.finish(pending, back);
  assert.deepEqual(
    [result.user, result.mfa, result.method, result.acr, result.event, result.reason],
    [user.id, "done", "email", "delivered", "login", "contact_record"],
  );
  assert.ok(Math.abs((result.authTime ?? 0) - Date.now() / 1_000) < 60);
  assert.deepEqual([result.sessionsNotBefore, result.changed], [undefined, undefined]);
});

test("a skip is a result, too", async () => {
  const portcullis = client("sms_enrolment_opt_out");
  const { id } = newUser();
  const { promptUrl, pending } = await portcullis.open(id, { returnUrl: returnUrl("sms_enrolment_opt_out") });
  const result = await portcullis.finish(pending, new URL(await new Person(promptUrl).skips()));
  assert.deepEqual([result.user, result.mfa, result.acr, result.method], [id, "skipped", "none", undefined]);
});

test("nobody finishes without the pending value of the same browser", async () => {
  const { portcullis, pending, back } = await throughThePrompt();
  const anothers = (await portcullis.open(newUser(), at)).pending;
  const shared = { pendingSecret: "another secret, which two portals have in common" };
  const elsewhere = client(PRESET, shared);
  const otherPortal = (await client("managed", shared).open(newUser(), { returnUrl: returnUrl("managed") })).pending;
  const screens = (await portcullis.open(newUser())).pending;
  const late = client(PRESET, { now: () => Date.now() + 3_600_000 });
  const noState = back.replace(/&?state=[^&]*/, "");
  const cases: [string, () => Promise<unknown>][] = [
    ["no_pending", () => portcullis.finish(undefined, back)],
    ["no_pending", () => portcullis.finish("", back)],
    ["pending_refused", () => portcullis.finish(`${pending[0] === "A" ? "B" : "A"}${pending.slice(1)}`, back)],
    ["pending_refused", () => portcullis.finish("made up", back)],
    ["pending_refused", () => elsewhere.finish(pending, back)],
    ["pending_refused", () => elsewhere.finish(otherPortal, back)],
    ["other_browser", () => portcullis.finish(anothers, back)],
    ["other_browser", () => portcullis.finish(pending, noState)],
    ["other_browser", () => portcullis.finish(pending, `${back}&state=another`)],
    ["wrong_step", () => portcullis.finish(screens, back)],
    ["wrong_step", () => portcullis.finish(pending, { action: "verify", body: { code: "123456" } })],
    ["pending_over", () => late.finish(pending, back)],
  ];
  for (const [code, finishing] of cases) {
    await assert.rejects(finishing(), (error) => error instanceof PendingRefused && error.code === code, code);
  }
  // None of it used the result code up.
  assert.equal((await portcullis.finish(pending, back)).mfa, "done");
});

test("a result code is redeemed for one sign-in, by one key", async () => {
  const { portcullis, pending, back } = await throughThePrompt();
  const other = await throughThePrompt();
  const state = (url: string) => new URL(url).searchParams.get("state") ?? "";
  const mixed = back.replace(state(back), state(other.back));
  const refused = (code: string) => (error: unknown) => error instanceof Refused && error.code === code;
  await assert.rejects(portcullis.finish(other.pending, mixed), refused("result_refused"));

  const pendingSecret = settingsOf(PRESET).key;
  const foreign = client(PRESET, { key: settingsOf("managed").key, pendingSecret });
  await assert.rejects(foreign.finish(pending, back), refused("sign_in_unknown"));
  await portcullis.finish(pending, back);
  const thief = client(PRESET, { key: await anotherKey(PRESET), pendingSecret });
  await assert.rejects(thief.finish(pending, back), refused("result_refused"));
});

test("a reply that is lost is asked for again: one sign-in, one result", async () => {
  const opening = await losesFirstReplyTo(/^POST \/v1\/sign-ins$/);
  const redeeming = await losesFirstReplyTo(/^POST .*\/result$/);
  const user = newUser();
  const { promptUrl, pending } = await client(PRESET, { service: opening.service }).open(user, at);
  const [first, second] = opening.seen.map(({ body }) => (JSON.parse(body) as { nonce: string }).nonce);
  assert.ok(opening.seen.length === 2 && first === second, "the same nonce, and no third call");
  const back = await new Person(new URL(promptUrl).href).entersCodeSentTo(user.email);
  const result = await client(PRESET, { service: redeeming.service }).finish(pending, back);
  assert.equal(result.user, user.id);
  assert.equal(redeeming.seen.filter(({ url }) => url.endsWith("/result")).length, 2);
});

test("a service that does not answer lets nobody in, and is asked twice", async () => {
  const { seen, service } = await losesFirstReplyTo(/^POST /, 9);
  const unavailable = (error: unknown) =>
    error instanceof Unavailable && error.code === "unavailable" && error.status === 0 && error.message === "Nu even niet.";
  const portcullis = client(PRESET, { service, sentences: { unavailable: "Nu even niet." } });
  await assert.rejects(portcullis.open(newUser(), at), unavailable);
  assert.equal(seen.length, 2);
  const slow: typeof fetch = (_url, init) => new Promise((_, reject) => init?.signal?.addEventListener("abort", reject));
  const begun = Date.now();
  await assert.rejects(client(PRESET, { fetch: slow, timeout: 50 }).open(newUser(), at), Unavailable);
  assert.ok(Date.now() - begun < 2_000);
});

test("who comes back without a result is not in, and is told why", async () => {
  const portcullis = client(PRESET);
  const { promptUrl, pending } = await portcullis.open(newUser(), at);
  const back = await new Person(promptUrl).leaves();
  const left = (code: string) => (error: unknown) => error instanceof NotSignedIn && error.code === code;
  await assert.rejects(portcullis.finish(pending, back), left("left"));
  await assert.rejects(portcullis.finish(pending, back.replace("error=left", "error=locked")), left("locked"));
  await assert.rejects(portcullis.finish(pending, back.replace("error=left", "error=<b>")), left("left"));
});

test("a refusal carries the sentence and the facts of its problem document", async () => {
  await assert.rejects(client(PRESET).open(newUser(), { returnUrl: "https://elsewhere.example/" }), (error) => {
    assert.ok(error instanceof Refused);
    assert.deepEqual([error.code, error.status, error.signIn], ["return_url_refused", 422, undefined]);
    assert.match(error.message, /[a-z]/);
    return true;
  });
  const keyless = client(PRESET, { key: "pcl_always-on_made-up" });
  await assert.rejects(keyless.open("u-1", at), (error) => error instanceof Refused && error.code === "key_refused");
});

test("a reset ends the sessions that began before it", async () => {
  const { portcullis, user, pending, back } = await throughThePrompt();
  const before = await portcullis.finish(pending, back);
  const began = (before.authTime ?? 0) - 1;
  assert.equal(isSessionEnded(began, before), false);
  const { users } = portcullis;
  assert.equal((await users.reset(user.id, { id: "jo", role: "portal_admin" }, "new phone")).had_bound, false);
  const known = await users.getUser(user.id);
  assert.equal(isSessionEnded(began, known), true);
  assert.equal(isSessionEnded(new Date(Date.now() + 5_000), known), false);
  assert.throws(() => isSessionEnded(Date.now(), before), RangeError);
  assert.equal(isSessionEnded(new Date(50_000), { sessions_not_before: 51 }), true);
  assert.equal(isSessionEnded(new Date(51_000), { sessions_not_before: 51 }), false);
});

test("settings that would send the key in the clear are refused", () => {
  assert.throws(() => client(PRESET, { service: "http://mfa.example.com" }), TypeError);
  assert.throws(() => client(PRESET, { issuer: "" }), TypeError);
  assert.throws(() => client(PRESET, { pendingSecret: "short" }), TypeError);
});
