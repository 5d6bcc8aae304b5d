"use strict";
// Every page works without this script, but for passkeys, which are a browser's to use.

// Counts down on the button until another code can be requested, in words of the page's language.
const inWords = (seconds) => {
  const [count, unit] = seconds < 90 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  const style = { style: "unit", unit, unitDisplay: "long" };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(count);
};
for (const button of document.querySelectorAll("[data-wait]")) {
  const label = button.textContent;
  const end = Date.now() + Number(button.dataset.wait) * 1000;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? `${label} (${inWords(left)})` : label;
    if (left > 0) setTimeout(tick, 500);
  };
  tick();
}

// Tells moments in the time of this place, in words of the page's language.
const place = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "medium",
  timeStyle: "short",
});
const zoned = new Intl.DateTimeFormat(document.documentElement.lang, {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
});
for (const moment of document.querySelectorAll("time")) {
  const format = "zone" in moment.dataset ? zoned : place;
  moment.textContent = format.format(new Date(moment.dateTime));
  moment.removeAttribute("dir");
}

// Copies the key of an authenticator app, or recovery codes, which stand on lines of their own.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const key = document.getElementById(button.dataset.copy).textContent.replaceAll(" ", "").trim();
    await navigator.clipboard.writeText(key);
    button.textContent = button.dataset.done;
  });
}

// Prints the page.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Uses or makes a passkey (Web Authentication Level 3), and posts what the browser answers.
const toBytes = (text) => {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
};
const toText = (bytes) => {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const named = (passkeys) => passkeys.map((passkey) => ({ ...passkey, id: toBytes(passkey.id) }));
// Browsers that do not parse options themselves are given them parsed.
const ceremonies = {
  get: {
    parse: (options) =>
      PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? {
        ...options,
        challenge: toBytes(options.challenge),
        allowCredentials: named(options.allowCredentials),
      },
    ask: (publicKey) => navigator.credentials.get({ publicKey }),
    answer: (response) => ({
      authenticator_data: toText(response.authenticatorData),
      signature: toText(response.signature),
      ...(response.userHandle && { user_handle: toText(response.userHandle) }),
    }),
  },
  create: {
    parse: (options) =>
      PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: named(options.excludeCredentials),
      },
    ask: (publicKey) => navigator.credentials.create({ publicKey }),
    answer: (response) => ({
      authenticator_data: toText(response.getAuthenticatorData()),
      public_key: toText(response.getPublicKey()),
      algorithm: response.getPublicKeyAlgorithm(),
    }),
  },
};
const hasPasskeys =
  navigator.credentials && globalThis.AuthenticatorAttestationResponse?.prototype.getPublicKey;
for (const part of document.querySelectorAll("[data-with-passkeys]")) part.hidden = !hasPasskeys;
for (const part of document.querySelectorAll("[data-without-passkeys]")) {
  part.hidden = hasPasskeys;
  part.textContent = part.dataset.withoutPasskeys;
}
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const { parse, ask, answer } = ceremonies[form.dataset.passkey];
  const [start, problem] = [form.querySelector("button"), document.getElementById("alert")];
  start.addEventListener("click", async () => {
    if ("busy" in start.dataset) return;
    start.dataset.busy = "";
    problem.hidden = true;
    const began = performance.now();
    let timeout = Infinity;
    try {
      const options = JSON.parse(form.dataset.options);
      timeout = options.timeout;
      const { id, response } = await ask(parse(options));
      const passkey = { id, client_data_json: toText(response.clientDataJSON), ...answer(response) };
      form.elements[form.dataset.answer ?? "passkey"].value = JSON.stringify(passkey);
      form.requestSubmit();
    } catch (error) {
      // Browsers say the same of a person who cancelled, of a device without a passkey, and of one
      // that took too long.
      const isLate = performance.now() - began > timeout - 1000;
      const words = { NotAllowedError: isLate ? "late" : "cancelled", SecurityError: "elsewhere" };
      const word = words[error.name] ?? (error.name === "InvalidStateError" ? "there" : "failed");
      problem.textContent = form.dataset[word] ?? form.dataset.failed;
      problem.hidden = false;
      delete start.dataset.busy;
    }
  });
}

// Sends each form once, and says that an answer is awaited. A browser does not tell if somebody
// stops it from loading, so the form works again after this many milliseconds, and when the page is
// shown again.
const AGAIN = 6000;
const busy = document.getElementById("busy");
const rest = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) {
    button.removeAttribute("aria-disabled");
    delete button.dataset.busy;
  }
  busy.textContent = "";
};
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-disabled", "true");
    }
    (event.submitter ?? form.querySelector("button")).dataset.busy = "";
    busy.textContent = busy.dataset.text;
    setTimeout(() => rest(form), AGAIN);
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form")) rest(form);
});
