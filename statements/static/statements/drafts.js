/* Keeps what is typed into a statement's form: on the server, in a buffer that only its
   writer sees, and never in the browser, where the next person at a shared computer
   could find it. Says whether it is kept, who else has the edition open, and offers
   what was left unsaved. Without this script the form works as it does with it. */

// Milliseconds: the rest after a key press, the longest wait while typing, between two
// signs of presence, and until a request counts as lost.
const REST = 1200;
const LONGEST = 3000;
const BEAT = 20_000;
const PATIENCE = 8000;
// A request that outlives its page may carry so much.
const KEEPALIVE = 60_000;
const ASIDE = new Set(["csrfmiddlewaretoken", "token", "writer", "page", "taken", "action"]);

const place = document.getElementById("drafts");
if (place) begin(place);

function begin(place) {
  const data = place.dataset;
  const form = [...document.forms].find(
    (each) => each.elements.namedItem("body") && each.elements.namedItem("title"),
  );
  const said = (name) => place.querySelector(`.drafts-${name}`);
  let page = data.page || freshPage();
  let token = data.token;
  let touched = data.unsaved === "1"; // somebody did something here
  let kept = form && !touched ? snapshot() : ""; // what the server has, or need not have
  let keptAt = ""; // as the server tells the hour
  let changedAt = 0; // of the first change that is not kept
  let pressedAt = 0;
  let turn = 0;
  let sending = null;
  let failures = 0;
  let again = 0; // no try before this moment
  let away = false; // signed out, or another person signed in
  let leaving = false; // the form was sent
  let stopped = false; // the server refuses for good what this page sends

  if (form) {
    hidden("page", page);
    if (data.taken) hidden("taken", data.taken);
    for (const kind of ["input", "change"]) form.addEventListener(kind, changed);
    for (const kind of ["keydown", "paste", "drop", "pointerdown"]) {
      form.addEventListener(kind, () => {
        // An editor may have put the text into its own form when it began.
        if (!touched) kept = snapshot();
        touched = true;
      }, { capture: true });
    }
    form.addEventListener("submit", () => {
      leaving = true;
      sending?.abort();
      // Escape, or a server that is gone, leaves the page as it is.
      setTimeout(() => { leaving = false; }, 15_000);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") keep({ last: true });
    });
    addEventListener("pagehide", () => {
      keep({ last: true });
      bye();
    });
    addEventListener("online", () => {
      again = 0;
      work();
    });
    setInterval(work, 250);
  }
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    // Back from another page: that this one was saved is no reason to keep nothing.
    leaving = false;
    ask({});
  });
  setInterval(() => { if (!sending && !away) ask({}); }, BEAT);
  // Where two texts are being brought together, no third one is offered.
  ask({ hello: !form?.elements.namedItem("based") });

  function changed() {
    touched = true;
    pressedAt = Date.now();
    changedAt ||= pressedAt;
  }

  function snapshot() {
    return JSON.stringify(
      [...new FormData(form)].filter(
        ([name, value]) => !ASIDE.has(name) && typeof value === "string",
      ),
    );
  }

  // Four times a second: is there something to keep, and is it time?
  let looked = 0;
  function work() {
    const now = Date.now();
    if (leaving || stopped || sending || now < again) return;
    if (away) {
      again = now + 4000;
      comeBack();
      return;
    }
    if (!changedAt && touched && now > looked + 2000) {
      // A script may have changed a field without an event.
      looked = now;
      if (snapshot() !== kept) changedAt = now;
    }
    if (!changedAt) return;
    if (now - pressedAt < REST && now - changedAt < LONGEST) return;
    if (snapshot() === kept) {
      changedAt = 0;
      return;
    }
    keep({});
  }

  function keep({ last = false }) {
    if (!form || leaving || stopped || away || !touched) return;
    const words = snapshot();
    if (words === kept) return;
    if (last) sending?.abort();
    ask({ words, last });
  }

  async function ask({ words = "", hello = false, last = false }) {
    if (stopped && words) return;
    const body = new URLSearchParams({
      csrfmiddlewaretoken: token,
      user: data.user,
      edition: data.edition,
      page,
    });
    if (hello) body.set("hello", "1");
    if (data.taken) body.set("taken", data.taken);
    if (words) {
      turn = Math.max(Date.now(), turn + 1);
      body.set("turn", String(turn));
      for (const [name, value] of JSON.parse(words)) body.append(name, value);
    }
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), PATIENCE);
    if (words) sending = control;
    const since = changedAt;
    if (words) changedAt = 0;
    try {
      const response = await fetch(data.door, {
        method: "POST",
        body,
        redirect: "manual",
        signal: last ? undefined : control.signal,
        keepalive: last && body.toString().length < KEEPALIVE,
      });
      if (response.type === "opaqueredirect" || [401, 403, 409].includes(response.status)) {
        signedOut(response.status === 409);
        throw new Error("signed out");
      }
      if (response.status === 404) {
        stopped = true;
        problem("This edition is not there any more. What you type is not kept: copy it before you leave.");
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      answered(await response.json(), words);
      failures = 0;
    } catch {
      // One that was stopped for the sake of a newer one is no failure.
      if (words && sending === control) {
        changedAt = since || Date.now();
        failed();
      }
    } finally {
      clearTimeout(timer);
      if (sending === control) sending = null;
    }
  }

  function answered(answer, words) {
    if (answer.closed) {
      // Saved, and gone back to: a page of its own from here on.
      page = freshPage();
      hidden("page", page);
      changedAt = Date.now();
      return;
    }
    if (words && answer.problem) {
      problem(`Not kept. ${answer.problem}`);
      again = Date.now() + 5000;
      changedAt = Date.now();
      return;
    }
    if (words) {
      kept = words;
      keptAt = answer.kept;
      say("kept", `Not saved yet. What you typed is kept until you save (${keptAt}).`);
      problem("");
    }
    others(answer);
    if (answer.offers) offers(answer.offers);
  }

  function failed() {
    if (away || leaving) return;
    failures += 1;
    again = Date.now() + Math.min(1000 * 2 ** (failures - 1), 8000);
    const since = keptAt ? `since ${keptAt}` : "yet";
    problem(`What you type has not been kept ${since}: the server does not answer. It is tried again; leave this page open.`);
  }

  function signedOut(somebodyElse) {
    away = true;
    again = Date.now() + 4000;
    const box = said("problem");
    box.hidden = false;
    if (box.dataset.away) return;
    box.dataset.away = "1";
    box.textContent = somebodyElse
      ? "Somebody else is signed in here now, so what you type is not kept. "
      : "You are signed out, so what you type is not kept. It stands in this page. ";
    const link = document.createElement("a");
    link.href = data.login;
    link.target = "_blank";
    link.textContent = "Sign in again in a new tab";
    box.append(link, ", then go on here.");
  }

  // Signed in again in another tab? Forms need a new key then.
  async function comeBack() {
    try {
      const response = await fetch(data.door, { redirect: "manual" });
      if (!response.ok) return;
      const answer = await response.json();
      if (String(answer.user) !== data.user) {
        delete said("problem").dataset.away;
        signedOut(true);
        return;
      }
      token = answer.token;
      for (const field of document.getElementsByName("csrfmiddlewaretoken")) {
        field.value = token;
      }
      away = false;
      again = 0;
      delete said("problem").dataset.away;
      problem("");
      // The editor asks again what it could not ask meanwhile.
      document.dispatchEvent(new CustomEvent("newsroom:back"));
    } catch {
      // The server does not answer: asked again in a while.
    }
  }

  function bye() {
    if (!data.edition) return;
    navigator.sendBeacon(data.door, new URLSearchParams({
      csrfmiddlewaretoken: token,
      user: data.user,
      edition: data.edition,
      page,
      bye: "1",
    }));
  }

  function others(answer) {
    const lines = [...(answer.others ?? [])];
    if (answer.frozen && form) {
      lines.push("This edition was scheduled or published meanwhile. What you type is kept; begin a new edition to bring it in.");
    } else if (answer.version > Number(data.version)) {
      lines.push("Somebody saved this edition since you opened it. Go on: when you save, both texts are brought together.");
    }
    say("others", lines.join(" "));
  }

  function offers(rows) {
    const box = said("offers");
    box.replaceChildren(...rows.map(offer));
    box.hidden = rows.length === 0;
  }

  function offer(row) {
    const line = document.createElement("p");
    const link = (href, text) => {
      const made = document.createElement("a");
      made.href = href;
      made.textContent = text;
      return made;
    };
    const away = document.createElement("button");
    away.type = "button";
    away.textContent = "throw it away";
    away.addEventListener("click", async () => {
      if (!away.dataset.sure) {
        away.dataset.sure = "1";
        away.textContent = "throw it away for good?";
        return;
      }
      const response = await fetch(row.look, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ csrfmiddlewaretoken: token }),
      }).catch(() => null);
      if (!response?.ok) {
        problem("It could not be thrown away. Try again.");
        return;
      }
      line.remove();
      said("offers").hidden = !said("offers").children.length;
    });
    line.append(`Text of ${row.of} that was never saved: `, link(row.look, "look at it"));
    if (form) line.append(", ", link(row.take, "take it back"));
    line.append(" or ", away, ".");
    return line;
  }

  function say(name, text) {
    const box = said(name);
    if (box.textContent !== text) box.textContent = text;
    box.hidden = !text;
  }

  function problem(text) {
    if (!said("problem").dataset.away) say("problem", text);
  }

  function hidden(name, value) {
    let field = form.elements.namedItem(name);
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.autocomplete = "off";
      form.append(field);
    }
    field.value = value;
  }
}

function freshPage() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
}
