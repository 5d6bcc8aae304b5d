// Express, and everything that hands over the request and the response of node:http.

import { Browser, type BrowserOptions } from "./browser.js";
import type { Portcullis } from "./portcullis.js";

interface Request {
  headers: { cookie?: string | undefined; "user-agent"?: string | undefined };
  url?: string | undefined;
  /** Express: it knows of proxies by `trust proxy`. */
  ip?: string | undefined;
  socket?: { remoteAddress?: string | undefined };
}

interface Response {
  appendHeader(name: string, value: string): unknown;
}

/** Returns the browser that sent a request. Its cookies go out with the response. */
export function browserOf(portcullis: Portcullis, request: Request, response: Response, options?: BrowserOptions): Browser {
  const { headers, url = "", ip, socket } = request;
  const exchange = {
    cookies: headers.cookie,
    url,
    ip: ip ?? socket?.remoteAddress,
    userAgent: headers["user-agent"],
    setCookie: (header: string) => void response.appendHeader("set-cookie", header),
  };
  return new Browser(portcullis, exchange, options);
}
