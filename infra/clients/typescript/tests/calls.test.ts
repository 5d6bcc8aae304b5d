// The calls that are made again, and those that are not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Portcullis, Refused, Unavailable } from "portcullis-client";

const view = { id: "si_acme_x", status: "challenge", expires_at: 4_000_000_000, options: [], links: [], message: "" };
const problem = (status: number, code: string, others = {}) => () => Response.json({ status, code, detail: "Sorry.", ...others }, { status });
const gateway = () => Response.json({ message: "Too Many Requests" }, { status: 429 });
const page = () => new Response("<html>", { status: 502 });
const lost = () => Promise.reject(new TypeError("fetch failed"));

/** A service that opens sign-ins and answers everything else one way; `posts` counts what was posted after the opening. */
function service(answer: () => Response | Promise<Response>, alsoOpenings = false) {
  const seen = { posts: 0, reads: 0 };
  const fetch = async (url: unknown, init?: RequestInit) => {
    if (init?.method === "GET") return (seen.reads += 1), Response.json(view);
    if (String(url).endsWith("/sign-ins") && !alsoOpenings) return Response.json(view, { status: 201 });
    seen.posts += 1;
    return answer();
  };
  const settings = { service: "https://mfa.example", issuer: "urn:test", portal: "acme", key: "pcl_acme_x" };
  return { seen, portcullis: new Portcullis({ ...settings, fetch: fetch as typeof globalThis.fetch }) };
}

const cases: [string, () => Response | Promise<Response>, typeof Refused | typeof Unavailable, number, number][] = [
  // The answer, the error, and how often an opening and a code are posted.
  ["a lost connection", lost, Unavailable, 2, 1],
  ["503 unavailable", problem(503, "unavailable"), Unavailable, 2, 1],
  ["503 unavailable for a minute", problem(503, "unavailable", { retry_after: 60 }), Unavailable, 1, 1],
  ["502 without a problem document", page, Unavailable, 2, 1],
  ["503 newer_release", problem(503, "newer_release"), Refused, 1, 1],
  ["409 conflict, where nothing was judged", problem(409, "conflict"), Refused, 2, 2],
  ["429 locked", problem(429, "locked", { retry_after: 1 }), Refused, 1, 1],
  ["429 over_share", problem(429, "over_share", { retry_after: 40 }), Refused, 1, 1],
  ["429 of the gateway itself", () => gateway(), Unavailable, 2, 1],
  ["403 code_wrong", problem(403, "code_wrong"), Refused, 1, 1],
];

for (const [name, answer, error, openings, codes] of cases) {
  test(`${name}: ${openings} openings, ${codes} codes`, async () => {
    const opening = service(answer, true);
    await assert.rejects(opening.portcullis.open("anna"), error);
    assert.equal(opening.seen.posts, openings);
    const { portcullis, seen } = service(answer);
    const { pending } = await portcullis.open("anna");
    await assert.rejects(portcullis.finish(pending, { action: "verify", body: { code: "123456" } }), error);
    assert.equal(seen.posts, codes);
    assert.equal(seen.reads, error === Unavailable ? 1 : 0, "what may have been judged is read");
  });
}

test("a success that is none is no way in", async () => {
  for (const answer of [Response.json({}), Response.json(null), Response.json({ ...view, id: 1 }), new Response(null, { status: 204 })]) {
    await assert.rejects(service(() => answer.clone(), true).portcullis.open("anna"), Unavailable);
  }
  const elsewhere = { ...view, prompt_url: "http://mfa.example/prompt/x" };
  const { portcullis } = service(() => Response.json(elsewhere, { status: 201 }), true);
  await assert.rejects(portcullis.open("anna", { returnUrl: "https://portal.example/back" }), Unavailable);
});

test("a user is shown what is written for users, and otherwise one sentence", async () => {
  const own = "Something went wrong with this sign-in. Sign in again, or ask for help.";
  const shown: [ReturnType<typeof problem>, string][] = [
    [problem(400, "bad_request"), own],
    [problem(400, "bad_request", { sign_in: view }), "Sorry."],
    [problem(403, "result_refused"), own],
    [problem(401, "key_refused"), own],
    [problem(422, "return_url_refused"), own],
    [problem(403, "of_a_later_release"), own],
    [problem(403, "code_wrong"), "Sorry."],
    [problem(429, "over_share", { retry_after: 40 }), "Sorry."],
    [problem(503, "newer_release"), "Sorry."],
  ];
  for (const [answer, sentence] of shown) {
    const refused = (error: unknown) => error instanceof Refused && error.message === sentence && error.detail === "Sorry.";
    await assert.rejects(service(answer, true).portcullis.open("anna"), refused, sentence);
  }
});

test("the gateway's own 429 is no sentence for users, and says no time", async () => {
  const turnedAway = (error: unknown) =>
    error instanceof Unavailable && error.status === 429 && error.retryAfter === undefined && !error.message.includes("Too Many Requests");
  await assert.rejects(service(() => gateway(), true).portcullis.open("anna"), turnedAway);
});
