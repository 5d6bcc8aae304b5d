// Signs a user in with the client of orval, and prints the assertion.
import {
  confirmEnrolment,
  openSignIn,
  redeemResult,
  sendCode,
  startEnrolment,
  verifyCode,
  type SignInView,
} from "./orval.generated.ts";
import { code, key, nonce, user } from "./user.ts";

const options = { headers: { Authorization: `Bearer ${key}` } };

/** Posts what a sign-in asks for. */
async function next({ id, input, links, enrolment, message }: SignInView) {
  switch (input?.action) {
    case "challenge":
      return sendCode(id, input.body, options);
    case "enrolment":
      return startEnrolment(id, input.body, options);
    case "enrolment/confirm":
      return confirmEnrolment(id, { code: await code(enrolment) }, options);
    case "verify":
      return verifyCode(id, { ...input.body, code: await code() }, options);
    case undefined: {
      const link = links.find((link) => link.action === "challenge");
      if (!link) throw new Error(message);
      return sendCode(id, link.body, options);
    }
  }
}

function viewOf(answer: Awaited<ReturnType<typeof next> | ReturnType<typeof openSignIn>>): SignInView {
  if (answer.status === 200 || answer.status === 201 || answer.status === 202) return answer.data;
  throw new Error(`${answer.data.code}: ${answer.data.detail}`);
}

let view = viewOf(await openSignIn({ user, event: "login", nonce }, options));
while (view.status === "challenge" || view.status === "enrol") view = viewOf(await next(view));
console.log(view.assertion);

// A result code is redeemed once; this one is made up.
const answer = await redeemResult(view.id, { result_code: "q7Yc0hJ0a3m1Tq2bV5xZ8w" }, options);
if (answer.status !== 200) console.log(answer.data.code);
