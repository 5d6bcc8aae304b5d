// The settings of a portal, checked once.

import { SENTENCES, type OwnCode, type Sentences } from "./errors.js";

export interface Settings {
  /** The address of the service, with the path it lies under, if there is one. */
  service: string;
  /** The `iss` of its assertions. */
  issuer: string;
  /** The id of this portal: the `aud` of its assertions. */
  portal: string;
  /** The portal's API key. */
  key: string;
  /** Milliseconds that one call may take: 5,000 if not given. */
  timeout?: number;
  /** Seals pending values in place of the API key: for servers with different keys, or to change keys without a pause. */
  pendingSecret?: string;
  /** Sentences in place of the English ones. */
  sentences?: Sentences;
  /** For tests. */
  fetch?: typeof fetch;
  /** For tests: milliseconds since the Unix epoch. */
  now?: () => number;
}

export interface Config {
  readonly service: string;
  readonly issuer: string;
  readonly portal: string;
  readonly key: string;
  readonly timeout: number;
  readonly pendingSecret: string;
  readonly fetch: typeof fetch;
  /** Seconds since the Unix epoch. */
  readonly now: () => number;
  readonly say: (code: OwnCode) => string;
}

/** True if what is sent to this address cannot be read on the way. */
export function isPrivate(url: URL): boolean {
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && local);
}

export function configOf(settings: Settings): Config {
  for (const name of ["service", "issuer", "portal", "key"] as const) {
    if (!settings[name]) throw new TypeError(`${name} is missing`);
  }
  if (!isPrivate(new URL(settings.service))) throw new TypeError("service must begin with https://");
  if (settings.pendingSecret !== undefined && settings.pendingSecret.length < 32) {
    throw new TypeError("pendingSecret needs 32 characters or more");
  }
  const milliseconds = settings.now ?? Date.now;
  return {
    service: settings.service.replace(/\/+$/, ""),
    issuer: settings.issuer,
    portal: settings.portal,
    key: settings.key,
    timeout: settings.timeout ?? 5_000,
    pendingSecret: settings.pendingSecret ?? settings.key,
    fetch: settings.fetch ?? fetch,
    now: () => Math.floor(milliseconds() / 1_000),
    say: (code) => settings.sentences?.[code] ?? SENTENCES[code],
  };
}
