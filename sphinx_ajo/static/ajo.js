/* sphinx_ajo: progressive enhancement; every page is complete without it. */
"use strict";

/* A card with one link acts as that link wherever it is clicked, but its text stays selectable. */
document.addEventListener("click", (event) => {
  const card = event.target.closest(".ajo-card-clickable");
  if (card === null || event.defaultPrevented || event.target.closest("a, button, input, summary")) {
    return;
  }
  if (window.getSelection().toString() !== "") {
    return;
  }
  const link = card.querySelector("a.ajo-card-target");
  if (link !== null) {
    /* a copy of the click keeps Ctrl, Shift and Meta: new tab, new window */
    link.dispatchEvent(new MouseEvent("click", event));
  }
});

/* The link to a zoomable image is a button that shows the image in a dialog. The dialog closes
 * on Escape (by itself), on a click anywhere and by its button; then the focus returns. */
function ajoZoom(link) {
  const image = link.querySelector("img");
  const dialog = document.createElement("dialog");
  dialog.className = "ajo-zoom-dialog";
  dialog.setAttribute("aria-label", image.alt || link.dataset.ajoLabel);
  const full = document.createElement("img");
  full.src = link.href;
  full.alt = image.alt;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "\u00d7";
  close.setAttribute("aria-label", link.dataset.ajoClose);
  dialog.append(close, full);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("DOMContentLoaded", () => {
  if (typeof HTMLDialogElement === "undefined") {
    return; /* the links lead to the images */
  }
  for (const link of document.querySelectorAll("a.ajo-zoom")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-label", link.dataset.ajoLabel);
    link.addEventListener("click", (event) => {
      /* Ctrl, Shift and Meta open the image itself: new tab, new window */
      if (!(event.ctrlKey || event.shiftKey || event.metaKey)) {
        event.preventDefault();
        ajoZoom(link);
      }
    });
    link.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault(); /* a button, unlike a link, answers to the space bar */
        ajoZoom(link);
      }
    });
  }
});
