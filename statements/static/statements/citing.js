/* Words with their attribution, into the clipboard. Without this, or where a browser
   gives the clipboard to nobody, the link leads to the same text on the quote's page. */

const heard = document.createElement("p");
heard.className = "unseen";
heard.setAttribute("role", "status");

for (const link of document.querySelectorAll("a[data-copied]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  const label = link.textContent;
  button.textContent = label;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.dataset.copied);
    } catch {
      location.assign(link.href);
      return;
    }
    heard.textContent = "";
    heard.textContent = link.dataset.done;
    button.textContent = link.dataset.done;
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
  link.replaceWith(button);
}
document.querySelector("main").append(heard);
