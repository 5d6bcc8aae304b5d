// The examples of the README, in browsers with cookies; and the file for Fastify.

import assert from "node:assert/strict";
import { test } from "node:test";
import { browserOf as ofFastify } from "portcullis-client/fastify";
import { client, newUser, Person } from "./support.js";
import "../examples/express.js";
import * as next from "../examples/next.js";
import { listen, user } from "../examples/portal.js";

type Ask = (path: string, init: RequestInit) => Promise<Response>;

/** A browser with cookies, at a portal. */
class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(private readonly ask: Ask) {}

  async go(method: string, path: string): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await this.ask(path, { method, headers: { cookie, "user-agent": "Mozilla/5.0 Firefox/143.0" }, redirect: "manual" });
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

  test(`${name}: a browser that left the prompt is told so, and holds nothing any more`, async () => {
    const ben = new Visitor(ask);
    const sent = await ben.go("POST", "/sign-in");
    const back = await new Person(sent.headers.get("location") ?? "").leaves();
    const refused = await ben.go("GET", `/back${new URL(back).search}`);
    assert.deepEqual([refused.status, await refused.text()], [403, '<p role="alert">You are not signed in.</p>']);
    assert.equal(ben.cookies.size, 0);
  });
}

test("fastify.ts: the portal's own screens keep the browser known", async () => {
  const portcullis = client("email_enrolment_opt_out");
  const set: string[] = [];
  const reply = { header: (name: string, value: string) => set.push(`${name}: ${value}`) };
  const request = (cookie?: string) => ({ headers: { cookie }, url: "/", ip: "203.0.113.77" });
  const someone = newUser();
  const { view } = await ofFastify(portcullis, request(), reply).open(someone);
  assert.equal(view.skippable, true);
  assert.match(set[0] ?? "", /^set-cookie: __Host-portcullis-pending=[\w-]{200,}; Path=\/; Max-Age=1800; HttpOnly; SameSite=Lax; Secure$/);
  const cookie = /(__Host-[^;]*)/.exec(set[0] ?? "")?.[1];
  const shown = await ofFastify(portcullis, request(cookie), reply).look();
  assert.equal(shown.view.id, view.id);
  const skipped = await ofFastify(portcullis, request(cookie), reply).finish({ action: "skip", body: {} });
  assert.deepEqual([skipped.result?.user, skipped.result?.mfa], [someone.id, "skipped"]);
  assert.match(set.at(-1) ?? "", /^set-cookie: __Host-portcullis-pending=; Path=\/; Max-Age=0;/);
  const plain = ofFastify(portcullis, request(), reply, { plainHttp: true });
  await plain.open(newUser());
  assert.match(set.at(-1) ?? "", /^set-cookie: portcullis-pending=[\w-]+; Path=\/; Max-Age=1800; HttpOnly; SameSite=Lax$/);
});
