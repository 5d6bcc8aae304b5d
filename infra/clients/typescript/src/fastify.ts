// Fastify.

import { Browser, type BrowserOptions } from "./browser.js";
import type { Portcullis } from "./portcullis.js";

interface Request {
  headers: { cookie?: string | undefined; "user-agent"?: string | undefined };
  url: string;
  /** It knows of proxies by `trustProxy`. */
  ip: string;
}

interface Reply {
  /** Several values of `set-cookie` are kept beside each other. */
  header(name: string, value: string): unknown;
}

/** Returns the browser that sent a request. Its cookies go out with the reply. */
export function browserOf(portcullis: Portcullis, request: Request, reply: Reply, options?: BrowserOptions): Browser {
  const { headers, url, ip } = request;
  const setCookie = (header: string) => void reply.header("set-cookie", header);
  const exchange = { cookies: headers.cookie, url, ip, userAgent: headers["user-agent"], setCookie };
  return new Browser(portcullis, exchange, options);
}
