// The examples of the README, in browsers with cookies: Express and Fastify as they are published, and the Request and the
// Response of Node, which Next's route handlers take.

import assert from "node:assert/strict";
import { test } from "node:test";
import fastify from "fastify";
import { NotSignedIn, PendingRefused, type SignInView } from "portcullis-client";
import { browserOf as ofFastify } from "portcullis-client/fastify";
import { client, codeSentTo, newUser, Person, returnUrl, wrong } from "./support.js";
import "../examples/express.js";
import "../examples/own-screens.js";
import * as next from "../examples/next.js";
import { listen, sessionOf, user } from "../examples/portal.js";

type Ask = (path: string, init: RequestInit) => Promise<Response>;

/** A browser with cookies, at a portal. */
class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(private readonly ask: Ask) {}

  async go(method: string, path: string, form?: Record<string, string>): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, "user-agent": "Mozilla/5.0 Firefox/143.0" };
    const answer = await this.ask(path, { method, headers, redirect: "manual", ...(form && { body: new URLSearchParams(form) }) });
    for (const header of answer.headers.getSetCookie()) {
      assert.match(header, /; Secure; HttpOnly; SameSite=Lax$|; HttpOnly; SameSite=Lax; Secure$/);
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    return answer;
  }
}

const base = await listen();
const express: Ask = (path, init) => fetch(base + path, init);
const router: Ask = (path, init) => {
  const request = new Request(`https://portal.example${path}`, init);
  if (path === "/sign-out") return next.signOut(request);
  return path.startsWith("/back") ? next.GET(request) : next.POST(request);
};

for (const [name, ask] of [["express.ts", express], ["next.ts", router]] as const) {
  test(`${name}: the browser that began gets in, once, and no other does`, async () => {
    const [anna, mallory] = [new Visitor(ask), new Visitor(ask)];
    const sent = await anna.go("POST", "/sign-in");
    assert.equal(sent.status, 303);
    assert.deepEqual([...anna.cookies.keys()], ["__Host-portcullis-pending"]);
    const back = await new Person(sent.headers.get("location") ?? "").entersCodeSentTo(user.email);
    const path = `/back${new URL(back).search}`;

    const refused = await mallory.go("GET", path);
    assert.deepEqual([refused.status, mallory.cookies.size], [403, 0]);
    assert.match(await refused.text(), /not started in this browser/);
    await mallory.go("POST", "/sign-in");
    const held = [...mallory.cookies];
    assert.equal((await mallory.go("GET", path)).status, 403);
    assert.deepEqual([...mallory.cookies], held, "a planted link ends nothing, and begins no session");

    const home = await anna.go("GET", path);
    assert.deepEqual([home.status, home.headers.get("location")], [303, "/"]);
    assert.deepEqual([...anna.cookies.keys()], ["session"]);
    assert.equal((await anna.go("GET", path)).status, 403, "the pending value is gone");
  });

  test(`${name}: a made-up result is refused with a sentence for users`, async () => {
    const eve = new Visitor(ask);
    const sent = await eve.go("POST", "/sign-in");
    const state = new URL(await new Person(sent.headers.get("location") ?? "").leaves()).searchParams.get("state");
    for (const forged of ["x", "%00", "a".repeat(3_000), "q7Yc0hJ0a3m1Tq2bV5xZ8w"]) {
      const held = new Map(eve.cookies);
      const refused = await eve.go("GET", `/back?state=${state}&result_code=${forged}`);
      assert.deepEqual([refused.status, eve.cookies.has("session")], [403, false]);
      assert.equal(await refused.text(), '<p role="alert">Something went wrong with this sign-in. Sign in again, or ask for help.</p>');
      for (const [cookie, value] of held) eve.cookies.set(cookie, value);
    }
  });

  test(`${name}: a browser that signs out holds no sign-in any more`, async () => {
    const dora = new Visitor(ask);
    const sent = await dora.go("POST", "/sign-in");
    const back = await new Person(sent.headers.get("location") ?? "").entersCodeSentTo(user.email);
    dora.cookies.set("session", "dora");
    assert.equal((await dora.go("POST", "/sign-out")).status, 303);
    assert.equal(dora.cookies.size, 0);
    assert.equal((await dora.go("GET", `/back${new URL(back).search}`)).status, 403);
    assert.equal(dora.cookies.size, 0, "no session begins");
  });

  test(`${name}: a browser that left the prompt is told so, and holds nothing any more`, async () => {
    const ben = new Visitor(ask);
    const sent = await ben.go("POST", "/sign-in");
    const back = await new Person(sent.headers.get("location") ?? "").leaves();
    const refused = await ben.go("GET", `/back${new URL(back).search}`);
    assert.deepEqual([refused.status, await refused.text()], [403, '<p role="alert">You are not signed in.</p>']);
    assert.equal(ben.cookies.size, 0);
  });
}

/** The hidden fields of the first form of a page, or of the form with this button. */
async function formOf(answer: Response, button = ""): Promise<Record<string, string>> {
  const forms = (await answer.clone().text()).split("<form").slice(1);
  const form = forms.find((form) => form.includes(button)) ?? "";
  const plain = (text = "") => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return Object.fromEntries([...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = "", value]) => [name, plain(value)]));
}

test("own-screens.ts: each view is shown, its forms are posted, and only a right code begins a session", async () => {
  const [anna, mallory] = [new Visitor(express), new Visitor(express)];
  const begun = await anna.go("POST", "/login");
  assert.match(await begun.clone().text(), /Send security code via email to/);
  const asked = await anna.go("POST", "/login/step", await formOf(begun, "Send security code via email"));
  const form = await formOf(asked);
  assert.deepEqual([form.action, form.field], ["verify", "code"]);
  const code = await codeSentTo(user.email);
  const refused = await anna.go("POST", "/login/step", { ...form, typed: wrong(code) });
  assert.equal(refused.status, 403);
  assert.match(await refused.clone().text(), /role="alert">[^<]+<.*name="typed"/s, "the sentence, and the form again");
  const short = await anna.go("POST", "/login/step", { ...form, typed: "12" });
  assert.match(await short.text(), /Enter all 6 digits of the code/);
  const forged = await anna.go("POST", "/login/step", { ...form, action: "../user/reset", typed: code });
  assert.equal(forged.status, 403);
  const reloaded = await anna.go("GET", "/login/step");
  assert.equal((await formOf(reloaded)).action, "verify");
  assert.equal((await mallory.go("POST", "/login/step", { ...form, typed: code })).status, 403, "another browser holds nothing");
  assert.deepEqual([anna.cookies.has("session"), mallory.cookies.has("session")], [false, false]);
  const home = await anna.go("POST", "/login/step", { ...form, typed: code });
  assert.deepEqual([home.status, home.headers.get("location")], [303, "/"]);
  assert.deepEqual([...anna.cookies.keys()].sort(), ["__Host-portcullis-browser", "session"]);
});

test("fastify.ts: the portal's own screens keep the browser known", async () => {
  const portcullis = client("email_enrolment_opt_out");
  const someone = newUser();
  const app = fastify();
  app.post("/sign-in", async (request, reply) => (await ofFastify(portcullis, request, reply).open(someone)).view);
  app.get("/screen", async (request, reply) => (await ofFastify(portcullis, request, reply).look()).view);
  app.post("/skip", async (request, reply) => {
    const { result } = await ofFastify(portcullis, request, reply).finish({ action: "skip", body: {} });
    reply.header("set-cookie", sessionOf(result?.user ?? ""));
    return [result?.user, result?.mfa];
  });
  app.post("/plain", async (request, reply) => {
    await ofFastify(portcullis, request, reply, { plainHttp: true }).open(newUser());
    return {};
  });
  const carol = new Visitor(async (url, init) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    const answer = await app.inject({ method: (init.method ?? "GET") as "GET", url, headers });
    const set = [answer.headers["set-cookie"] ?? []].flat().map((cookie): [string, string] => ["set-cookie", cookie]);
    return new Response(answer.body, { status: answer.statusCode, headers: set });
  });
  const opened = (await (await carol.go("POST", "/sign-in")).json()) as SignInView;
  assert.equal(opened.skippable, true);
  assert.deepEqual([...carol.cookies.keys()], ["__Host-portcullis-pending"]);
  assert.equal(((await (await carol.go("GET", "/screen")).json()) as SignInView).id, opened.id);
  const skipped = await carol.go("POST", "/skip");
  assert.deepEqual(await skipped.json(), [someone.id, "skipped"]);
  assert.deepEqual([...carol.cookies.keys()], ["session"], "the reply's own cookie stays beside it");
  const plain = await app.inject({ method: "POST", url: "/plain" });
  assert.match(String(plain.headers["set-cookie"]), /^portcullis-pending=[\w-]+; Path=\/; Max-Age=1800; HttpOnly; SameSite=Lax$/);
});

test("what the settings answer begins no session, and what a sign-in answers opens no settings", async () => {
  const portcullis = client("app_modern");
  const at = { returnUrl: returnUrl("app_modern") };
  const set: string[] = [];
  const reply = { header: (_: string, value: string) => set.push(value) };
  const request = (url: string, cookie = /(__Host-[^;]*)/.exec(set.at(-1) ?? "")?.[1]) => ({ headers: { cookie }, url, ip: "203.0.113.77" });
  for (const [opened, asked] of [["manage", undefined], ["manage", "login"], ["login", "manage"], ["login", "step_up"]] as const) {
    const { promptUrl } = await ofFastify(portcullis, request("/"), reply).open(newUser(), { ...at, event: opened });
    const url = `/back?${new URL(await new Person(promptUrl).leaves()).searchParams}`;
    const before = set.length;
    const browser = ofFastify(portcullis, request(url), reply);
    const finishing = asked ? browser.finishFor(asked) : browser.finish();
    await assert.rejects(finishing, (error) => error instanceof PendingRefused && error.code === "wrong_step", `${opened} ${asked}`);
    assert.equal(set.length, before, "the browser still holds what it began");
    const right = ofFastify(portcullis, request(url), reply);
    await assert.rejects(opened === "login" ? right.finish() : right.finishFor(opened), NotSignedIn);
  }
});
