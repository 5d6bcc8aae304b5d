// A sign-in that waits for its browser. The value is sealed, so that it can lie in a cookie: nobody can read or make one.

import { PendingRefused, type PendingCode } from "./errors.js";
import type { Config } from "./settings.js";
import type { AcrName } from "./wire.js";

export type Mode = "prompt" | "screens";

export interface Pending {
  readonly mode: Mode;
  /** The id of the sign-in. */
  readonly id: string;
  /** Comes back as `state`, and in the assertion. */
  readonly nonce: string;
  readonly user: string;
  readonly event: string;
  /** A step-up: the least that its proof has to be. */
  readonly acr: AcrName | undefined;
  /** A step-up: what the user is about to do. */
  readonly intent: string | undefined;
  /** A step-up: the text that the user confirms. */
  readonly text?: string | undefined;
  /** An opening with a `maxAge`: the earliest moment that its proof may be of, in seconds since the Unix epoch. */
  readonly provenSince?: number | undefined;
  /** Its result was given: what follows in the same sign-in brings no other one. */
  readonly hasResult?: boolean;
  /** Seconds since the Unix epoch. */
  readonly expiresAt: number;
}

/** The step that a page finishes: an event by its name, and a step-up also by what it was opened for. */
export type Asked = string | { event: "step_up"; intent: string };

const PURPOSE = "portcullis pending v1";
/** The events that sign somebody in. A result of another one is for nothing else: it has to be asked for by its name. */
const SIGN_INS: readonly string[] = ["login", "invitation"];
const NONCE_BYTES = 12;
const bytes = (text: string) => new TextEncoder().encode(text);

function isAsked(pending: Pending, asked: Asked | undefined): boolean {
  if (asked === undefined) return SIGN_INS.includes(pending.event);
  const { event, intent } = typeof asked === "string" ? { event: asked, intent: undefined } : asked;
  if (pending.event !== event) return false;
  return event !== "step_up" || (Boolean(intent) && pending.intent === intent);
}

export class PendingSeal {
  private key: Promise<CryptoKey> | undefined;

  constructor(private readonly config: Config) {}

  async seal(pending: Pending): Promise<string> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const algorithm = { name: "AES-GCM", iv, additionalData: this.purpose() };
    const sealed = await crypto.subtle.encrypt(algorithm, await this.sealingKey(), bytes(JSON.stringify(pending)));
    return Buffer.concat([iv, new Uint8Array(sealed)]).toString("base64url");
  }

  /**
   * Opens the pending value of this browser. Nobody can finish a sign-in without one, or with one of another event or for
   * another intent.
   */
  async open(sealed: string | null | undefined, mode: Mode, asked?: Asked): Promise<Pending> {
    if (!sealed) throw this.refused("no_pending");
    let pending: Pending;
    try {
      const all = new Uint8Array(Buffer.from(sealed, "base64url"));
      const algorithm = { name: "AES-GCM", iv: all.subarray(0, NONCE_BYTES), additionalData: this.purpose() };
      const opened = await crypto.subtle.decrypt(algorithm, await this.sealingKey(), all.subarray(NONCE_BYTES));
      pending = JSON.parse(new TextDecoder().decode(opened)) as Pending;
    } catch {
      throw this.refused("pending_refused");
    }
    if (this.config.now() >= pending.expiresAt) throw this.refused("pending_over");
    if (pending.mode !== mode || !isAsked(pending, asked)) throw this.refused("wrong_step");
    return pending;
  }

  refused(code: PendingCode): PendingRefused {
    return new PendingRefused(code, this.config.say(code));
  }

  /** A pending value is worth nothing at another portal, even under the same secret. */
  private purpose() {
    return bytes(`${PURPOSE} ${this.config.portal}`);
  }

  private sealingKey(): Promise<CryptoKey> {
    this.key ??= this.derive();
    return this.key;
  }

  private async derive(): Promise<CryptoKey> {
    const secret = await crypto.subtle.importKey("raw", bytes(this.config.pendingSecret), "HKDF", false, ["deriveKey"]);
    const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: this.purpose() };
    return crypto.subtle.deriveKey(hkdf, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }
}
