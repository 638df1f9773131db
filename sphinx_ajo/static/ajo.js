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
