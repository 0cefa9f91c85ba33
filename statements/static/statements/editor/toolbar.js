/* A few real buttons above the text, and the keys that do the same. */

import { editLink } from "newsroom/links";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/**
 * What can be done with the text: its label, the key that does it where the editor has
 * one ("Mod" is Ctrl, on a Mac ⌘), what happens, and whether it is so already.
 */
export const TOOLS = [
  {
    label: "Heading",
    key: "Mod+Alt+2",
    run: (chain) => chain.toggleHeading({ level: 2 }),
    active: (editor) => editor.isActive("heading"),
  },
  {
    label: "Bold",
    key: "Mod+B",
    run: (chain) => chain.toggleBold(),
    active: (editor) => editor.isActive("bold"),
  },
  {
    label: "Italic",
    key: "Mod+I",
    run: (chain) => chain.toggleItalic(),
    active: (editor) => editor.isActive("italic"),
  },
  {
    label: "Link",
    key: "Mod+K",
    ask: editLink,
    active: (editor) => editor.isActive("link"),
  },
  {
    label: "Quotation",
    key: "Mod+Shift+B",
    run: (chain) => chain.toggleBlockquote(),
    active: (editor) => editor.isActive("blockquote"),
  },
  {
    label: "List",
    key: "Mod+Shift+8",
    run: (chain) => chain.toggleBulletList(),
    active: (editor) => editor.isActive("bulletList"),
  },
  {
    label: "Numbers",
    key: "Mod+Shift+7",
    run: (chain) => chain.toggleOrderedList(),
    active: (editor) => editor.isActive("orderedList"),
  },
  { label: "Undo", key: "Mod+Z", run: (chain) => chain.undo() },
  { label: "Redo", key: "Mod+Shift+Z", run: (chain) => chain.redo() },
];

/** A key as it is called on this keyboard, and as assistive software is told. */
const shown = (key) => key.replace("Mod", MAC ? "⌘" : "Ctrl");
const told = (key) => key.replace("Mod", MAC ? "Meta" : "Control");

/** The buttons; one of them is in the order of Tab, the arrow keys lead on. */
export function toolbar(editor, own) {
  const bar = document.createElement("div");
  bar.className = "editor-tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Text");
  const refresh = [];
  for (const { label, key, run, ask, active } of [...TOOLS, ...own]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.title = `${label} (${shown(key)})`;
    button.setAttribute("aria-keyshortcuts", told(key));
    button.tabIndex = bar.childElementCount ? -1 : 0;
    button.addEventListener("click", () => {
      if (ask) ask(editor);
      else run(editor.chain().focus()).run();
    });
    if (active) {
      refresh.push(() => button.setAttribute("aria-pressed", String(active(editor))));
    }
    bar.append(button);
  }
  const buttons = [...bar.children];
  // Who comes back by Tab finds the button they left.
  bar.addEventListener("focusin", (event) => {
    for (const each of buttons) each.tabIndex = each === event.target ? 0 : -1;
  });
  bar.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = buttons.indexOf(document.activeElement);
    const along = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const next = {
      ArrowRight: at + along,
      ArrowLeft: at - along,
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    if (next === undefined) return;
    buttons[(next + buttons.length) % buttons.length].focus();
    event.preventDefault();
  });
  const draw = () => refresh.forEach((each) => each());
  editor.on("transaction", draw);
  draw();
  return bar;
}
