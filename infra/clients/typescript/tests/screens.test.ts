// API mode: a portal that prints the view and posts what its user does.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { PendingRefused, Refused, Unavailable, type SignInView, type Step, type Typed } from "portcullis-client";
import { client, codeSentTo, losesFirstReplyTo, newUser, wrong } from "./support.js";

const totp = (secret: string) => execFileSync("oathtool", ["--totp", "-b", secret], { encoding: "utf8" }).trim();

/** Posts the form of a view, with what was typed. */
function form({ input }: SignInView, typed = ""): Typed {
  if (!input) throw new Error("nothing to post");
  return { action: input.action, body: input.field === "none" ? input.body : { ...input.body, [input.field]: typed } };
}

async function codeOnItsWay(portcullis = client("always_on")) {
  const user = newUser();
  const opened = await portcullis.open(user);
  const asked = await portcullis.finish(opened.pending, form(opened.view));
  return { portcullis, user, asked, code: await codeSentTo(user.email) };
}

const resultOf = ({ result }: Step) => [result?.user, result?.mfa, result?.method];

test("a code by email signs a user in, and makes the browser a known one", async () => {
  const { portcullis, user, asked, code } = await codeOnItsWay();
  const step = await portcullis.finish(asked.pending, form(asked.view, code));
  assert.deepEqual(resultOf(step), [user.id, "done", "email"]);
  assert.equal(step.pending, undefined);
  assert.ok(step.result && step.browserToken);
  const network = await losesFirstReplyTo(/nothing/);
  await client("always_on", { service: network.service }).open(user, { browserToken: step.browserToken });
  assert.equal((JSON.parse(network.seen[0]?.body ?? "") as { browser_token: string }).browser_token, step.browserToken);
});

test("an app is set up, and its next code comes with the password", async () => {
  const portcullis = client("authenticator_app");
  const user = newUser();
  const opened = await portcullis.open(user);
  const started = await portcullis.finish(opened.pending, form(opened.view));
  const { enrolment } = started.view;
  const secret = enrolment && "secret" in enrolment ? enrolment.secret : "";
  const step = await portcullis.finish(started.pending, form(started.view, totp(secret)));
  assert.deepEqual(resultOf(step), [user.id, "done", "authenticator_app"]);
  await assert.rejects(portcullis.open(user, { code: totp(secret) }), (error) => {
    assert.ok(error instanceof Refused && error.code === "code_reused");
    return true;
  });
});

test("a wrong code is refused with the sentence, the tries left and the form again", async () => {
  const { portcullis, asked, code } = await codeOnItsWay();
  await assert.rejects(portcullis.finish(asked.pending, form(asked.view, wrong(code))), (error) => {
    assert.ok(error instanceof Refused);
    assert.deepEqual([error.code, error.status, error.attemptsLeft], ["code_wrong", 403, 4]);
    assert.equal(error.signIn?.input?.action, "verify");
    return true;
  });
});

test("a lost reply to a right code is found again, and to a wrong one is never posted twice", async () => {
  const { user, asked, code } = await codeOnItsWay();
  const right = await losesFirstReplyTo(/verify$/);
  const step = await client("always_on", { service: right.service }).finish(asked.pending, form(asked.view, code));
  assert.deepEqual(resultOf(step), [user.id, "done", "email"]);
  const calls = right.seen.map(({ method, url }) => `${method} ${url.split("/").at(-1)?.slice(0, 6)}`);
  assert.deepEqual(calls, ["POST verify", "GET si_alw", "GET jwks.j"]);

  const other = await codeOnItsWay();
  const lossy = await losesFirstReplyTo(/verify$/);
  const portcullis = client("always_on", { service: lossy.service });
  await assert.rejects(portcullis.finish(other.asked.pending, form(other.asked.view, wrong(other.code))), (error) => {
    assert.ok(error instanceof Unavailable);
    assert.equal(error.signIn?.input?.action, "verify");
    return true;
  });
  assert.equal(lossy.seen.filter(({ url }) => url.endsWith("/verify")).length, 1);
  const left = other.portcullis.finish(other.asked.pending, form(other.asked.view, wrong(other.code)));
  await assert.rejects(left, (error) => error instanceof Refused && error.attemptsLeft === 3);
});

test("a lost reply to a request for a code sends no second one", async () => {
  const user = newUser();
  const { seen, service } = await losesFirstReplyTo(/challenge$/);
  const portcullis = client("always_on", { service });
  const opened = await portcullis.open(user);
  const asked = await portcullis.finish(opened.pending, form(opened.view));
  assert.equal(asked.view.input?.action, "verify");
  assert.equal(seen.filter(({ url }) => url.endsWith("/challenge")).length, 1);
  const step = await portcullis.finish(asked.pending, form(asked.view, await codeSentTo(user.email)));
  assert.equal(step.result?.user, user.id);
});

test("a code that comes with the password is never posted twice", async () => {
  const user = newUser();
  const { seen, service } = await losesFirstReplyTo(/^POST \/v1\/sign-ins$/);
  const step = await client("authenticator_app", { service }).open(user, { code: "123456" });
  assert.equal(step.view.status, "enrol");
  const codes = seen.map(({ body }) => (JSON.parse(body) as { code?: string }).code);
  assert.deepEqual(codes, ["123456", undefined]);
});

test("a page that is loaded again shows the sign-in as it stands", async () => {
  const { portcullis, asked, code } = await codeOnItsWay();
  const shown = await portcullis.look(asked.pending);
  assert.deepEqual(shown.view.input, asked.view.input);
  await portcullis.finish(asked.pending, form(asked.view, code));
  assert.equal((await portcullis.look(asked.pending)).result?.mfa, "done");
});

test("what a form posts leads to the calls of this sign-in and to no others", async () => {
  const { portcullis, asked } = await codeOnItsWay();
  for (const action of ["../user/reset", "result", "verify/../../../user", "", "verify?x=1"]) {
    const posted = portcullis.finish(asked.pending, { action, body: {} });
    await assert.rejects(posted, (error) => error instanceof PendingRefused && error.code === "wrong_step", action);
  }
  await assert.rejects(portcullis.finish(undefined, form(asked.view, "123456")), PendingRefused);
});

/** A user with an app, signed in on the portal's own screens. */
async function withApp(portcullis = client("app_modern")) {
  const user = newUser();
  let step = await portcullis.open(user);
  step = await portcullis.finish(step.pending, form(step.view));
  step = await portcullis.finish(step.pending, form(step.view, await codeSentTo(user.email)));
  step = await portcullis.finish(step.pending, { action: "enrolment", body: { method: "authenticator_app" } });
  const { enrolment } = step.view;
  const secret = enrolment && "secret" in enrolment ? enrolment.secret : "";
  step = await portcullis.finish(step.pending, form(step.view, totp(secret)));
  return { portcullis, user, step };
}

test("the settings are changed after a proof, and are no sign-in", async () => {
  const { portcullis, user, step } = await withApp();
  assert.equal(step.result?.event, "login");
  const again = await portcullis.look(step.pending);
  assert.deepEqual([again.view.recovery_codes, again.result], [step.view.recovery_codes, undefined]);
  const [code = ""] = step.view.recovery_codes?.codes ?? [];
  const opened = await portcullis.open(user, { event: "manage" });
  const recovery = { action: "verify", body: { code } };
  await assert.rejects(portcullis.finish(opened.pending, recovery), (error) => error instanceof PendingRefused && error.code === "wrong_step");
  await assert.rejects(portcullis.finish(opened.pending, recovery, "login"), PendingRefused);
  const managed = await portcullis.finish(opened.pending, recovery, "manage");
  assert.deepEqual([managed.result?.event, managed.result?.changed ?? []], ["manage", []]);
  const [authenticator] = managed.view.settings?.authenticators ?? [];
  const rename = { action: "settings", body: { change: "rename", authenticator: authenticator?.id, name: "Work phone" } };
  const renamed = await portcullis.finish(managed.pending, rename, "manage");
  assert.deepEqual(renamed.result?.changed, ["authenticator_renamed"]);
  const shown = await portcullis.look(renamed.pending, "manage");
  assert.equal(shown.view.settings?.authenticators[0]?.name, "Work phone");
});
