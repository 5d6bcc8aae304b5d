/** The version of this library: that of the service it was written for. */
export const VERSION = "0.1.0";

/** Says to the service which library calls. */
export const USER_AGENT = `portcullis-client-typescript/${VERSION}`;
