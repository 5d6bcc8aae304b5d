"use strict";
// Every page works without this script.

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
for (const moment of document.querySelectorAll("time")) {
  moment.textContent = place.format(new Date(moment.dateTime));
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
