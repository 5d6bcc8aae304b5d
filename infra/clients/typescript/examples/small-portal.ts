// A whole portal in one file: a password, the hosted prompt, a page for who is signed in, a step-up before the address is
// changed, and the way out. It has users and sessions in memory, and everything else as a real portal has it.

import { randomBytes } from "node:crypto";
import express, { type ErrorRequestHandler, type Request, type Response } from "express";
import { isSessionEnded, NotSignedIn, Portcullis, PortcullisError, type Result } from "portcullis-client";
import { browserOf as browserOfRequest } from "portcullis-client/express";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: infra/docs/integrate/small-portal.md says where to find it`);
  return value;
}

interface Session { user: string; startedAt: number; result: Result; newAddress?: string }
const accounts = new Map([["anna", { password: "password", email: "anna@example.co.nz", address: "1 Old Street" }]]);
const sessions = new Map<string, Session>();
const endedBefore = new Map<string, number>(); // of each user, the newest `sessionsNotBefore`
const base = `http://localhost:${setting("PORT")}`; // both pages below are return URLs of the portal
const [signedInUrl, confirmedUrl] = [`${base}/back`, `${base}/address/confirmed`];
const portcullis = new Portcullis({
  service: setting("PORTCULLIS_SERVICE"), issuer: setting("PORTCULLIS_ISSUER"), portal: setting("PORTCULLIS_PORTAL"), key: setting("PORTCULLIS_KEY"),
});
const browserOf = (request: Request, response: Response) => browserOfRequest(portcullis, request, response, { plainHttp: true });

const safe = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const page = (title: string, body: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>:root { color-scheme: light dark; font: 1rem/1.5 system-ui }
body { max-width: 32rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere } label { display: block } pre { white-space: pre-wrap }
input, button { font: inherit; padding: .5rem; margin: .25rem 0 1rem }</style><main><h1>${title}</h1>${body}</main></html>`;
const signInPage = (note = "") => page("Sign in", `<p role="status">${safe(note)}</p><form method="post" action="/sign-in">
<label for="name">Name</label><input id="name" name="name" autocomplete="username" required>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<p><button>Sign in</button></p></form><p>There is one account, <code>anna</code> with the password <code>password</code>.</p>`);
const homePage = ({ user, result }: Session, note = "") => page(`Welcome, ${safe(user)}`, `<p role="status">${safe(note)}</p>
<p>Address: <span id="kept">${safe(accounts.get(user)?.address ?? "")}</span></p><form method="post" action="/address">
<label for="address">New address</label><input id="address" name="address" maxlength="100" required><p><button>Change your address</button></p></form>
<h2>The checked assertion</h2><pre>${safe(JSON.stringify(result.claims, null, 2))}</pre>
<form method="post" action="/sign-out"><button>Sign out</button></form>`);

const sessionCookie = (request: Request) => /(?:^|; )session=(\w+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
function sessionOf(request: Request): Session | undefined {
  const session = sessions.get(sessionCookie(request));
  return session && !isSessionEnded(session.startedAt, endedBefore.get(session.user)) ? session : undefined;
}
/** Ends the session of a browser, and begins another one under a new id if somebody is in. */
function renewSession(request: Request, response: Response, result?: Result): void {
  sessions.delete(sessionCookie(request));
  const id = randomBytes(16).toString("hex");
  if (result) sessions.set(id, { user: result.user, startedAt: Date.now() / 1_000, result });
  if (result?.sessionsNotBefore) endedBefore.set(result.user, result.sessionsNotBefore);
  response.append("set-cookie", `session=${id}; Path=/; HttpOnly; SameSite=Lax`); // over HTTPS also Secure, as __Host-session
}

const app = express();
app.use(express.urlencoded({ extended: false }));
app.use((request, response, next) => { // a form of another site changes nothing
  if (request.method === "GET" || ["same-origin", undefined].includes(request.get("sec-fetch-site"))) next();
  else response.sendStatus(403);
});
app.get("/", (request, response) => {
  const session = sessionOf(request);
  response.send(session ? homePage(session) : signInPage());
});
app.post("/sign-in", async (request, response) => {
  const { name = "", password } = request.body as Record<string, string | undefined>;
  const account = accounts.get(name);
  if (account?.password !== password || !account) return void response.status(403).send(signInPage("Name or password is wrong."));
  const user = { id: name, email: account.email, email_verified: true };
  response.redirect(303, (await browserOf(request, response).open(user, { returnUrl: signedInUrl })).promptUrl);
});
app.get("/back", async (request, response) => {
  renewSession(request, response, await browserOf(request, response).finish());
  response.redirect(303, "/");
});
const toConfirm = (session: Session) => ({ event: "step_up" as const, intent: `address of ${session.user}: ${session.newAddress}` });
app.post("/address", async (request, response) => {
  const session = sessionOf(request);
  if (!session) return response.redirect(303, "/");
  session.newAddress = (request.body as { address?: string }).address?.slice(0, 100) ?? "";
  const opening = { returnUrl: confirmedUrl, acr: "app" as const, ...toConfirm(session) };
  response.redirect(303, (await browserOf(request, response).open(session.user, opening)).promptUrl);
});
app.get("/address/confirmed", async (request, response) => {
  const session = sessionOf(request);
  if (session?.newAddress === undefined) return response.redirect(303, "/");
  const { user } = await browserOf(request, response).finishFor(toConfirm(session)); // of this address, and of no other
  const account = accounts.get(user);
  if (user === session.user && account) account.address = session.newAddress;
  delete session.newAddress;
  response.redirect(303, "/");
});
app.post("/sign-out", (request, response) => {
  browserOf(request, response).forget();
  renewSession(request, response);
  response.redirect(303, "/");
});
app.use(((error, request, response, next) => { // who was signed in still is, and nobody else gets in
  if (!(error instanceof PortcullisError)) return next(error);
  const session = sessionOf(request);
  const note = session && error instanceof NotSignedIn ? "Nothing was changed." : error.message;
  response.status(403).send(session ? homePage(session, note) : signInPage(note));
}) satisfies ErrorRequestHandler);
app.listen(Number(setting("PORT")), "127.0.0.1", () => console.log(`The portal is at ${base}`));
