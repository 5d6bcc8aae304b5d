// What follows a result in the same sign-in: somebody else may sit at the browser by then.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PendingRefused, type Portcullis, type Step } from "portcullis-client";
import { browserOf } from "portcullis-client/fastify";
import { whoSigns } from "./signing.js";

const add = { action: "settings", body: { change: "add_second_way" } };
const links = [{ action: "settings", body: add.body, label: "Add a second way" }];
const recovery_codes = { codes: ["1FA5C-CD4A2-35NRD"], must_confirm: true };
const names = ["__Host-portcullis-pending", "__Host-portcullis-browser"];

/** A browser, request by request, and the cookies that it keeps between them. */
function jarAt(portcullis: Portcullis) {
  const cookies = new Map<string, string>();
  const browser = () => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const header = (_: string, text: string) => {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      if (text.includes("Max-Age=0;")) cookies.delete(name);
      else cookies.set(name, value);
    };
    return browserOf(portcullis, { headers: { cookie }, url: "/", ip: "203.0.113.77" }, { header });
  };
  return { cookies, browser };
}

test("a sign-in has its result once: what follows has views", async () => {
  const { world, portcullis } = await whoSigns({ links, claims: { event: "login" } });
  const first = await portcullis.open("anna");
  assert.ok(first.result);
  assert.deepEqual([first.result.user, first.browserToken], ["anna", "bt_1"]);
  let { pending } = first;
  for (const follows of [() => portcullis.look(pending), () => portcullis.finish(pending, add), () => portcullis.look(pending)]) {
    const step: Step = await follows();
    assert.ok(pending && step.pending);
    assert.deepEqual([step.result, "browserToken" in step], [undefined, false]);
    assert.deepEqual([step.view.assertion, step.view.browser_token, step.view.links.length], [null, null, 1]);
    ({ pending } = step);
  }
  world.answer = { claims: { event: "login" } };
  const last = await portcullis.look(pending);
  assert.deepEqual([last.result, last.pending], [undefined, undefined], "there is nothing left to do");
});

test("new recovery codes outlive a reload, which begins no session", async () => {
  const { world, portcullis } = await whoSigns({ recovery_codes, claims: { event: "login" } });
  const { cookies, browser } = jarAt(portcullis);
  assert.equal((await browser().open("anna")).result?.user, "anna");
  for (let times = 0; times < 2; times += 1) {
    const step: Step = await browser().look();
    assert.deepEqual(step.view.recovery_codes, recovery_codes);
    assert.deepEqual([step.result, "browserToken" in step, step.view.assertion], [undefined, false, null]);
    assert.deepEqual([...cookies.keys()], names);
  }
  const another = jarAt(portcullis).browser().look();
  await assert.rejects(another, (error) => error instanceof PendingRefused && error.code === "no_pending");
  world.answer = { claims: { event: "login" } };
  const last = await browser().look();
  assert.deepEqual([last.result, last.pending], [undefined, undefined], "there is nothing left to show");
  assert.deepEqual([...cookies.keys()], names.slice(1));
});

test("a step-up has its result once, and the settings have one with each change", async () => {
  const intent = { event: "step_up", intent: "payment 4711" } as const;
  const stepUp = await whoSigns({ links, claims: { event: "step_up", acr: "urn:portcullis:acr:app" } });
  const stepped = await stepUp.portcullis.open("anna", intent);
  assert.equal(stepped.result?.acr, "app");
  assert.equal((await stepUp.portcullis.look(stepped.pending, intent)).result, undefined);

  const { portcullis } = await whoSigns({ links, claims: { event: "manage" } });
  const opened = await portcullis.open("anna", { event: "manage" });
  const changed = await portcullis.finish(opened.pending, add, "manage");
  assert.deepEqual([opened.result?.event, changed.result?.event], ["manage", "manage"]);
  assert.equal((await portcullis.look(changed.pending, "manage")).result?.event, "manage");
});

test("the next person at a browser is signed in by nothing that it holds, and holds nothing after a sign-out", async () => {
  const { portcullis } = await whoSigns({ links, claims: { event: "login" } });
  const { cookies, browser } = jarAt(portcullis);
  assert.equal((await browser().open("anna")).result?.user, "anna");
  assert.deepEqual([...cookies.keys()], names);
  for (const follows of [() => browser().look(), () => browser().finish(add)]) {
    assert.equal((await follows()).result, undefined);
    assert.deepEqual([...cookies.keys()], names);
  }
  browser().forget();
  assert.deepEqual([...cookies.keys()], names.slice(1), "the browser stays a known one");
  for (const follows of [() => browser().look(), () => browser().finish(add)]) {
    await assert.rejects(follows(), (error) => error instanceof PendingRefused && error.code === "no_pending");
  }
});
