/* A few real buttons above the text. */

const BUTTONS = [
  ["Heading", "toggleHeading", { level: 2 }, (e) => e.isActive("heading")],
  ["Bold", "toggleBold", null, (e) => e.isActive("bold"), "Ctrl+B"],
  ["Italic", "toggleItalic", null, (e) => e.isActive("italic"), "Ctrl+I"],
  ["Quotation", "toggleBlockquote", null, (e) => e.isActive("blockquote")],
  ["List", "toggleBulletList", null, (e) => e.isActive("bulletList")],
  ["Numbers", "toggleOrderedList", null, (e) => e.isActive("orderedList")],
  ["Undo", "undo", null, null, "Ctrl+Z"],
  ["Redo", "redo", null, null, "Ctrl+Shift+Z"],
];

/** The buttons; one of them is in the order of Tab, the arrow keys lead on. */
export function toolbar(editor, own) {
  const bar = document.createElement("div");
  bar.className = "editor-tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Text");
  const refresh = [];
  const add = (label, keys, run, active) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    if (keys) button.title = keys;
    button.tabIndex = bar.childElementCount ? -1 : 0;
    button.addEventListener("click", run);
    if (active) {
      refresh.push(() => button.setAttribute("aria-pressed", String(active(editor))));
    }
    bar.append(button);
  };
  for (const [label, command, options, active, keys] of BUTTONS) {
    add(
      label,
      keys,
      () => {
        const chain = editor.chain().focus();
        (options ? chain[command](options) : chain[command]()).run();
      },
      active,
    );
  }
  for (const [label, keys, run] of own) add(label, keys, run);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const buttons = [...bar.children];
    const next = buttons.indexOf(document.activeElement) + step;
    const button = buttons[(next + buttons.length) % buttons.length];
    for (const each of buttons) each.tabIndex = each === button ? 0 : -1;
    button.focus();
    event.preventDefault();
  });
  const draw = () => refresh.forEach((each) => each());
  editor.on("transaction", draw);
  draw();
  return bar;
}
