// Evaluates the roles of template.yaml with an independent implementation of IAM's rules:
//   node evaluate.mjs ROLES RECORD
// ROLES is what roles.py prints; RECORD is what the tests wrote to PORTCULLIS_RECORD_CALLS. Each recorded call has to be
// allowed and everything in denied.mjs refused; and taking any piece away has to break one or the other.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { byAws } from "./by_aws.mjs";
import { denied } from "./denied.mjs";

const require = createRequire(new URL("../../node/package.json", import.meta.url));
// Without its checks of the input: they drop the context keys kms:EncryptionContext:*, whose names IAM does not list.
const { runUnsafeSimulation } = require("@cloud-copilot/iam-simulate");
const { createValidatedPolicy, validateResourcePolicy } = require("@cloud-copilot/iam-policy");

const [rolesPath, recordPath] = process.argv.slice(2);
const deployments = JSON.parse(readFileSync(rolesPath, "utf8"));
const lines = new Set(readFileSync(recordPath, "utf8").split("\n").filter(Boolean));
const recorded = [...lines].map(line => JSON.parse(line));

// A pattern's stars are what an attacker or a user may choose; a sample stands for them.
const concrete = key => key.replaceAll("*", "0a1b");

// Returns what IAM gets to decide about: the resources of a call, all of which have to be allowed, and its context.
function requests(call, at) {
  const arn = (service, rest) => `arn:aws:${service}:${at.region}:${at.account}:${rest}`;
  const action = call.action, service = action.split(":")[0];
  const one = (resource, context = {}) => [{ action, resource, context }];
  if (call.stream) return one(call.stream === "ours" ? at.stream : arn("dynamodb", "table/other/stream/2026-01-01T00:00:00.000"));
  if (service === "dynamodb" && call.keys) {
    const table = call.table ? arn("dynamodb", `table/${call.table}`) : at.table;
    const keys = call.keys.filter(key => key !== undefined).map(concrete);
    return one(call.index ? `${table}/index/${call.index}` : table, keys.length ? { "dynamodb:LeadingKeys": keys } : {});
  }
  if (service === "kms") {
    const context = Object.entries(call.context ?? {}).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]);
    return one(call.key ? arn("kms", `key/${call.key}`) : at.key, Object.fromEntries(context));
  }
  if (call.from) {
    const context = { "ses:FromAddress": call.from };
    const identity = one(arn("ses", `identity/${call.from.split("@")[1]}`), context);
    return call.configuration_set ? [...identity, ...one(arn("ses", "configuration-set/any"), context)] : identity;
  }
  if (action === "ses:GetConfigurationSetEventDestinations") return one(arn("ses", `configuration-set/${at.configuration_set}`));
  if (action === "ses:GetEmailIdentity") return one(arn("ses", `identity/${at.email}`));
  if (call.to) return one(call.to === "phone" ? "+493012345" : arn("sns", "topic"));
  if (call.object) return one(`${call.object === "ours" ? at.bucket : "arn:aws:s3:::other"}/records`);
  if (call.journal) return one(`${at.journal}/${call.journal}/2026-11-30/1-2.ndjson`);
  if (call.bucket) return one(at.bucket);
  if (call.queue) return one(at.queues[call.queue] ?? arn("sqs", call.queue));
  if (call.bus) return one(arn("events", `event-bus/${call.bus}`));
  return one("*");
}

// The key's own policy lets the account's roles decide.
const keyPolicy = account => createValidatedPolicy({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" }],
}, validateResourcePolicy, { name: "RootKey" });

const allowed = (policies, call, at) =>
  requests(call, at).every(({ action, resource, context }) =>
    runUnsafeSimulation({
      request: {
        principal: `arn:aws:iam::${at.account}:role/${call.function}`,
        action, resource: { resource, accountId: at.account }, contextVariables: context,
      },
      identityPolicies: policies.map(({ name, document }) => ({ name, policy: document })),
      serviceControlPolicies: [], resourceControlPolicies: [],
      resourcePolicy: action.startsWith("kms:") ? keyPolicy(at.account) : undefined,
    }, {}) === "Allowed");

// A sender is needed where the deployment's identity covers it: the address itself, or a domain and those below it.
const covers = (identity, from) => [from, from.split("@")[1]].includes(identity) || from.endsWith(`.${identity}`);
const isNeeded = (call, at) => !call.from || covers(at.email, call.from);

const text = ({ why, ...call }) => JSON.stringify(call) + (why ? ` (${why})` : "");
const needed = [...recorded, ...byAws];
const of = (calls, name) => calls.filter(call => call.function === name);
const wrongOf = (policies, name, at) => [
  ...of(needed, name).filter(call => isNeeded(call, at) && !allowed(policies, call, at)).map(call => `refused, and needed: ${text(call)}`),
  ...of(denied, name).filter(call => allowed(policies, call, at)).map(call => `allowed, and must not be: ${text(call)}`),
];
const breaks = (policies, name, at) =>
  of(needed, name).some(call => isNeeded(call, at) && !allowed(policies, call, at)) || of(denied, name).some(call => allowed(policies, call, at));

// Returns the role without one piece of it, once for each piece.
function* mutations(policies) {
  const list = value => (Array.isArray(value) ? value : [value]);
  const less = (place, value, name) => list(value).length < 2 ? [] :
    list(value).map((one, i) => [`${name} ${one}`, copy => { place(copy)[name] = list(value).filter((_, j) => j !== i); }]);
  for (const [p, policy] of policies.entries()) {
    if (!policy.ours) continue;
    for (const [s, statement] of policy.document.Statement.entries()) {
      const at = copy => copy[p].document.Statement[s];
      const pieces = [["statement", copy => { copy[p].document.Statement.splice(s, 1); }]];
      for (const name of ["Action", "Resource"]) if (statement[name]) pieces.push(...less(at, statement[name], name));
      if (statement.NotResource) pieces.push(["NotResource", copy => { delete at(copy).NotResource; at(copy).Resource = "*"; }]);
      for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
        for (const [key, values] of Object.entries(keys)) {
          pieces.push([`condition ${key}`, copy => {
            delete at(copy).Condition[operator][key];
            if (!Object.keys(at(copy).Condition[operator]).length) delete at(copy).Condition[operator];
            if (!Object.keys(at(copy).Condition).length) delete at(copy).Condition;
          }]);
          pieces.push(...less(copy => at(copy).Condition[operator], values, key));
        }
      }
      for (const [name, change] of pieces) {
        const copy = structuredClone(policies);
        change(copy);
        yield { name: `${statement.Sid}: without ${name}`, policies: copy };
      }
    }
  }
}

// Which key classes, indexes, purposes and resources each function uses, by action.
function matrix() {
  const rows = new Map();
  for (const call of recorded) {
    const what = call.keys ? call.keys.map(key => (call.index ? `index ${call.index}` : key)) :
      [call.context ? call.context.portcullis : call.from ? "its identity" : call.journal ?? call.to ?? call.queue ?? call.bus ?? "account"];
    for (const one of what) {
      const row = `${call.action.padEnd(32)} ${one}`;
      rows.set(row, (rows.get(row) ?? new Set()).add(call.function));
    }
  }
  const names = Object.keys(deployments.new.roles);
  console.log(`${"right".padEnd(56)} ${names.join("  ")}`);
  for (const row of [...rows.keys()].sort()) {
    console.log(`${row.padEnd(56)} ${names.map(name => (rows.get(row).has(name) ? "x" : ".").padEnd(name.length)).join("  ")}`);
  }
}

matrix();
const wrong = [];
for (const [kind, at] of Object.entries(deployments)) {
  for (const [name, policies] of Object.entries(at.roles)) {
    if (!of(recorded, name).length) wrong.push(`${name}: no call was recorded`);
    wrong.push(...wrongOf(policies, name, at).map(problem => `${kind}: ${problem}`));
  }
}
let tried = 0;
for (const [name, policies] of Object.entries(deployments.new.roles)) {
  // The same piece of each deployment; it is enough if one of them misses it.
  const others = [deployments.address].map(at => ({ at, pieces: [...mutations(at.roles[name])] }));
  for (const [i, mutation] of [...mutations(policies)].entries()) {
    tried += 1;
    const missed = breaks(mutation.policies, name, deployments.new) || others.some(({ at, pieces }) => breaks(pieces[i].policies, name, at));
    if (!missed) wrong.push(`${name}: nothing misses ${mutation.name}`);
  }
}
for (const problem of wrong) console.error(problem);
console.log(`roles: ${needed.length} calls needed, ${denied.length} refused, ${tried} pieces taken away one at a time; ${wrong.length} wrong`);
process.exit(wrong.length ? 1 : 0);
