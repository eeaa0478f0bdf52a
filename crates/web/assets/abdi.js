// Abdi works as plain HTML. This module only improves it: no dependency, no text of its own (every word a person reads
// comes from data attributes written by the server), no state that outlives the tab, nothing kept after signing out.

const KEPT = "abdi-kept:";
const AUTOSAVE_EVERY = 10_000;
const RETRY_FIRST = 3_000;
const RETRY_MOST = 60_000;
/** @type {Set<() => boolean>} one question per form: would leaving lose something? */
const unsaved = new Set();

/** Opaque mark of who is signed in, so that a shared computer offers nobody the text of another. */
const account = document.body.dataset.account;

const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach((el) => act(el));
const fill = (text, values) => (text ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const make = (tag, properties = {}, ...children) => {
  const el = Object.assign(document.createElement(tag), properties);
  el.append(...children);
  return el;
};

/** The tab's own memory; absent or full storage must never stand in the way of writing. */
const kept = {
  get(key) {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT + key));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      sessionStorage.setItem(KEPT + key, JSON.stringify(value));
    } catch {
      /* a full or forbidden store only means that there is no copy to offer back */
    }
  },
  drop(key) {
    try {
      sessionStorage.removeItem(KEPT + key);
    } catch {
      /* as above */
    }
  },
  keys() {
    try {
      return Object.keys(sessionStorage).filter((key) => key.startsWith(KEPT)).map((key) => key.slice(KEPT.length));
    } catch {
      return [];
    }
  },
};

/** Names and values as the browser would send them; secrets, files, one-time keys and the version are never kept. */
const snapshot = (form) => {
  const secret = new Set();
  each("[type=password], [type=file], [data-never-keep], [name=version], [type=hidden]", (el) => secret.add(el.name), form);
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !secret.has(name)) (fields[name] ??= []).push(value);
  }
  return fields;
};

const changedBetween = (before, after) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name] ?? []) !== JSON.stringify(after[name] ?? []),
  );

const putBack = (form, fields) => {
  for (const [name, values] of Object.entries(fields)) {
    const left = [...values];
    for (const el of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (el.type === "checkbox" || el.type === "radio") el.checked = values.includes(el.value);
      else if (el.tagName === "SELECT" && el.multiple) for (const option of el.options) option.selected = values.includes(option.value);
      else if (left.length) el.value = left.shift();
      el.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
};

function autosave(form) {
  const url = form.dataset.autosave;
  const key = form.id || url;
  const line = form.querySelector("[data-autosave-state]") ?? document.querySelector(`[data-autosave-state="${CSS.escape(key)}"]`);
  const texts = form.dataset;
  let acknowledged = snapshot(form);
  let inFlight = false;
  let running = Promise.resolve();
  let stopped = false;
  let leaving = false;
  let timer = 0;
  let wait = RETRY_FIRST;

  const show = (state, text, link) => {
    if (!line) return;
    line.dataset.state = state;
    line.replaceChildren(text ?? "");
    if (link) line.append(" ", link);
  };
  const dirty = () => !leaving && changedBetween(acknowledged, snapshot(form)).length > 0;
  const later = (delay) => {
    if (!timer && !stopped) timer = setTimeout(send, delay);
  };

  function send() {
    if (!inFlight) running = sendNow();
    return running;
  }

  async function sendNow() {
    clearTimeout(timer);
    timer = 0;
    if (stopped || leaving) return;
    const sent = snapshot(form);
    const names = changedBetween(acknowledged, sent);
    if (names.length === 0) return;
    const body = new URLSearchParams();
    for (const el of form.querySelectorAll("input[type=hidden][name]")) body.append(el.name, el.value);
    // a box that was emptied must arrive as empty, or the server would keep the old value
    for (const name of names) (sent[name] ?? [""]).forEach((value) => body.append(name, value));
    inFlight = true;
    show("saving", texts.saving);
    try {
      const answer = await fetch(url, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual",
        headers: { "x-abdi-autosave": "1", accept: "application/json" },
      });
      if (answer.status === 409) {
        stopped = true;
        const { stale } = await answer.json();
        const link = texts.staleLink && make("a", { href: location.href, textContent: texts.staleLink });
        show("stale", stale ?? texts.stale, link);
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status || "redirected"));
      const { saved, version } = await answer.json();
      if (version !== undefined) each("input[name=version]", (el) => (el.value = version), form);
      acknowledged = sent;
      wait = RETRY_FIRST;
      if (!dirty()) kept.drop(key);
      show("saved", fill(texts.saved, { time: saved ?? "" }));
    } catch {
      show("offline", texts.offline);
      wait = Math.min(wait * 2, RETRY_MOST);
      later(wait);
    } finally {
      inFlight = false;
      if (dirty()) later(AUTOSAVE_EVERY);
    }
  }

  const changed = () => {
    if (stopped && !dirty()) return;
    kept.set(key, { fields: snapshot(form), account });
    later(AUTOSAVE_EVERY);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("focusout", () => dirty() && send());
  addEventListener("online", () => dirty() && send());
  document.addEventListener("visibilitychange", () => document.hidden && dirty() && send());
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (inFlight) {
      // the answer on its way brings the version that this form must carry: whoever overtakes it would meet themselves
      event.preventDefault();
      event.stopImmediatePropagation();
      running.finally(() => form.requestSubmit(event.submitter));
      return;
    }
    leaving = true;
    // kept until an accepted answer comes: a broken network or an expired session must not lose it
    if (kept.get(key) || changedBetween(acknowledged, snapshot(form)).length > 0) kept.set(key, { fields: snapshot(form), account, sent: true });
  });
  // coming back by the Back button shows the page as it was left: it may be edited and saved again
  addEventListener("pageshow", (event) => event.persisted && (leaving = false));
  unsaved.add(dirty);

  const copy = kept.get(key);
  if (copy?.fields && changedBetween(copy.fields, acknowledged).length > 0 && texts.restore) {
    const back = make("button", { type: "button", className: "btn", textContent: texts.restoreDo ?? "" });
    const away = make("button", { type: "button", className: "btn quiet", textContent: texts.restoreDrop ?? "" });
    const offer = make("div", { className: "note warn" }, make("p", { textContent: texts.restore }), make("p", { className: "actions" }, back, away));
    offer.setAttribute("role", "status");
    back.addEventListener("click", () => {
      putBack(form, copy.fields);
      offer.remove();
      (form.querySelector("input:not([type=hidden]), textarea, select") ?? form).focus();
      send();
    });
    away.addEventListener("click", () => {
      kept.drop(key);
      offer.remove();
    });
    form.prepend(offer);
  } else if (copy) {
    kept.drop(key);
  }
}

/** Copies of another account are not offered to this one; copies that were sent and accepted are not needed any more. */
function dropOldCopies() {
  const status = performance.getEntriesByType("navigation")[0]?.responseStatus || 0;
  const accepted = status > 0 && status < 400 && !document.querySelector(".error-summary, input[type=password]");
  for (const key of kept.keys()) {
    const copy = kept.get(key);
    const foreign = account && copy?.account !== undefined && copy.account !== account;
    if (foreign || (copy?.sent && accepted)) kept.drop(key);
  }
}

function leaveGuard() {
  each("form[data-guard]", (form) => {
    const start = JSON.stringify(snapshot(form));
    let leaving = false;
    form.addEventListener("submit", (event) => (leaving = !event.defaultPrevented));
    unsaved.add(() => !leaving && JSON.stringify(snapshot(form)) !== start);
  });
  addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((dirty) => dirty())) event.preventDefault();
  });
}

/** Warns before the session ends; extending it is one request, and the server's answer moves the end. */
function sessionWarning(body) {
  const texts = body.dataset;
  let ends = Number(texts.sessionEnds);
  const ahead = Number(texts.sessionWarn || 300) * 1000;
  if (!Number.isFinite(ends) || ends <= 0 || !texts.sessionText) return;
  const region = make("div", { className: "session-warning", hidden: true });
  region.setAttribute("role", "alert");
  body.append(region);
  let timer = 0;

  const tick = () => {
    clearTimeout(timer);
    const left = ends - Date.now();
    if (left <= 0) {
      region.replaceChildren(make("span", { textContent: texts.sessionOver ?? "" }));
      region.hidden = false;
    } else if (left <= ahead) {
      const text = fill(texts.sessionText, { minutes: Math.max(1, Math.ceil(left / 60_000)) });
      if (region.firstChild?.textContent !== text) {
        region.replaceChildren(make("span", { textContent: text }));
        if (texts.sessionUrl && texts.sessionExtend) {
          const more = make("button", { type: "button", textContent: texts.sessionExtend });
          more.addEventListener("click", extend);
          region.append(more);
        }
      }
      region.hidden = false;
      timer = setTimeout(tick, Math.min(left, 60_000));
    } else {
      region.hidden = true;
      timer = setTimeout(tick, Math.min(left - ahead, 2 ** 31 - 1));
    }
  };
  async function extend() {
    try {
      const answer = await fetch(texts.sessionUrl, { method: "POST", credentials: "same-origin", redirect: "manual", headers: { accept: "application/json", "x-abdi-autosave": "1" } });
      const { ends: moved } = await answer.json();
      if (Number(moved) > Date.now()) ends = Number(moved);
    } catch {
      /* without network the warning simply stays; the form's content is kept */
    }
    tick();
  }
  document.addEventListener("visibilitychange", () => !document.hidden && tick());
  tick();
}

function signOut() {
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-sign-out]")) {
      unsaved.clear();
      kept.keys().forEach(kept.drop);
    }
  });
}

/** The button keeps its name and says by `aria-pressed` that the password is shown. */
function showPassword(button) {
  const input = document.getElementById(button.dataset.showPassword);
  if (!input) return;
  const before = button.textContent;
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    if (button.dataset.hide) button.textContent = shown ? button.dataset.hide : before;
  };
  button.hidden = false;
  show(false);
  button.addEventListener("click", () => show(input.type === "password"));
  // what is sent, and what a password manager learns, is a password again
  input.form?.addEventListener("submit", () => show(false));
}

function copyButton(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const before = button.textContent;
  button.addEventListener("click", async () => {
    const text = button.dataset.copy || document.getElementById(button.dataset.copyFrom)?.textContent?.trim();
    try {
      await navigator.clipboard.writeText(text ?? "");
      button.textContent = button.dataset.done ?? before;
      setTimeout(() => (button.textContent = before), 4_000);
    } catch {
      /* refused by the browser: the text stays on the page to be copied by hand */
    }
  });
}

/** One submit at a time. The button is never disabled: its name and value belong to what is sent. */
function submitOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "1";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 20_000);
  });
  const release = (form) => {
    delete form.dataset.sending;
    each("[aria-busy=true]", (el) => el.removeAttribute("aria-busy"), form);
  };
  addEventListener("pageshow", () => each("form[data-sending]", release));
}

function counter(line) {
  const input = document.getElementById(line.dataset.countFor);
  const most = Number(line.dataset.max || input?.getAttribute("maxlength"));
  if (!input || !(most > 0)) return;
  const spoken = make("span", { className: "visually-hidden" });
  spoken.setAttribute("role", "status");
  line.after(spoken);
  let timer = 0;
  const count = () => {
    const left = most - [...input.value].length;
    line.classList.toggle("over", left < 0);
    line.textContent = fill(left < 0 ? (line.dataset.over ?? line.dataset.text) : line.dataset.text, { n: Math.abs(left).toLocaleString(document.documentElement.lang || "id") });
    clearTimeout(timer);
    // screen readers hear the count only when typing pauses near the end
    if (left < most / 5) timer = setTimeout(() => (spoken.textContent = line.textContent), 1_500);
  };
  input.addEventListener("input", count);
  count();
}

/** "dibaca sebagai …": asks the server how it reads what was typed, so that page and law use one reader. */
function parseHint(input) {
  const out = document.getElementById(input.dataset.parseHint) ?? input.closest(".field")?.querySelector("[data-parse-result]");
  if (!out) return;
  let timer = 0;
  let running = null;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      running?.abort();
      running = new AbortController();
      if (!input.value.trim()) return out.replaceChildren();
      try {
        const url = new URL(input.dataset.parseUrl, location.href);
        url.searchParams.set("q", input.value);
        const answer = await fetch(url, { signal: running.signal, credentials: "same-origin", headers: { accept: "text/plain", "x-abdi-autosave": "1" } });
        if (answer.ok && answer.headers.get("content-type")?.startsWith("text/plain")) out.textContent = await answer.text();
      } catch {
        /* the hint is a convenience; the server reads the value again when it is sent */
      }
    }, 400);
  });
}

/** Draws a photo anew at most 1,600 px long: smaller to send, and without the place and camera written in it. */
async function shrink(input) {
  const most = Number(input.dataset.shrink) || 1600;
  const files = [...input.files];
  if (!files.some((file) => /^image\/(jpeg|png|webp)$/.test(file.type)) || !window.createImageBitmap || !window.DataTransfer) return;
  const form = input.form;
  input.setAttribute("aria-busy", "true");
  try {
    const bag = new DataTransfer();
    for (const file of files) bag.items.add(/^image\/(jpeg|png|webp)$/.test(file.type) ? await redraw(file, most) : file);
    input.files = bag.files;
  } catch {
    /* the server strips and limits as well; the original goes as it is */
  } finally {
    input.removeAttribute("aria-busy");
    form?.dispatchEvent(new CustomEvent("abdi:shrunk"));
  }
}

async function redraw(file, most) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, most / Math.max(picture.width, picture.height));
  const canvas = make("canvas", { width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)) });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done, failed) => canvas.toBlob((made) => (made ? done(made) : failed(new Error("canvas"))), "image/jpeg", 0.82));
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

/** A submit that comes while a photo is still being redrawn waits for it. */
function shrinkInput(input) {
  input.addEventListener("change", () => shrink(input));
  input.form?.addEventListener("submit", (event) => {
    if (input.getAttribute("aria-busy") !== "true") return;
    event.preventDefault();
    event.stopPropagation();
    input.form.addEventListener("abdi:shrunk", () => input.form.requestSubmit(event.submitter ?? undefined), { once: true });
  });
}

/** Without script the button leads to a page that asks; with it the question stands where the button is. */
function confirmInPlace() {
  document.addEventListener("click", (event) => {
    const trigger = event.target.closest?.("button[data-confirm]");
    if (!trigger?.form || trigger.dataset.confirmed || typeof HTMLDialogElement !== "function") return;
    event.preventDefault();
    const yes = make("button", { type: "button", className: "btn main " + (trigger.classList.contains("danger") ? "danger" : ""), textContent: trigger.textContent.trim() });
    const no = make("button", { type: "button", className: "btn", textContent: trigger.dataset.cancel ?? "" });
    const question = make("h2", { id: "abdi-question", textContent: trigger.dataset.confirm });
    const dialog = make("dialog", {}, question, make("div", { className: "actions" }, yes, no));
    dialog.setAttribute("aria-labelledby", "abdi-question");
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      trigger.dataset.confirmed = "1";
      dialog.close();
      trigger.form.requestSubmit(trigger);
      delete trigger.dataset.confirmed;
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      trigger.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}

/** Pages that post and come back to themselves return to the place one was reading. */
function keepScroll() {
  const place = `scroll:${location.pathname}`;
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-keep-scroll]")) kept.set(place, scrollY);
  });
  const at = kept.get(place);
  kept.drop(place);
  if (Number.isFinite(at) && !location.hash && !document.querySelector(".error-summary")) scrollTo(0, at);
}

/** Links in an error summary put the cursor into the field, also when the target is a group. */
function errorSummary() {
  const summary = document.querySelector(".error-summary");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const target = event.target.closest("a[href^='#']") && document.getElementById(event.target.closest("a").hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const field = target.matches("input, select, textarea") ? target : (target.querySelector("input:not([type=hidden]), select, textarea") ?? target);
    (field.closest(".field, fieldset") ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}

/** Kiosks go back to their first page when nobody touches them: `<body data-reset="20" data-reset-url="…">`. */
function kioskReset(body) {
  const seconds = Number(body.dataset.reset);
  if (!(seconds > 0)) return;
  let timer = 0;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(body.dataset.resetUrl || location.pathname), seconds * 1000);
  };
  ["pointerdown", "keydown", "input"].forEach((kind) => addEventListener(kind, again, { passive: true }));
  again();
}

/** Offline is a state of the page, said in its own line: `<div class="banner offline" data-offline-banner hidden>`. */
function offlineBanner() {
  const tell = () => each("[data-offline-banner]", (el) => (el.hidden = navigator.onLine));
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
}

/** On phones an open menu closes with Escape and gives the focus back. */
function menus() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest?.(".usermenu[open]") ?? document.querySelector(".navmenu[open], .top .usermenu[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
}

dropOldCopies();
each("input[type=file][data-shrink]", shrinkInput);
confirmInPlace();
each("form[data-autosave]", autosave);
leaveGuard();
submitOnce();
signOut();
sessionWarning(document.body);
each("button[data-show-password]", showPassword);
each("button[data-copy], button[data-copy-from]", copyButton);
each("[data-count-for]", counter);
each("[data-parse-url]", parseHint);
keepScroll();
errorSummary();
kioskReset(document.body);
offlineBanner();
menus();
document.documentElement.dataset.script = "1";
