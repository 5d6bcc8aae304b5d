// A browser and its cookies: it holds its own pending value, and the token by which it is known.

import { PortcullisError, Unavailable } from "./errors.js";
import type { Result } from "./assertion.js";
import type { Asked } from "./pending.js";
import type { AtThePrompt, Portcullis, PromptOpening, ScreensOpening, Step, Typed } from "./portcullis.js";
import type { UserFields } from "./wire.js";

/** The parts of a request and its response that a framework's file hands over. */
export interface Exchange {
  /** The request's `Cookie` header. */
  cookies: string | undefined;
  /** The path and query that the browser asked for. */
  url: string;
  ip: string | undefined;
  userAgent: string | undefined;
  /** Adds a `Set-Cookie` header to the response. */
  setCookie(header: string): void;
}

export interface BrowserOptions {
  /** Development over plain HTTP: cookies without `__Host-` and `Secure`. */
  plainHttp?: boolean;
}

const PENDING = "portcullis-pending";
const BROWSER = "portcullis-browser";
/** Seconds: a little longer than any sign-in lasts. */
const PENDING_SECONDS = 1_800;
const BROWSER_SECONDS = 180 * 86_400;

/**
 * After a failure of the service the same page can be loaded again. A state of another sign-in, or the page of another
 * event, says nothing of the one that this browser holds: a planted link must not end it.
 */
function isOver(failure: unknown): boolean {
  if (!(failure instanceof PortcullisError) || failure instanceof Unavailable) return false;
  return !["conflict", "other_browser", "wrong_step"].includes(failure.code);
}

export class Browser {
  constructor(
    private readonly portcullis: Portcullis,
    private readonly exchange: Exchange,
    private readonly options: BrowserOptions = {},
  ) {}

  /** Opens a sign-in, and has this browser keep its pending value. */
  open(user: UserFields | string, opening: PromptOpening): Promise<AtThePrompt>;
  open(user: UserFields | string, opening?: ScreensOpening): Promise<Step>;
  async open(user: UserFields | string, opening: PromptOpening | ScreensOpening = {}): Promise<AtThePrompt | Step> {
    const { ip, userAgent } = this.exchange;
    const context = { ...(ip && { ip }), ...(userAgent && { user_agent: userAgent }), ...opening.context };
    if (opening.returnUrl !== undefined) {
      const opened = await this.portcullis.open(user, { ...opening, context });
      this.keep(PENDING, opened.pending, PENDING_SECONDS);
      return opened;
    }
    const browserToken = opening.browserToken ?? this.held(BROWSER);
    const known = browserToken === undefined ? {} : { browserToken };
    return this.after(await this.portcullis.open(user, { ...opening, ...known, context }));
  }

  /** Finishes the sign-in that this browser holds: by the URL it came back to, or with what was typed. */
  finish(): Promise<Result>;
  finish(typed: Typed): Promise<Step>;
  finish(typed?: Typed): Promise<Result | Step> {
    return this.end(undefined, typed);
  }

  /** Finishes what this browser holds, if it was opened for this event, a step-up for this intent: they sign nobody in. */
  finishFor(asked: Asked): Promise<Result>;
  finishFor(asked: Asked, typed: Typed): Promise<Step>;
  finishFor(asked: Asked, typed?: Typed): Promise<Result | Step> {
    return this.end(asked, typed);
  }

  private async end(asked: Asked | undefined, typed: Typed | undefined): Promise<Result | Step> {
    const pending = this.held(PENDING);
    if (typed) return this.after(await this.portcullis.finish(pending, typed, asked));
    try {
      const result = await this.portcullis.finish(pending, this.exchange.url, asked);
      this.drop(PENDING);
      return result;
    } catch (failure) {
      if (isOver(failure)) this.drop(PENDING);
      throw failure;
    }
  }

  /** Shows the sign-in that this browser holds again. */
  async look(asked?: Asked): Promise<Step> {
    return this.after(await this.portcullis.look(this.held(PENDING), asked));
  }

  /**
   * Has this browser forget the sign-in that it holds. Call it where users sign out: the next person at this browser must
   * find nothing that goes on.
   */
  forget(): void {
    this.drop(PENDING);
  }

  private after(step: Step): Step {
    if (step.pending !== undefined) this.keep(PENDING, step.pending, PENDING_SECONDS);
    else this.drop(PENDING);
    if (step.result && step.browserToken !== undefined) this.keep(BROWSER, step.browserToken, BROWSER_SECONDS);
    return step;
  }

  private held(name: string): string | undefined {
    const start = `${this.name(name)}=`;
    const pairs = (this.exchange.cookies ?? "").split(";").map((pair) => pair.trim());
    return pairs.find((pair) => pair.startsWith(start))?.slice(start.length) || undefined;
  }

  private keep(name: string, value: string, seconds: number): void {
    const secure = this.options.plainHttp ? "" : "; Secure";
    const rest = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
    this.exchange.setCookie(`${this.name(name)}=${value}; ${rest}`);
  }

  private drop(name: string): void {
    this.keep(name, "", 0);
  }

  /** A cookie of this name cannot be planted by another host, or over plain HTTP. */
  private name(name: string): string {
    return this.options.plainHttp ? name : `__Host-${name}`;
  }
}
