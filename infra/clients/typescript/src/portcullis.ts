// The three verbs: open, finish, check.

import { check, STRENGTHS, type Expected, type Result } from "./assertion.js";
import { Calls, type Repeat } from "./calls.js";
import { NotSignedIn, Refused, Unavailable, type LeftCode } from "./errors.js";
import { KeySet } from "./key-set.js";
import { PendingSeal, type Asked, type Mode, type Pending } from "./pending.js";
import { configOf, isPrivate, type Config, type Settings } from "./settings.js";
import { Users } from "./users.js";
import type { AcrName, ContextFields, SignInView, UserFields } from "./wire.js";

export interface Opening {
  /** What brings the user here: `login` if not given. */
  event?: string;
  /** With the event `step_up`: the least that the proof has to be, `delivered` if not given. */
  acr?: AcrName;
  /** With the event `step_up`, and needed there: what the user is about to do, as in `payment 4711`. Only that is finished. */
  intent?: string;
  /**
   * With the event `step_up`: what the user confirms, as in `Pay EUR 250.00 to ACME`. The user sees it before anything else,
   * and the assertion has to be of it.
   */
  text?: string;
  /**
   * With the event `login`: the seconds for which the proof of a trusted browser counts, and with 0 it never counts. It asks
   * for no proof: a user who skips gets in all the same.
   */
  maxAge?: number;
  /** The `ticket` of a mailed link to enrol again. */
  ticket?: string;
  /** The address and the `User-Agent` of the browser. */
  context?: ContextFields;
}

export interface PromptOpening extends Opening {
  /** One of the portal's return URLs, exactly as registered. */
  returnUrl: string;
}

export interface ScreensOpening extends Opening {
  returnUrl?: undefined;
  /** The last `browserToken` of this browser, from its own HttpOnly cookie. */
  browserToken?: string;
  /** The code of the app, if the login form asks for it beside the password. */
  code?: string;
}

/** Where to send the browser, and what it has to hold until it is back. */
export interface AtThePrompt {
  promptUrl: string;
  /** Keep it in the session of this browser, and nowhere else. `finish` takes it. */
  pending: string;
}

/**
 * The portal's own screens: either the user is in, or there is something to show. Who is in may still have something to
 * do in the same sign-in, by the form or the links of the view, or recovery codes to keep: then there is a `pending`, too.
 * The steps that follow have a view and no result, for a session begins once; without a `pending` there is nothing left to
 * do. Only the event `manage` has a result with each step.
 */
export type Step =
  | { result: Result; view: SignInView; pending: string | undefined; browserToken: string | undefined }
  | { result?: undefined; view: SignInView; pending: string | undefined };

/** What the user did on the portal's own screen: the `action` and the `body` of the view's form or link. */
export interface Typed {
  action: string;
  body: object;
}

/** The query that the browser came back with, or a URL that ends in it. */
export type Returned = string | URL | URLSearchParams;

/** Actions that may send a message or store something, but judge no code. */
const JUDGES_NOTHING = ["challenge", "enrolment", "skip", "settings"];
/** Actions that take the text that the user confirms: a view that was read again does not have it. */
const TAKES_A_TEXT = ["challenge", "verify"];
const ACTIONS = ["verify", "enrolment/confirm", ...JUDGES_NOTHING];
const LEFT: readonly string[] = ["left", "over", "dead", "locked", "denied", "check_email"] satisfies LeftCode[];
/** Seconds for which a sign-in may outlive the moment that its opening named: a result waits for its browser. */
const OUTLIVES = 900;

/** Returns the least proof of what is opened. What a step-up is for has to be said: its result is good for nothing else. */
function leastProof({ event, acr, intent, text }: Opening): AcrName | undefined {
  if (event !== "step_up") {
    if (acr !== undefined || intent !== undefined || text !== undefined) {
      throw new TypeError("acr, intent and text are for the event step_up");
    }
    return undefined;
  }
  if (!intent) throw new TypeError("a step-up needs an intent");
  if (acr !== undefined && !STRENGTHS.includes(acr)) throw new TypeError(`acr is one of ${STRENGTHS.join(", ")}`);
  return acr ?? "delivered";
}

/** Returns the earliest moment that the proof may be of. */
function provenSince({ event = "login", maxAge }: Opening, now: number): number | undefined {
  if (maxAge === undefined) return undefined;
  if (event !== "login") throw new TypeError("maxAge is for the event login");
  if (!Number.isSafeInteger(maxAge) || maxAge < 0) throw new TypeError("maxAge is a whole number of seconds");
  return now - maxAge;
}

export class Portcullis {
  readonly users: Users;
  private readonly config: Config;
  private readonly calls: Calls;
  private readonly keys: KeySet;
  private readonly sealer: PendingSeal;

  constructor(settings: Settings) {
    this.config = configOf(settings);
    this.calls = new Calls(this.config);
    this.keys = new KeySet(this.calls, this.config);
    this.sealer = new PendingSeal(this.config);
    this.users = new Users(this.calls);
  }

  /** Opens a sign-in, after the password. With a `returnUrl` the hosted prompt asks, without one your own screens do. */
  open(user: UserFields | string, opening: PromptOpening): Promise<AtThePrompt>;
  open(user: UserFields | string, opening?: ScreensOpening): Promise<Step>;
  async open(user: UserFields | string, opening: PromptOpening | ScreensOpening = {}): Promise<AtThePrompt | Step> {
    const fields = typeof user === "string" ? { id: user } : user;
    const { event = "login", intent, text, maxAge, ticket, context } = opening;
    const acr = leastProof(opening);
    const since = provenSince(opening, this.config.now());
    const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url");
    const request = { user: fields, event, acr, text, max_age: maxAge, nonce, ticket, context };
    const pendingOf = (mode: Mode, view: SignInView): Pending => {
      const expiresAt = view.expires_at + OUTLIVES;
      return { mode, id: view.id, nonce, user: fields.id, event, acr, intent, text, provenSince: since, expiresAt };
    };
    if (opening.returnUrl !== undefined) {
      const view = await this.post("", { ...request, return_url: opening.returnUrl }, "harmless");
      const promptUrl = view.prompt_url ?? "";
      if (!URL.canParse(promptUrl) || !isPrivate(new URL(promptUrl))) throw this.calls.unavailable(201);
      return { promptUrl, pending: await this.sealer.seal(pendingOf("prompt", view)) };
    }
    const { code, browserToken } = opening;
    const view = await this.openScreens({ ...request, browser_token: browserToken }, code);
    return this.step(view, pendingOf("screens", view));
  }

  /**
   * Finishes a sign-in: with the query of the return URL, or with what was typed on a screen of your own. `pending` is
   * what `open` gave this browser: the state of another browser is refused. An event that signs nobody in, such as
   * `manage`, is finished only if it is named, and a step-up if its intent is, too.
   */
  finish(pending: string | null | undefined, returned: Returned, asked?: Asked): Promise<Result>;
  finish(pending: string | null | undefined, typed: Typed, asked?: Asked): Promise<Step>;
  async finish(sealed: string | null | undefined, input: Returned | Typed, asked?: Asked): Promise<Result | Step> {
    if (typeof input === "object" && "action" in input) {
      return this.type(await this.sealer.open(sealed, "screens", asked), input);
    }
    return this.redeem(await this.sealer.open(sealed, "prompt", asked), queryOf(input));
  }

  /** The portal's own screens: shows a sign-in again, after a reload. */
  async look(sealed: string | null | undefined, asked?: Asked): Promise<Step> {
    const pending = await this.sealer.open(sealed, "screens", asked);
    return this.step(await this.read(pending), pending);
  }

  /** Checks an assertion. `finish` has done so with every result. */
  check(assertion: string, expected: Expected): Promise<Result> {
    return check(this.config, this.keys, assertion, expected);
  }

  private async redeem(pending: Pending, query: URLSearchParams): Promise<Result> {
    const [state, another] = query.getAll("state");
    if (state !== pending.nonce || another !== undefined) throw this.sealer.refused("other_browser");
    const [code, second] = query.getAll("result_code");
    if (!code || second !== undefined) {
      const error = query.get("error") ?? "";
      const left = (LEFT.includes(error) ? error : "left") as LeftCode;
      throw new NotSignedIn(left, this.config.say(left));
    }
    // The same code by the same key brings the same assertion for a minute.
    const view = await this.post(`/${idOf(pending)}/result`, { result_code: code }, "harmless");
    return this.check(view.assertion ?? "", pending);
  }

  private async type(pending: Pending, { action, body }: Typed): Promise<Step> {
    if (!ACTIONS.includes(action)) throw this.sealer.refused("wrong_step");
    const { text } = pending;
    const sent = text !== undefined && TAKES_A_TEXT.includes(action) ? { ...body, text } : body;
    try {
      return await this.step(await this.post(`/${idOf(pending)}/${action}`, sent, "counted"), pending);
    } catch (failure) {
      return this.afterFailure(pending, action, failure);
    }
  }

  /** A call that may have been carried out is not made again: the sign-in is read. */
  private async afterFailure(pending: Pending, action: string, failure: unknown): Promise<Step> {
    const isDone = failure instanceof Refused && ["sign_in_done", "another_step"].includes(failure.code);
    if (!isDone && !(failure instanceof Unavailable)) throw failure;
    let view: SignInView;
    try {
      view = await this.read(pending);
    } catch {
      throw failure;
    }
    if (isDone || view.assertion || JUDGES_NOTHING.includes(action)) return this.step(view, pending);
    const { message, status, retryAfter } = failure as Unavailable;
    throw new Unavailable(message, status, retryAfter, view, { cause: failure });
  }

  /** A code could be counted twice: the second opening has none, and finds the same sign-in. */
  private async openScreens(request: object, code: string | undefined): Promise<SignInView> {
    if (code === undefined) return this.post("", request, "harmless");
    try {
      return await this.post("", { ...request, code }, "counted");
    } catch (failure) {
      if (failure instanceof Unavailable) return this.post("", request, "counted");
      throw failure;
    }
  }

  private async step(view: SignInView, pending: Pending): Promise<Step> {
    // The service shows new recovery codes again for as long as the assertion is valid: a reload must not lose them.
    const goesOn = view.input || view.settings || view.links?.length || view.recovery_codes;
    if (pending.hasResult) {
      // Who holds this browser now may be somebody else: a session begins once.
      const shown = { ...view, assertion: null, browser_token: null };
      return { view: shown, pending: goesOn ? await this.sealer.seal(pending) : undefined };
    }
    if (view.assertion) {
      const result = await this.check(view.assertion, pending);
      const after = { ...pending, hasResult: pending.event !== "manage" };
      const pendingStill = goesOn ? await this.sealer.seal(after) : undefined;
      return { result, view, pending: pendingStill, browserToken: view.browser_token ?? undefined };
    }
    return { view, pending: await this.sealer.seal(pending) };
  }

  private async read(pending: Pending): Promise<SignInView> {
    return this.view(await this.calls.call("GET", `/v1/sign-ins/${idOf(pending)}`, undefined, "harmless"));
  }

  private async post(path: string, body: object, repeat: Repeat): Promise<SignInView> {
    return this.view(await this.calls.call("POST", `/v1/sign-ins${path}`, body, repeat));
  }

  private view(answer: SignInView | null): SignInView {
    if (typeof answer?.id !== "string" || typeof answer.expires_at !== "number") throw this.calls.unavailable(200);
    return answer;
  }
}

const idOf = ({ id }: Pending) => encodeURIComponent(id);

function queryOf(returned: Returned): URLSearchParams {
  if (returned instanceof URLSearchParams) return returned;
  if (returned instanceof URL) return returned.searchParams;
  return new URLSearchParams(returned.slice(returned.indexOf("?") + 1).split("#")[0]);
}

