// Calls between sign-ins. Which of them a key opens is a matter of its scopes.

import type { Calls } from "./calls.js";
import type { ActivityView, ContactKept, ContactRecord, OptInDone, ResetDone, ResetRequest, UserErased, UserView } from "./wire.js";

const by = (id: string) => `?id=${encodeURIComponent(id)}`;

export class Users {
  constructor(private readonly calls: Calls) {}

  /** Replaces the contact record: what is left out is cleared. */
  putUser(record: ContactRecord): Promise<ContactKept> {
    return this.calls.call("PUT", "/v1/user", record, "harmless");
  }

  /** Reads what the user has bound, and the answer of the next sign-in. */
  getUser(id: string): Promise<UserView> {
    return this.calls.call("GET", `/v1/user${by(id)}`, undefined, "harmless");
  }

  /** Reads the user's last entries, ready to show. */
  activity(id: string): Promise<ActivityView[]> {
    return this.calls.call("GET", `/v1/user/activity${by(id)}`, undefined, "harmless");
  }

  /** Clears a skip, once the user was asked and confirmed. Sign the user out then. */
  enableMfa(id: string): Promise<OptInDone> {
    return this.calls.call("POST", "/v1/user/opt-in", { id, confirm: true }, "counted");
  }

  /** Un-sets "always use email". */
  unsetDefault(id: string): Promise<UserView> {
    return this.calls.call("DELETE", `/v1/user/default${by(id)}`, undefined, "harmless");
  }

  /** Ends trust in one of the user's browsers, by its id, or in all of them. */
  endTrust(id: string, browser?: string): Promise<UserView> {
    const one = browser === undefined ? "" : `&browser=${encodeURIComponent(browser)}`;
    return this.calls.call("DELETE", `/v1/user/trusted-browsers${by(id)}${one}`, undefined, "harmless");
  }

  /** Resets a user, once an admin of yours was asked and confirmed. No user resets themselves. */
  reset(id: string, actor: ResetRequest["actor"], reason: string): Promise<ResetDone> {
    return this.calls.call("POST", "/v1/user/reset", { id, actor, reason, confirm: true }, "counted");
  }

  /** Erases everything known of a user. */
  erase(id: string): Promise<UserErased> {
    return this.calls.call("DELETE", `/v1/user${by(id)}`, undefined, "counted");
  }
}
