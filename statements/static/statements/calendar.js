/* Beside each hour what it is on the reader's own clock, where that differs. */

const note = document.querySelector("[data-own-zone]");
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
let differs = false;

for (const time of document.querySelectorAll(".month-hour")) {
  const when = new Date(time.dateTime);
  const there = when.toLocaleTimeString("en-GB", { timeStyle: "short" });
  if (there === time.textContent) continue;
  // Elsewhere it may be the day before or after.
  const day = time.dateTime.slice(0, 10) === dayOf(when) ? "" : ` ${weekday(when)}`;
  const own = document.createElement("span");
  own.className = "month-own quiet";
  own.textContent = ` (${there}${day})`;
  time.after(own);
  differs = true;
}
if (differs && note) {
  note.textContent = ` In brackets it is on your own clock (${timeZone}).`;
  note.hidden = false;
}

function dayOf(when) {
  const two = (number) => String(number).padStart(2, "0");
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
}

function weekday(when) {
  return when.toLocaleDateString("en-GB", { weekday: "short" });
}
