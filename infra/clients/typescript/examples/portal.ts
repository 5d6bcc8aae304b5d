// Stands in for what a portal has: Express, a password step, sessions. The password step lets everybody in.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { newUser, returnUrl as registered, settingsOf } from "../tests/support.js";

export const settings = settingsOf("always_on");
export const returnUrl = registered("always_on");
export const user = newUser();

export const checkPassword = async (_request: unknown) => user;
export const sessionOf = (user: string) => `session=${encodeURIComponent(user)}; Path=/; Secure; HttpOnly; SameSite=Lax`;
export const startSession = (response: Response, user: string) => void response.appendHeader("set-cookie", sessionOf(user));
export const signInPage = (note: string) => `<p role="alert">${note}</p>`;

type Request = IncomingMessage;
type Response = ServerResponse & {
  redirect(status: number, location: string): void;
  status(status: number): Response;
  send(page: string): void;
};
type Handler = (request: Request, response: Response) => Promise<void>;
type OnError = (error: unknown, request: Request, response: Response, next: (error: unknown) => void) => void;

const routes = new Map<string, Handler>();
let onError: OnError;

/** As much of Express as the example uses. */
export const app = {
  post: (path: string, handler: Handler) => routes.set(`POST ${path}`, handler),
  get: (path: string, handler: Handler) => routes.set(`GET ${path}`, handler),
  use: (handler: OnError) => (onError = handler),
};

const server = createServer((request, plain) => {
  const response: Response = Object.assign(plain, {
    redirect: (status: number, location: string) => void plain.writeHead(status, { location }).end(),
    status: (status: number) => Object.assign(response, { statusCode: status }),
    send: (page: string) => void plain.end(page),
  });
  const handler = routes.get(`${request.method} ${request.url?.split("?")[0]}`);
  const next = () => void plain.writeHead(500).end();
  handler?.(request, response).catch((error: unknown) => onError(error, request, response, next));
});

export async function listen(): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
