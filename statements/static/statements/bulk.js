/* The list of statements: how many are chosen, and all of the page at once.

   Without this every box is ticked by itself. */

const form = document.getElementById("bulk");
const boxes = [...document.querySelectorAll('input[name="row"][form="bulk"]')];
const whole = form.querySelector('input[name="all"]');
const told = form.querySelector(".bulk-count");

function count() {
  const number = boxes.filter((box) => box.checked).length;
  const chosen = whole?.checked ? whole.dataset.count : number;
  told.textContent = chosen ? `${chosen} chosen` : "";
  every.checked = number === boxes.length;
  every.indeterminate = number > 0 && number < boxes.length;
}

const label = document.createElement("label");
const every = document.createElement("input");
every.type = "checkbox";
label.className = "bulk-all";
label.append(every, " all on this page");
form.querySelector(".buttons").before(label);
every.addEventListener("change", () => {
  for (const box of boxes) box.checked = every.checked;
  count();
});
for (const box of boxes) box.addEventListener("change", count);
whole?.addEventListener("change", count);
count();
