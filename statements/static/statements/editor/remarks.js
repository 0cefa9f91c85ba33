/* The open remarks of colleagues, beside the words that they are about. They are drawn
   over the text and never in it; what is answered stands in fields of the form, which
   are saved with the text. */

import { key, positioned } from "newsroom/findings";
import { element } from "newsroom/speaker";

const field = (desk, remark, name) =>
  desk.form.elements.namedItem(`remark-${remark.id}-${name}`);

/** Where the remarks stand; of those without a place, where their words stand once. */
export function remarkPlaces(remarks, projection) {
  const found = [];
  for (const remark of remarks) {
    let { start, end } = remark;
    if (start === null) {
      const words = remark.now || remark.words;
      const at = projection.text.indexOf(words);
      if (at < 0 || projection.text.indexOf(words, at + 1) >= 0) continue;
      start = [...projection.text.slice(0, at)].length;
      end = start + [...words].length;
    }
    const { from, to } = positioned({ start, end }, projection);
    found.push({ key: `r${remark.id}`, from, to });
  }
  return found;
}

/** The same for an answer of the desk: those that have lost their words alone. */
export function remarksAgain(desk, projection) {
  const { remarked } = key.getState(desk.editor.state);
  const kept = new Set(remarked.map((each) => each.key));
  const lost = desk.told.remarks
    .filter((remark) => !kept.has(`r${remark.id}`))
    .map((remark) => ({ ...remark, start: null }));
  return [...remarked, ...remarkPlaces(lost, projection)];
}

/** A note of the margin for each of them. */
export function remarkNotes(desk) {
  const { remarked } = key.getState(desk.editor.state);
  return desk.told.remarks.map((remark) => {
    const place = remarked.find((each) => each.key === `r${remark.id}`);
    const done = field(desk, remark, "done").checked;
    const reply = field(desk, remark, "reply").value.trim();
    return {
      key: `r${remark.id}`,
      remark,
      done,
      todo: !done,
      from: place?.from ?? null,
      to: place?.to ?? null,
      state: place ? "remark" : "detached",
      who: remark.by,
      words: `“${remark.words}”`,
      said: [
        remark.said,
        ...remark.answers.map(({ by, said }) => `${by}: ${said}`),
        ...(reply ? [`You: ${reply}`] : []),
      ],
      why: [
        done ? "remark, done" : "remark",
        !place && "its words are gone from the text",
        (done || reply) && "not saved",
      ]
        .filter(Boolean)
        .join(" · "),
      deeds: ["answer", "done", "next"],
    };
  });
}

function put(input, change) {
  change(input);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

export function settle(desk, note) {
  if (!note?.remark) return;
  put(field(desk, note.remark, "done"), (box) => {
    box.checked = !box.checked;
  });
  desk.draw();
  desk.margin.say(note.done ? "Open again." : "Done, once you save.");
}

/** Ask for the answer; it is kept in the form until the text is saved. */
export async function answer(desk, note) {
  if (!note?.remark) return;
  const input = field(desk, note.remark, "reply");
  const area = element("textarea", {
    id: "remark-answer",
    rows: 4,
    value: input.value,
    maxLength: 5000,
  });
  const keep = element("button", { type: "submit", className: "default" }, "Add the answer");
  const leave = element("button", { type: "button" }, "Cancel");
  const form = element(
    "form",
    { method: "dialog", className: "desk-form" },
    element("h2", { id: "remark-answer-title" }, `Answer to ${note.who}`),
    element("p", { className: "finding-words" }, note.words),
    element("p", {}, note.remark.said),
    element(
      "div",
      { className: "field" },
      element("label", { for: area.id }, "Answer"),
      area,
    ),
    element("p", { className: "help" }, "It is saved with the text."),
    element("p", { className: "buttons" }, keep, leave),
  );
  const dialog = element(
    "dialog",
    { className: "ask", "aria-labelledby": "remark-answer-title" },
    form,
  );
  document.body.append(dialog);
  // Into the form as it is typed, so that no crash takes it; Cancel puts back what was.
  const before = input.value;
  const write = (words) =>
    put(input, (written) => {
      written.value = words;
    });
  area.addEventListener("input", () => write(area.value));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(keep);
  });
  leave.addEventListener("click", () => dialog.close());
  const kept = await new Promise((resolve) => {
    form.addEventListener("submit", () => resolve(true));
    dialog.addEventListener("close", () => resolve(false));
    dialog.showModal();
    area.focus();
  });
  dialog.remove();
  write(kept ? area.value : before);
  if (kept) {
    desk.draw();
    desk.margin.say("Your answer is saved with the text.");
  }
  desk.margin.list.focus();
}
