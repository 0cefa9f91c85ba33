/* After a form of a statement was sent: to what is wrong, or to what came of it.

   Without this the page stands at its top, with the same sentences in it. */

const shown = (selector) => [...document.querySelectorAll(selector)].find(visible);

/* What is folded away is shown; what has no box at all has none of its own to show. */
function visible(element) {
  for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) {
    at.open = true;
  }
  return element.getClientRects().length > 0;
}

function lead(element, place = "center") {
  if (!element.matches("a, button, input, select, textarea")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: place });
}

function result() {
  const refused = shown(".reasons[role=alert]");
  if (refused) return lead(refused);
  const wrong =
    shown(".field-wrong :is(input:not([type=hidden]), select, textarea)") ??
    shown(".field-wrong, .errorlist");
  if (wrong) return lead(wrong);
  const made = document.querySelector(".link-made");
  if (made) {
    offer(made);
    lead(made);
    return made.select();
  }
  const at = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (at && visible(at)) return lead(at);
  const told = shown(".messagelist");
  if (told) lead(told, "nearest");
}

/* The address that is shown once, into the clipboard. */
function offer(made) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  const heard = document.createElement("span");
  heard.className = "quiet";
  heard.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(made.value);
      heard.textContent = "Copied.";
    } catch {
      // Browsers that give the clipboard to nobody, or to safe addresses only.
      made.select();
      heard.textContent = "Press Ctrl+C: it is selected.";
    }
  });
  made.after(button, heard);
}

result();
