// What the tests share: a running service, its outbox, a person at the prompt, and a network that loses replies.

import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Portcullis, type Settings, type UserFields } from "portcullis-client";

interface Facts {
  address: string;
  issuer: string;
  session: string;
  portals: { id: string; preset: string; key: string }[];
}

const facts = JSON.parse(readFileSync(process.env.PORTCULLIS_FACTS ?? "", "utf8")) as Facts;
export const address = facts.address;

export function settingsOf(preset: string, others: Partial<Settings> = {}): Settings {
  const portal = facts.portals.find((portal) => portal.preset === preset);
  if (!portal) throw new Error(`no portal of ${preset}`);
  return { service: address, issuer: facts.issuer, portal: portal.id, key: portal.key, ...others };
}

export const client = (preset: string, others?: Partial<Settings>) => new Portcullis(settingsOf(preset, others));

export const returnUrl = (preset: string) => `${address}/demo/${settingsOf(preset).portal}/back`;

async function admin(path: string, body?: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${facts.session}`, "content-type": "application/json" };
  const method = body ? "POST" : "GET";
  const answer = await fetch(`${address}/v1/admin${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

/** Makes another API key of a portal. */
export async function anotherKey(preset: string): Promise<string> {
  return ((await admin(`/portals/${settingsOf(preset).portal}/keys`, {})) as { api_key: string }).api_key;
}

/** Makes a portal that sends codes to the address on record, and remembers browsers for thirty days. */
export async function rememberingPortal(): Promise<Portcullis> {
  const presets = (await admin("/presets")) as { name: string; policy: object }[];
  const remember = { switched_by: "portal_admin", remember_browser: { days: 30, earned_by: "any" } };
  const policy = { ...presets.find(({ name }) => name === "always_on")?.policy, ...remember };
  const id = `remembering-${crypto.randomUUID().slice(0, 8)}`;
  const made = (await admin("/portals", { id, profile: { description: "Remembering", audience: "clients" }, policy })) as { api_key: string };
  return new Portcullis({ ...settingsOf("always_on"), portal: id, key: made.api_key });
}

/** A user who has not signed in before. */
export function newUser() {
  const id = crypto.randomUUID();
  return { id, email: `${id}@example.com`, email_verified: true } satisfies UserFields;
}

/** Returns the code of the newest message with one to an address, which has to say this. Notices may come between. */
export async function codeSentTo(email: string, saying = ""): Promise<string> {
  const messages = (await (await fetch(`${address}/local/outbox`)).json()) as { to: string; text: string }[];
  const text = messages.find(({ to, text }) => to === email && /\b\d{6}\b/.test(text))?.text ?? "";
  const code = text.includes(saying) ? /\b\d{6}\b/.exec(text)?.[0] : undefined;
  if (!code) throw new Error(`no code was sent to ${email}`);
  return code;
}

/** Another code than this one. */
export const wrong = (code: string) => (code === "111111" ? "222222" : "111111");

/** A person at the prompt, in a browser of their own. */
export class Person {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly promptUrl: string) {}

  private async fetch(url: string, form?: Record<string, string>): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = form ? { method: "POST", body: new URLSearchParams(form) } : {};
    const answer = await fetch(new URL(url, this.promptUrl), { redirect: "manual", headers: { cookie }, ...body });
    for (const header of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      this.cookies.set(name, value);
    }
    const next = answer.headers.get("location");
    return next && new URL(next, this.promptUrl).pathname.startsWith("/prompt/") ? this.fetch(next) : answer;
  }

  private async submit(step: string, fields: Record<string, string>): Promise<string> {
    const form = /name="form" value="([^"]*)"/.exec(await (await this.fetch(this.promptUrl)).text())?.[1] ?? "";
    return (await this.fetch(`${this.promptUrl}/${step}`, { form, ...fields })).headers.get("location") ?? "";
  }

  /** Signs in with a code by email; returns the address that the browser goes back to. */
  async entersCodeSentTo(email: string): Promise<string> {
    await this.submit("challenge", { method: "email" });
    return this.submit("verify", { code: await codeSentTo(email) });
  }

  skips(): Promise<string> {
    return this.submit("skip", {});
  }

  /** Takes the page's own link back to the portal. */
  async leaves(): Promise<string> {
    const page = await (await this.fetch(this.promptUrl)).text();
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, link = ""]) => link.replace(/&(amp|#38);/g, "&"));
    return links.find((link) => link.includes("error=")) ?? "";
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** A network on the way to the service: it loses the first reply to a path, after the service has done what was asked. */
export async function losesFirstReplyTo(path: RegExp, lost = 1) {
  const seen: { method: string; url: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const body = await textOf(request);
    seen.push({ method, url, body });
    const kept = { authorization: headers.authorization ?? "", "content-type": headers["content-type"] ?? "" };
    const answer = await fetch(address + url, { method, headers: kept, body: body || null });
    if (path.test(`${method} ${url}`) && lost-- > 0) return void request.socket.destroy();
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { service: `http://127.0.0.1:${port}`, seen };
}
