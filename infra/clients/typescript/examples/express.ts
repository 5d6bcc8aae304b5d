import type { ErrorRequestHandler } from "express";
import { Portcullis, PortcullisError } from "portcullis-client";
import { browserOf } from "portcullis-client/express";
import { app, checkPassword, endSession, returnUrl, settings, signInPage, startSession } from "./portal.js"; // what you have

const portcullis = new Portcullis(settings); // { service, issuer, portal, key }

app.post("/sign-in", async (request, response) => {
  const user = await checkPassword(request); // { id: "u-1842", email: "anna@example.com", email_verified: true }
  const { promptUrl } = await browserOf(portcullis, request, response).open(user, { returnUrl });
  response.redirect(303, promptUrl);
});
app.get("/back", async (request, response) => {
  const result = await browserOf(portcullis, request, response).finish();
  startSession(response, result.user); // under a new session id
  response.redirect(303, "/");
});
app.post("/sign-out", (request, response) => {
  browserOf(portcullis, request, response).forget();
  endSession(response);
  response.redirect(303, "/");
});
app.use(((error, _request, response, next) => {
  if (error instanceof PortcullisError) response.status(403).send(signInPage(error.message));
  else next(error);
}) satisfies ErrorRequestHandler);
