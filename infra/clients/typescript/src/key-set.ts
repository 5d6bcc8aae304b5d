// The service's public keys.

import { importJWK, type CryptoKey, type JWK } from "jose";
import type { Calls } from "./calls.js";
import type { Config } from "./settings.js";

/** Seconds for which the keys are kept, as the service says: then a key that was withdrawn is forgotten. */
const KEPT = 300;
/** Seconds between two fetches because of an unknown key. */
const PAUSE = 60;

/** The keys of `/.well-known/jwks.json`, and no others. */
export class KeySet {
  private keys = new Map<string, CryptoKey>();
  private fetchedAt = -Infinity;
  private askedAt = -Infinity;
  private fetching: Promise<void> | undefined;

  constructor(
    private readonly calls: Calls,
    private readonly config: Config,
  ) {}

  /** Returns the key of this id, or `undefined`: then the assertion is not of this service. */
  async find(kid: string): Promise<CryptoKey | undefined> {
    const age = this.config.now() - this.fetchedAt;
    if (age < 0 || age >= KEPT) {
      await this.fetch();
      return this.keys.get(kid);
    }
    if (!this.keys.has(kid) && this.config.now() - this.askedAt >= PAUSE) {
      this.askedAt = this.config.now();
      await this.fetch();
    }
    return this.keys.get(kid);
  }

  /** Fetches the keys, once for everybody who waits for them. */
  private fetch(): Promise<void> {
    this.fetching ??= this.read().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async read(): Promise<void> {
    const { keys } = (await this.calls.read("/.well-known/jwks.json")) as { keys?: JWK[] };
    if (!Array.isArray(keys)) throw this.calls.unavailable(200);
    const found = new Map<string, CryptoKey>();
    for (const { kty, crv, alg, kid, x, y } of keys) {
      if (kty !== "EC" || crv !== "P-256" || alg !== "ES256" || !kid || !x || !y) continue;
      found.set(kid, (await importJWK({ kty, crv, x, y }, "ES256")) as CryptoKey);
    }
    this.keys = found;
    this.fetchedAt = this.config.now();
  }
}
