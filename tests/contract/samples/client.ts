// Reads assertions on standard input, and says of each whether the client library accepts it.
import { readFileSync } from "node:fs";
import { AssertionRefused, isSessionEnded, Portcullis } from "./src/index.ts";

const { jwks, expected, assertions, began } = JSON.parse(readFileSync(0, "utf8"));
const { issuer, portal, user, nonce, event } = expected;
const service = jwks.replace("/.well-known/jwks.json", "");
const portcullis = new Portcullis({ service, issuer, portal, key: "pcl_acme_none" });
const said: boolean[] = [];
for (const moment of began ?? []) {
  said.push(!isSessionEnded(moment, await portcullis.check(assertions[0], { user, nonce, event })));
}
for (const assertion of assertions) {
  try {
    await portcullis.check(assertion, { user, nonce, event });
    said.push(true);
  } catch (error) {
    if (!(error instanceof AssertionRefused)) throw error;
    said.push(false);
  }
}
console.log(JSON.stringify(said));
