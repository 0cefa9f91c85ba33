/* What an hour of publication is on the reader's own clock, where that differs. */

for (const line of document.querySelectorAll("[data-moment]")) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const when = new Date(line.dataset.moment);
  const there = when.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  line.textContent = `On your own clock (${timeZone}): ${there}.`;
  line.hidden = false;
}
