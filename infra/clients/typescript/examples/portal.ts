// Stands in for what a portal has: a password step, sessions. The password step lets everybody in.

import type { AddressInfo } from "node:net";
import express, { type Response } from "express";
import { newUser, returnUrl as registered, settingsOf } from "../tests/support.js";

export const app = express();
export const settings = settingsOf("always_on");
export const returnUrl = registered("always_on");
export const user = newUser();

export const checkPassword = async (_request: unknown) => user;
export const sessionOf = (user: string) => `session=${encodeURIComponent(user)}; Path=/; Secure; HttpOnly; SameSite=Lax`;
export const startSession = (response: Response, user: string) => void response.append("set-cookie", sessionOf(user));
export const noSession = "session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";
export const endSession = (response: Response) => void response.append("set-cookie", noSession);
export const safe = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
export const signInPage = (note: string) => `<p role="alert">${note}</p>`;

export async function listen(): Promise<string> {
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
