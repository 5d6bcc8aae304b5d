// Reads assertions on standard input, and says of each whether the sample accepts it.
import { readFileSync } from "node:fs";
import { createRemoteJWKSet } from "jose";
import { check, counts } from "./check.ts";

const { jwks, expected, assertions, began } = JSON.parse(readFileSync(0, "utf8"));
const keys = createRemoteJWKSet(new URL(jwks));
const said: boolean[] = [];
for (const moment of began ?? []) {
  said.push(counts(moment, await check(assertions[0], keys, expected)));
}
for (const assertion of assertions) {
  said.push(await check(assertion, keys, expected).then(() => true, () => false));
}
console.log(JSON.stringify(said));
