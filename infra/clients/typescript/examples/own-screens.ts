import express, { type ErrorRequestHandler, type Response } from "express";
import { Portcullis, PortcullisError, Refused, Unavailable, type InputView, type SignInView, type Step } from "portcullis-client";
import { browserOf } from "portcullis-client/express";
import { app, checkPassword, safe, settings, signInPage, startSession } from "./portal.js"; // what you have

const portcullis = new Portcullis(settings); // { service, issuer, portal, key }

const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${safe(value)}">`;
const form = ({ action, body, label }: { action: string; body: object; label: string }, fields = "") =>
  `<form method="post" action="/login/step">${hidden("action", action)}${hidden("body", JSON.stringify(body))}${fields}
  <button>${safe(label)}</button></form>`;

function fieldsOf(input: InputView): string {
  const { field, label, autocomplete } = input;
  const typed = field === "none" ? "" : `<label>${safe(label)} <input name="typed" autocomplete="${autocomplete}" required></label>`;
  const box = "checkbox" in input && input.checkbox;
  const ticked = box ? JSON.stringify({ [box.name]: box.value }) : "";
  return typed + hidden("field", field) + (box ? `<label><input type="checkbox" name="ticked" value="${safe(ticked)}"> ${safe(box.label)}</label>` : "");
}

function screen({ status, text, message, enrolment, recovery_codes, input, links }: SignInView, note = ""): string {
  const app = enrolment && "secret" in enrolment ? `${enrolment.qr_svg}<p>${safe(enrolment.secret)}</p>` : "";
  const codes = (recovery_codes?.codes ?? []).map((code) => `<li><code>${safe(code)}</code></li>`).join("");
  const main = input ? form({ ...input, label: input.field === "none" ? input.label : "Continue" }, fieldsOf(input)) : "";
  return `<p role="alert">${safe(note)}</p><p>${safe(text ?? "")}</p><h1>${safe(message)}</h1>${app}<ul>${codes}</ul>
  ${main}${links.map((link) => form(link)).join("")}${status === "allowed" ? '<p><a href="/">Go to your account</a></p>' : ""}`;
}

function show(response: Response, { result, view, pending }: Step): void {
  if (result) startSession(response, result.user); // under a new session id
  if (result && !pending && !view.recovery_codes) response.redirect(303, "/");
  else response.send(screen(view));
}

app.use("/login", express.urlencoded({ extended: false }));
app.post("/login", async (request, response) => {
  const user = await checkPassword(request); // { id: "u-1842", email: "anna@example.com", email_verified: true }
  show(response, await browserOf(portcullis, request, response).open(user));
});
app.get("/login/step", async (request, response) => show(response, await browserOf(portcullis, request, response).look()));
app.post("/login/step", async (request, response) => {
  const { action = "", body = "{}", field = "none", typed, ticked = "{}" } = request.body as Record<string, string | undefined>;
  const filled = { ...JSON.parse(body), ...(field !== "none" && { [field]: typed }), ...JSON.parse(ticked) };
  show(response, await browserOf(portcullis, request, response).finish({ action, body: filled }));
});
app.use("/login", ((error, _request, response, next) => {
  if (!(error instanceof PortcullisError)) return next(error);
  const view = error instanceof Refused || error instanceof Unavailable ? error.signIn : undefined;
  response.status(403).send(view ? screen(view, error.message) : signInPage(error.message));
}) satisfies ErrorRequestHandler);
