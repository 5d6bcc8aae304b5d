// Step-ups: the proof is as strong as the one that was asked for, and good for one thing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AssertionRefused, PendingRefused, type AcrName, type Asked, type PromptOpening } from "portcullis-client";
import { browserOf } from "portcullis-client/fastify";
import { whoSigns } from "./signing.js";
import { client, newUser, Person, returnUrl } from "./support.js";

const at = { returnUrl: returnUrl("always_on") };
const payment = { event: "step_up", intent: "payment 4711" } as const;
const address = { event: "step_up", intent: "address" } as const;
const code = (wanted: string) => (error: unknown) => error instanceof PendingRefused && error.code === wanted;

test("the proof for one thing finishes nothing else", async () => {
  const portcullis = client("always_on");
  const user = newUser();
  const paying = await portcullis.open(user, { ...at, ...payment, acr: "passkey" });
  const moving = await portcullis.open(user, { ...at, ...address, acr: "delivered" });
  const back = await new Person(moving.promptUrl).entersCodeSentTo(user.email);
  const unnamed = { event: "step_up" } as unknown as Asked;
  for (const asked of [payment, { ...payment, intent: "" }, unnamed, "step_up", "login", "manage", undefined] as const) {
    await assert.rejects(portcullis.finish(moving.pending, back, asked), code("wrong_step"), JSON.stringify(asked));
  }
  await assert.rejects(portcullis.finish(paying.pending, back, payment), code("other_browser"));
  const result = await portcullis.finish(moving.pending, back, address);
  assert.deepEqual([result.user, result.event, result.acr], [user.id, "step_up", "delivered"]);
});

test("a browser that opened a second step-up cannot take its result to the page of the first", async () => {
  const portcullis = client("always_on");
  const user = newUser();
  const set: string[] = [];
  const browser = (url: string) => {
    const cookie = /(__Host-[^;]*)/.exec(set.at(-1) ?? "")?.[1];
    return browserOf(portcullis, { headers: { cookie }, url, ip: "203.0.113.77" }, { header: (_, value) => set.push(value) });
  };
  await browser("/pay/start").open(user, { ...at, ...payment, acr: "passkey" });
  const { promptUrl } = await browser("/address/start").open(user, { ...at, ...address, acr: "delivered" });
  const { search } = new URL(await new Person(promptUrl).entersCodeSentTo(user.email));
  await assert.rejects(browser(`/pay/back${search}`).finishFor(payment), code("wrong_step"));
  assert.equal(set.length, 2, "the browser still holds what it began last");
  assert.equal((await browser(`/address/back${search}`).finishFor(address)).acr, "delivered");
});

test("a proof that is weaker than the one that was asked for is refused, and so is one of another kind", async () => {
  const { world, portcullis } = await whoSigns();
  const strengths = ["delivered", "app", "passkey"] as const;
  const others = [undefined, "app", "passkey", "none", "urn:portcullis:acr:none", "urn:portcullis:acr:bypass", "urn:portcullis:acr:fallback", "urn:portcullis:acr:later", ["urn:portcullis:acr:app"]];
  for (const least of [undefined, ...strengths]) {
    const acr = least === undefined ? {} : { acr: least };
    const good = strengths.slice(strengths.indexOf(least ?? "delivered")).map((strength) => `urn:portcullis:acr:${strength}`);
    for (const given of [...strengths.map((strength) => `urn:portcullis:acr:${strength}`), ...others]) {
      world.answer = { prompt_url: "https://mfa.example/prompt/x", claims: { event: "step_up", acr: given } };
      const finishing = async () => {
        const { pending } = await portcullis.open("anna", { ...payment, ...acr, returnUrl: "https://portal.example/back" });
        return portcullis.finish(pending, `?state=${world.nonce}&result_code=x`, payment);
      };
      const onScreens = portcullis.open("anna", { ...payment, ...acr });
      if (good.includes(given as string)) {
        assert.equal((await onScreens).result?.event, "step_up");
        assert.equal((await finishing()).event, "step_up");
      } else {
        await assert.rejects(onScreens, AssertionRefused, `${least} ${String(given)}`);
        await assert.rejects(finishing, AssertionRefused, `${least} ${String(given)}`);
      }
    }
  }
});

test("a step-up without an intent, or with an unknown strength, is not opened", async () => {
  const { world, portcullis } = await whoSigns();
  const wrong: Omit<PromptOpening, "returnUrl">[] = [
    { event: "step_up" },
    { event: "step_up", intent: "" },
    { ...payment, acr: "urn:portcullis:acr:app" as AcrName },
    { acr: "app" },
    { event: "manage", intent: "payment 4711" },
  ];
  for (const opening of wrong) {
    await assert.rejects(portcullis.open("anna", { ...opening, ...at }), TypeError, JSON.stringify(opening));
    await assert.rejects(portcullis.open("anna", opening), TypeError, JSON.stringify(opening));
  }
  assert.deepEqual(world.calls, []);
});

test("a proof for one text is refused for another", async () => {
  const { world, portcullis } = await whoSigns();
  const text = "Pay EUR 250.00 to ACME";
  const hashed = "MI7ifchmjXO85oZculB9Jv42o3o-z2hgclpF7LiCH8w";
  for (const [asked, given, isGood] of [
    [text, hashed, true],
    ["Pay EUR 950.00 to ACME", hashed, false],
    [text, undefined, false],
    [undefined, hashed, false],
    [undefined, undefined, true],
  ] as const) {
    const claims = { event: "step_up", acr: "urn:portcullis:acr:delivered", text_sha256: given, text_bound: true };
    world.answer = { prompt_url: "https://mfa.example/prompt/x?text=y", claims };
    const opening = asked === undefined ? payment : { ...payment, text: asked };
    const { pending } = await portcullis.open("anna", { ...opening, returnUrl: "https://portal.example/back" });
    const finishing = portcullis.finish(pending, `?state=${world.nonce}&result_code=x`, payment);
    if (isGood) assert.equal((await finishing).textBound, true);
    else await assert.rejects(finishing, AssertionRefused, `${String(asked)} ${String(given)}`);
  }
});
