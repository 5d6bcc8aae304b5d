export { isSessionEnded, type Expected, type Result } from "./assertion.js";
export { Browser, type BrowserOptions, type Exchange } from "./browser.js";
export {
  AssertionRefused,
  NotSignedIn,
  PendingRefused,
  PortcullisError,
  Refused,
  SENTENCES,
  Unavailable,
  type LeftCode,
  type OwnCode,
  type PendingCode,
  type Sentences,
} from "./errors.js";
export type { Asked } from "./pending.js";
export {
  Portcullis,
  type AtThePrompt,
  type Opening,
  type PromptOpening,
  type Returned,
  type ScreensOpening,
  type Step,
  type Typed,
} from "./portcullis.js";
export type { Settings } from "./settings.js";
export { VERSION } from "./version.js";
export type { Users } from "./users.js";
export type {
  AcrName,
  ActivityView,
  ActorRequest,
  ContactKept,
  ContactRecord,
  ContextFields,
  InputView,
  LinkView,
  OptInDone,
  ProblemCode,
  ProblemDocument,
  ResetDone,
  SignInView,
  UserErased,
  UserFields,
  UserView,
} from "./wire.js";
