// Next's route handlers, and everything else with the Request and the Response of the web.

import { Browser, type BrowserOptions } from "./browser.js";
import type { Portcullis } from "./portcullis.js";

export interface WebOptions extends BrowserOptions {
  /** The address that the request came from, as your platform tells it. */
  ip?: string;
}

export class WebBrowser extends Browser {
  constructor(portcullis: Portcullis, request: Request, private readonly headers: Headers, options: WebOptions = {}) {
    const exchange = {
      cookies: request.headers.get("cookie") ?? undefined,
      url: request.url,
      ip: options.ip,
      userAgent: request.headers.get("user-agent") ?? undefined,
      setCookie: (header: string) => headers.append("set-cookie", header),
    };
    super(portcullis, exchange, options);
  }

  /** Adds this browser's cookies to a response. */
  answer(response: Response): Response {
    const headers = new Headers(response.headers);
    for (const cookie of this.headers.getSetCookie()) headers.append("set-cookie", cookie);
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }

  /** Sends this browser elsewhere, with its cookies. */
  redirect(location: string): Response {
    return this.answer(new Response(null, { status: 303, headers: { location } }));
  }
}

/** Returns the browser that sent a request. `redirect` and `answer` give its cookies to the response. */
export function browserOf(portcullis: Portcullis, request: Request, options?: WebOptions): WebBrowser {
  return new WebBrowser(portcullis, request, new Headers(), options);
}
