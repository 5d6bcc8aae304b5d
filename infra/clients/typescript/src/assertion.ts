// The check of an assertion, and what it says.

import { jwtVerify, type JWTPayload } from "jose";
import { AssertionRefused, PortcullisError } from "./errors.js";
import type { KeySet } from "./key-set.js";
import type { Config } from "./settings.js";
import type { AcrName, EventName, MethodName } from "./wire.js";

/** Words are added within a version: treat one that you do not know as another one. */
type OrAnother = string & {};

/** The values that an assertion has to agree with: those of the opening. */
export interface Expected {
  user: string;
  nonce: string;
  /** `login` if not given: an assertion for anything else signs nobody in. */
  event?: string;
  /** The least that the proof has to be. Of an assertion of a step-up it is `delivered` if not given. */
  acr?: AcrName | undefined;
  /** The text that the user was to confirm, exactly as it was opened with. */
  text?: string | undefined;
  /** The earliest moment that the proof may be of, in seconds since the Unix epoch: that of the opening, less its `maxAge`. */
  provenSince?: number | undefined;
}

/** A user who is in. Moments are seconds since the Unix epoch. */
export interface Result {
  readonly user: string;
  readonly mfa: "done" | "skipped" | "not_required" | "bypass" | "trusted_browser" | OrAnother;
  /** Absent if no code of a method was accepted. */
  readonly method: MethodName | OrAnother | undefined;
  /** The last part of the claim: `none`, `bypass`, `fallback`, `delivered`, `app` and others. */
  readonly acr: string;
  readonly amr: readonly string[];
  readonly event: EventName | OrAnother | undefined;
  readonly reason: string | undefined;
  /** The moment of the proof; in a trusted browser, of the earlier one; without a proof (see `mfa`), of the answer. */
  readonly authTime: number | undefined;
  /** Sessions of this user's own that began before this moment are to end. */
  readonly sessionsNotBefore: number | undefined;
  readonly generation: number | undefined;
  /** What the user changed, if the sign-in was for that. */
  readonly changed: readonly string[] | undefined;
  /** Of a step-up with a text: true if the proof was of this text and of no other. */
  readonly textBound: boolean | undefined;
  /** The id of the sign-in: one sign-in, one assertion. */
  readonly signIn: string | undefined;
  /** Everything that was signed. */
  readonly claims: Readonly<JWTPayload>;
}

/** Seconds by which two clocks may differ. */
const TOLERANCE = 5;

/** The proofs that count for a step-up, and the weakest is first. */
export const STRENGTHS: readonly string[] = ["delivered", "app", "passkey"] satisfies AcrName[];

function isStrongEnough(claim: unknown, least: string): boolean {
  const needed = STRENGTHS.indexOf(least);
  return needed >= 0 && STRENGTHS.slice(needed).some((strength) => claim === `urn:portcullis:acr:${strength}`);
}

const text = (value: unknown) => (typeof value === "string" ? value : undefined);
const moment = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : undefined);
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : undefined);

function resultOf(claims: JWTPayload, user: string, mfa: string): Result {
  return {
    user,
    mfa,
    method: text(claims.method),
    acr: text(claims.acr)?.replace(/^urn:portcullis:acr:/, "") ?? "none",
    amr: texts(claims.amr) ?? [],
    event: text(claims.event),
    reason: text(claims.reason),
    authTime: moment(claims.auth_time),
    sessionsNotBefore: moment(claims.sessions_not_before),
    generation: moment(claims.generation),
    changed: texts(claims.changed),
    textBound: typeof claims.text_bound === "boolean" ? claims.text_bound : undefined,
    signIn: text(claims.jti),
    claims,
  };
}

/** Returns true if the proof of an assertion is of this moment or a later one, or if there was no proof to be old. */
function isProvenSince(claims: JWTPayload, since: number): boolean {
  const at = moment(claims.auth_time);
  if (at === undefined) return claims.auth_time === undefined && claims.mfa !== "trusted_browser";
  return at >= since - TOLERANCE;
}

/** Returns the SHA-256 of a text, as the claim has it. */
async function textHash(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toString("base64url");
}

/** Checks signature, `iss`, `aud`, `exp`, `nbf`, `sub`, `nonce`, `event`, of a step-up `acr` and `text_sha256`, and the age of a proof. */
export async function check(config: Config, keys: KeySet, assertion: string, expected: Expected): Promise<Result> {
  const refused = (cause: unknown) => new AssertionRefused(config.say("assertion_refused"), { cause });
  if (!expected.user || !expected.nonce) throw refused("nothing is expected of it");
  let claims: JWTPayload;
  try {
    const key = async ({ kid }: { kid?: string }) => {
      const found = kid === undefined ? undefined : await keys.find(kid);
      if (!found) throw new Error("its key is not one of the service");
      return found;
    };
    ({ payload: claims } = await jwtVerify(assertion, key, {
      algorithms: ["ES256"],
      issuer: config.issuer,
      audience: config.portal,
      subject: expected.user,
      requiredClaims: ["exp", "nbf", "nonce", "event", "mfa"],
      clockTolerance: TOLERANCE,
      currentDate: new Date(config.now() * 1_000),
    }));
  } catch (cause) {
    // The keys could not be fetched: that says nothing of the assertion.
    throw cause instanceof PortcullisError ? cause : refused(cause);
  }
  if (claims.aud !== config.portal) throw refused("it is for several portals");
  if (claims.nonce !== expected.nonce) throw refused("it is of another sign-in");
  const { event = "login", acr = event === "step_up" ? "delivered" : undefined } = expected;
  if (claims.event !== event) throw refused("it is for another event");
  if (acr !== undefined && !isStrongEnough(claims.acr, acr)) throw refused("its proof is weaker than the one that was asked for");
  const hash = expected.text === undefined ? undefined : await textHash(expected.text);
  if (claims.text_sha256 !== hash) throw refused("it is for another text");
  const { provenSince } = expected;
  if (provenSince !== undefined && !isProvenSince(claims, provenSince)) throw refused("its proof is older than was asked for");
  const mfa = text(claims.mfa);
  if (!mfa) throw refused("it does not say what was done");
  return resultOf(claims, expected.user, mfa);
}

/**
 * True for a session of the user's own that began before the last reset or erasure: end it. `since` is a result, what
 * `getUser` answers, or the newest moment that you have kept for this user.
 */
export function isSessionEnded(
  sessionStartedAt: Date | number,
  since: Pick<Result, "sessionsNotBefore"> | { sessions_not_before?: number | null } | number | null | undefined,
): boolean {
  const seconds = sessionStartedAt instanceof Date ? sessionStartedAt.getTime() / 1_000 : sessionStartedAt;
  if (!(seconds >= 0 && seconds < 1e11)) throw new RangeError("a session's start is a Date or seconds since the Unix epoch");
  let moment = since;
  if (typeof moment === "object" && moment !== null) {
    moment = "sessionsNotBefore" in moment ? moment.sessionsNotBefore : (moment as { sessions_not_before?: number }).sessions_not_before;
  }
  return typeof moment === "number" && seconds < moment;
}
