// A portal with a library for OpenID Connect and nothing of Portcullis: here openid-client, under Express. The library
// checks `state`, `iss`, `nonce`, PKCE and the id_token; the portal checks that the user is the one whose password it took.

import { randomBytes } from "node:crypto";
import express, { type NextFunction, type Request, type Response } from "express";
import * as oidc from "openid-client";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: infra/docs/integrate/openid-connect.md says where to find it`);
  return value;
}

interface Session { user: string; waitsFor?: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string }; claims?: oidc.IDToken }
const accounts = new Map([["anna", { password: "password", email: "anna@example.co.nz" }]]);
const sessions = new Map<string, Session>();
const base = `http://localhost:${setting("PORT")}`;
const redirectUri = `${base}/back`; // one of the portal's return URLs
const service = new URL(setting("PORTCULLIS_SERVICE"));
const onlyLocally = service.protocol === "http:" ? [oidc.allowInsecureRequests] : [];
const config = await oidc.discovery(service, setting("PORTCULLIS_PORTAL"), undefined, oidc.ClientSecretBasic(setting("PORTCULLIS_OIDC_KEY")), {
  execute: [oidc.enableNonRepudiationChecks, ...onlyLocally], // the first has the id_token's signature checked, too
});

const safe = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const page = (title: string, body: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${body}</html>`;
const form = `<form method="post" action="/sign-in"><label>Name <input id="name" name="name" required></label>
<label>Password <input id="password" name="password" type="password" required></label> <button>Sign in</button></form>`;
const sessionCookie = (request: Request) => /(?:^|; )session=(\w+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
/** Ends the browser's session and begins another one, so that nobody else knows its id. */
function begin(request: Request, response: Response, session: Session): void {
  const id = randomBytes(16).toString("hex");
  sessions.delete(sessionCookie(request));
  sessions.set(id, session);
  response.append("set-cookie", `session=${id}; Path=/; HttpOnly; SameSite=Lax`); // over HTTPS also Secure, as __Host-session
}

const app = express();
app.use(express.urlencoded({ extended: false }));
app.get("/", (request, response) => {
  const claims = sessions.get(sessionCookie(request))?.claims;
  response.send(claims ? page(`Welcome, ${safe(claims.sub)}`, `<pre>${safe(JSON.stringify(claims, null, 2))}</pre>`) : page("Sign in", form));
});
app.post("/sign-in", async (request, response) => {
  const { name = "", password } = request.body as Record<string, string | undefined>;
  const account = accounts.get(name);
  if (account?.password !== password || !account) return void response.status(403).send(page("Name or password is wrong", form));
  const waitsFor = { pkceCodeVerifier: oidc.randomPKCECodeVerifier(), expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() };
  const prompt = await oidc.buildAuthorizationUrlWithPAR(config, {
    scope: "openid", redirect_uri: redirectUri, state: waitsFor.expectedState, nonce: waitsFor.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(waitsFor.pkceCodeVerifier), code_challenge_method: "S256",
    login_hint: name, user: JSON.stringify({ email: account.email, email_verified: true }),
  });
  begin(request, response, { user: name, waitsFor });
  response.redirect(303, prompt.href);
});
app.get("/back", async (request, response) => {
  const session = sessions.get(sessionCookie(request));
  if (!session?.waitsFor) throw new Error("this sign-in was not started in this browser");
  const tokens = await oidc.authorizationCodeGrant(config, new URL(request.url, base), session.waitsFor);
  const claims = tokens.claims();
  if (claims?.sub !== session.user || claims.event !== "login") throw new Error("the id_token is of somebody or something else");
  begin(request, response, { user: session.user, claims });
  response.redirect(303, "/");
});
app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => { // nobody is in
  console.error(error.message);
  response.status(403).send(page("You are not signed in", `<p>${safe(error.message)}</p>${form}`));
});
app.listen(Number(setting("PORT")), "127.0.0.1", () => console.log(`The portal is at ${base}`));
