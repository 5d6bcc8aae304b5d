// What goes to the service and comes back with its meaning: the text of a step-up, trust in a browser, the age of its
// proof, the sessions to end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AssertionRefused, isSessionEnded, type ScreensOpening, type SignInView, type Typed } from "portcullis-client";
import { browserOf } from "portcullis-client/fastify";
import { whoSigns } from "./signing.js";
import { client, codeSentTo, newUser, rememberingPortal } from "./support.js";

/** The view's own form sends the code: there is one way. */
const sends = ({ input }: SignInView): Typed => ({ action: input?.action ?? "", body: input?.body ?? {} });

/** A browser at a portal with screens of its own. */
function visitorOf(portcullis = client("always_on")) {
  const cookies = new Map<string, string>();
  return () => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const header = (_: string, text: string) => {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      cookies.set(name, value);
    };
    return browserOf(portcullis, { headers: { cookie }, url: "/", ip: "203.0.113.77" }, { header });
  };
}

test("a trusted browser is not asked, unless its proof is older than the portal wants it", async () => {
  const browser = visitorOf(await rememberingPortal());
  const user = newUser();
  const opened = await browser().open(user);
  const { view } = await browser().finish(sends(opened.view));
  assert.ok(view.input?.action === "verify" && view.input.checkbox?.name === "remember_browser");
  const code = await codeSentTo(user.email);
  const body = { ...view.input.body, code, [view.input.checkbox.name]: true };
  const { result: first } = await browser().finish({ action: "verify", body });
  assert.equal(first?.mfa, "done");
  for (const again of [{}, { maxAge: 3_600 }]) {
    const { result } = await browser().open(user, again);
    const said = [result?.mfa, result?.acr, result?.authTime];
    assert.deepEqual(said, ["trusted_browser", "delivered", first?.authTime], JSON.stringify(again));
  }
  const asked = await browser().open(user, { maxAge: 0 });
  assert.deepEqual([asked.result, asked.view.status], [undefined, "challenge"]);
  assert.equal((await visitorOf(await rememberingPortal())().open(user)).result, undefined, "another browser is asked");
});

test("an older proof than was asked for is refused, also if the service took it", async () => {
  const now = Math.floor(Date.now() / 1_000);
  const { world, portcullis } = await whoSigns();
  const cases: [object, number, boolean][] = [
    [{ mfa: "trusted_browser", auth_time: now - 100 }, 120, true],
    [{ mfa: "trusted_browser", auth_time: now - 100 }, 60, false],
    [{ mfa: "trusted_browser", auth_time: now - 100 }, 0, false],
    [{ mfa: "done", auth_time: now - 100 }, 60, false],
    [{ mfa: "done", auth_time: now }, 0, true],
    [{ mfa: "trusted_browser" }, 60, false],
    [{ mfa: "trusted_browser", auth_time: String(now) }, 60, false],
    [{ mfa: "not_required" }, 60, true],
  ];
  for (const [claims, maxAge, isGood] of cases) {
    world.answer = { prompt_url: "https://mfa.example/prompt/x", claims: { event: "login", ...claims } };
    const atThePrompt = async () => {
      const { pending } = await portcullis.open("anna", { maxAge, returnUrl: "https://portal.example/back" });
      return portcullis.finish(pending, `?state=${world.nonce}&result_code=x`);
    };
    for (const finishing of [atThePrompt, () => portcullis.open("anna", { maxAge })]) {
      if (isGood) assert.ok(await finishing());
      else await assert.rejects(finishing, AssertionRefused, JSON.stringify([claims, maxAge]));
    }
  }
});

test("an age of the proof goes with a login, and is a number of seconds", async () => {
  const { world, portcullis } = await whoSigns();
  const wrong: ScreensOpening[] = [
    { event: "manage", maxAge: 60 },
    { event: "invitation", maxAge: 60 },
    { event: "step_up", intent: "payment 4711", maxAge: 60 },
    ...[-1, 0.5, NaN].map((maxAge) => ({ maxAge })),
  ];
  for (const opening of wrong) await assert.rejects(portcullis.open("anna", opening), TypeError, JSON.stringify(opening));
  assert.deepEqual(world.calls, []);
});

test("the text of a step-up is in the message, and the proof is of it", async () => {
  const browser = visitorOf();
  const user = newUser();
  const paying = { event: "step_up", intent: "payment 4711" } as const;
  const opened = await browser().open(user, { ...paying, text: "Pay EUR 250.00 to ACME" });
  await browser().finishFor(paying, sends(opened.view));
  const body = { code: await codeSentTo(user.email, "Pay EUR 250.00 to ACME") };
  const { result } = await browser().finishFor(paying, { action: "verify", body });
  assert.deepEqual([result?.event, result?.textBound], ["step_up", true]);
});

test("after a reset the next result names the moment before which sessions end", async () => {
  const portcullis = client("always_on");
  const user = newUser();
  await portcullis.users.putUser({ ...user, display_name: null, locale: null, organization: null, phone: null });
  await portcullis.users.reset(user.id, { id: "jo", role: "portal_admin" }, "new phone");
  const known = await portcullis.users.getUser(user.id);
  const browser = visitorOf(portcullis);
  const opened = await browser().open(user);
  await browser().finish(sends(opened.view));
  const { result } = await browser().finish({ action: "verify", body: { code: await codeSentTo(user.email) } });
  assert.equal(result?.sessionsNotBefore, known.sessions_not_before);
  assert.ok(isSessionEnded((result?.sessionsNotBefore ?? 0) - 1, result));
});
