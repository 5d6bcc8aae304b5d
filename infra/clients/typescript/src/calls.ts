// One HTTP call: its time limit, its one repetition, and its refusals.

import { Refused, Unavailable } from "./errors.js";
import type { Config } from "./settings.js";
import { USER_AGENT } from "./version.js";
import { DETAIL_IS_FOR_USERS, type ProblemDocument } from "./wire.js";

/** The calls that may be made twice. */
export type Repeat =
  /** The same call again has the same answer. */
  | "harmless"
  /** The same call again could count a guess or send a message twice: only if it is sure that nothing was done. */
  | "counted";

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Waits are never longer than this, in milliseconds: a browser is waiting. */
const LONGEST_WAIT = 2_000;
const SHORT_WAIT = 200;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isProblem(body: unknown): body is ProblemDocument {
  return isObject(body) && typeof body.code === "string" && typeof body.detail === "string";
}

/** The milliseconds after which a failed call is made once more, or `undefined` if it is not. */
function wait(failure: unknown, repeat: Repeat): number | undefined {
  if (failure instanceof Unavailable) {
    return repeat === "harmless" ? shortened(failure.retryAfter) : undefined;
  }
  // Nothing was written: other requests for this user came first, every time.
  const crossed = failure instanceof Refused && failure.code === "conflict";
  return crossed ? shortened(failure.retryAfter) : undefined;
}

function shortened(seconds: number | undefined): number | undefined {
  const milliseconds = seconds === undefined ? SHORT_WAIT : seconds * 1_000;
  return milliseconds <= LONGEST_WAIT ? milliseconds : undefined;
}

export class Calls {
  constructor(private readonly config: Config) {}

  /** Makes a call with the portal's key. A success is 200, 201 or 202, and nothing else is. */
  async call<T>(method: Method, path: string, body: object | undefined, repeat: Repeat): Promise<T> {
    const headers = { authorization: `Bearer ${this.config.key}` };
    return this.repeated(repeat, () => this.once(method, path, body, headers)) as Promise<T>;
  }

  /** Reads what is public. The key stays here. */
  async read(path: string): Promise<unknown> {
    return this.repeated("harmless", () => this.once("GET", path, undefined, {}));
  }

  unavailable(status: number, retryAfter?: number, cause?: unknown): Unavailable {
    return new Unavailable(this.config.say("unavailable"), status, retryAfter, undefined, { cause });
  }

  private async repeated(repeat: Repeat, call: () => Promise<unknown>): Promise<unknown> {
    try {
      return await call();
    } catch (failure) {
      const milliseconds = wait(failure, repeat);
      if (milliseconds === undefined) throw failure;
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return call();
    }
  }

  private async once(method: Method, path: string, body: object | undefined, more: Record<string, string>) {
    const headers = { ...more, "user-agent": USER_AGENT };
    let status = 0;
    let answer: unknown;
    let retryAfter: number | undefined;
    try {
      const response = await this.config.fetch(this.config.service + path, {
        method,
        headers: body ? { ...headers, "content-type": "application/json" } : headers,
        body: body ? JSON.stringify(body) : null,
        redirect: "error",
        signal: AbortSignal.timeout(this.config.timeout),
      });
      status = response.status;
      retryAfter = Number(response.headers.get("retry-after")) || undefined;
      answer = await response.json();
    } catch (cause) {
      throw this.unavailable(status, retryAfter, cause);
    }
    if ([200, 201, 202].includes(status)) return answer;
    // A newer release wrote what this one may not decide: trying again soon does not help.
    if (!isProblem(answer)) throw this.unavailable(status, retryAfter);
    if (answer.code !== "unavailable") throw this.refused(answer);
    throw new Unavailable(answer.detail, status, answer.retry_after ?? retryAfter);
  }

  /** A sentence that is not for users stays with the error, for the log. */
  private refused(problem: ProblemDocument): Refused {
    // What a user mistyped comes with the sign-in to show again.
    const isTyped = problem.code === "bad_request" && Boolean(problem.sign_in);
    const isForUsers = isTyped || DETAIL_IS_FOR_USERS.includes(problem.code);
    return new Refused(problem, isForUsers ? problem.detail : this.config.say("refused"));
  }
}
