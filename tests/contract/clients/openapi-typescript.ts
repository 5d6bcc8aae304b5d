// Signs a user in with the types of openapi-typescript, and prints the assertion.
import createClient from "openapi-fetch";
import type { components, paths } from "./openapi-typescript.generated.ts";
import { code, key, nonce, service, user } from "./user.ts";

type View = components["schemas"]["SignInView"];
type Problem = components["schemas"]["ProblemDocument"];

const api = createClient<paths>({ baseUrl: service, headers: { Authorization: `Bearer ${key}` } });

/** Posts what a sign-in asks for. */
async function next(view: View): Promise<{ data?: View; error?: Problem }> {
  const params = { path: { id: view.id } };
  const { input, links, enrolment } = view;
  switch (input?.action) {
    case "challenge":
      return api.POST("/v1/sign-ins/{id}/challenge", { params, body: input.body });
    case "enrolment":
      return api.POST("/v1/sign-ins/{id}/enrolment", { params, body: input.body });
    case "enrolment/confirm": {
      const body = { code: await code(enrolment) };
      return api.POST("/v1/sign-ins/{id}/enrolment/confirm", { params, body });
    }
    case "verify": {
      const body = { ...input.body, code: await code() };
      return api.POST("/v1/sign-ins/{id}/verify", { params, body });
    }
    case undefined: {
      const link = links.find((link) => link.action === "challenge");
      if (!link) throw new Error(view.message);
      return api.POST("/v1/sign-ins/{id}/challenge", { params, body: link.body });
    }
  }
}

function viewOf({ data, error }: { data?: View; error?: Problem }): View {
  if (!data) throw new Error(`${error?.code}: ${error?.detail}`);
  return data;
}

let view = viewOf(await api.POST("/v1/sign-ins", { body: { user, event: "login", nonce } }));
while (view.status === "challenge" || view.status === "enrol") view = viewOf(await next(view));
console.log(view.assertion);

// A result code is redeemed once; this one is made up.
const params = { path: { id: view.id } };
const body = { result_code: "q7Yc0hJ0a3m1Tq2bV5xZ8w" };
const { error } = await api.POST("/v1/sign-ins/{id}/result", { params, body });
console.log(error?.code);
