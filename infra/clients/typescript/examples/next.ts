import { Portcullis, PortcullisError } from "portcullis-client";
import { browserOf } from "portcullis-client/next";
import { checkPassword, noSession, returnUrl, sessionOf, settings, signInPage } from "./portal.js"; // what you have

const portcullis = new Portcullis(settings);

// app/sign-in/route.ts
export async function POST(request: Request): Promise<Response> {
  const browser = browserOf(portcullis, request);
  const { promptUrl } = await browser.open(await checkPassword(request), { returnUrl });
  return browser.redirect(promptUrl);
}

// app/back/route.ts
export async function GET(request: Request): Promise<Response> {
  const browser = browserOf(portcullis, request);
  try {
    const result = await browser.finish();
    const headers = { location: "/", "set-cookie": sessionOf(result.user) };
    return browser.answer(new Response(null, { status: 303, headers }));
  } catch (error) {
    if (!(error instanceof PortcullisError)) throw error;
    return browser.answer(new Response(signInPage(error.message), { status: 403 }));
  }
}

// app/sign-out/route.ts, there by the name POST
export async function signOut(request: Request): Promise<Response> {
  const browser = browserOf(portcullis, request);
  browser.forget();
  return browser.answer(new Response(null, { status: 303, headers: { location: "/", "set-cookie": noSession } }));
}
