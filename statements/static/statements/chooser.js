// The boxes that Django's script draws for a choice by typing say what is chosen, and
// not for which field. This gives them the field's name. A plain script like Django's
// own, since it has to run after it.
"use strict";
{
  const name = (select) => {
    const box = document.getElementById(`select2-${select.id}-container`);
    const label = select.labels[0];
    if (!box || !label) return;
    label.id ||= `${select.id}-label`;
    box.setAttribute("aria-labelledby", label.id);
    box.parentElement.setAttribute("aria-labelledby", `${label.id} ${box.id}`);
  };
  const all = (within) => within.querySelectorAll(".admin-autocomplete").forEach(name);

  django.jQuery(() => all(document));
  // Django's script draws the box of a new row when it hears of it, before this does.
  document.addEventListener("formset:added", (event) => all(event.target));
}
