// What can go wrong, as types. The `message` of each error is a sentence to show to the user.

import type { OptionView, ProblemDocument, SignInView } from "./wire.js";

const AGAIN = "This sign-in was not started in this browser. Sign in again.";
const LATE = "This sign-in took too long. Sign in again.";

/** The library's own sentences, by code. `Settings.sentences` replaces them, in the portal's language. */
export const SENTENCES = {
  unavailable: "We cannot check that it is you right now. Try again in a moment.",
  refused: "Something went wrong with this sign-in. Sign in again, or ask for help.",
  assertion_refused: "You are not signed in. Sign in again.",
  no_pending: AGAIN,
  pending_refused: AGAIN,
  other_browser: AGAIN,
  pending_over: LATE,
  wrong_step: AGAIN,
  left: "You are not signed in.",
  over: LATE,
  dead: "Too many codes were wrong. Sign in again.",
  locked: "Too many codes were wrong. Try again later.",
  denied: "You cannot sign in at the moment. Ask for help.",
  check_email: "Open the link in the email that was sent to you.",
} as const;

export type OwnCode = keyof typeof SENTENCES;
export type Sentences = Partial<Record<OwnCode, string>>;

/** Any error of this library. While one is thrown, nobody is in. */
export class PortcullisError extends Error {
  override readonly name: string = "PortcullisError";

  constructor(
    /** Stable, for programs. Treat one that you do not know as any other. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The service refused the call, with a problem document. */
export class Refused extends PortcullisError {
  override readonly name: string = "Refused";
  readonly status: number;
  /** The service's own sentence, for the log. It is the `message`, too, if it is one for users. */
  readonly detail: string;
  readonly attemptsLeft: number | undefined;
  /** Seconds until it makes sense to try again. */
  readonly retryAfter: number | undefined;
  /** The sign-in as it stands, to show under the sentence. */
  readonly signIn: SignInView | undefined;
  /** The other ways on offer, if one failed. */
  readonly options: readonly OptionView[];
  readonly support: string | undefined;
  readonly requestId: string | undefined;

  constructor(problem: ProblemDocument, message: string) {
    super(problem.code, message);
    this.status = problem.status;
    this.detail = problem.detail;
    this.attemptsLeft = problem.attempts_left ?? undefined;
    this.retryAfter = problem.retry_after ?? undefined;
    this.signIn = problem.sign_in ?? undefined;
    this.options = problem.options ?? [];
    this.support = problem.support ?? undefined;
    this.requestId = problem.request_id ?? undefined;
  }
}

/** No answer, or none that can be understood. The call may have been carried out. */
export class Unavailable extends PortcullisError {
  override readonly name: string = "Unavailable";

  constructor(
    message: string,
    /** The HTTP status, or 0 if there was no answer. */
    readonly status: number,
    readonly retryAfter?: number,
    /** The sign-in as it stands, if it could be read afterwards. */
    readonly signIn?: SignInView,
    options?: ErrorOptions,
  ) {
    super("unavailable", message, options);
  }
}

export type PendingCode = "no_pending" | "pending_refused" | "pending_over" | "other_browser" | "wrong_step";

/** The browser does not hold the pending value of the sign-in that it wants to finish. */
export class PendingRefused extends PortcullisError {
  override readonly name: string = "PendingRefused";

  constructor(override readonly code: PendingCode, message: string) {
    super(code, message);
  }
}

export type LeftCode = "left" | "over" | "dead" | "locked" | "denied" | "check_email";

/** The browser came back from the prompt without a result: nobody is in. */
export class NotSignedIn extends PortcullisError {
  override readonly name: string = "NotSignedIn";

  constructor(override readonly code: LeftCode, message: string) {
    super(code, message);
  }
}

/** The assertion is not one of this service for this portal, user and sign-in. The cause is for the log. */
export class AssertionRefused extends PortcullisError {
  override readonly name: string = "AssertionRefused";

  constructor(message: string, options?: ErrorOptions) {
    super("assertion_refused", message, options);
  }
}
