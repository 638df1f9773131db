/* sphinx_ajo: progressive enhancement; every page is complete without it. */
"use strict";

/* A card with one link is that link wherever it is clicked, but its text stays selectable. */
document.addEventListener("click", (event) => {
  const card = event.target.closest(".ajo-card-clickable");
  const own = event.defaultPrevented || event.target.closest("a, button, input, summary");
  if (card === null || own || window.getSelection().toString() !== "") {
    return;
  }
  const link = card.querySelector("a.ajo-card-target");
  if (link !== null) {
    /* a copy of the click keeps Ctrl, Shift and Meta: new tab, new window */
    link.dispatchEvent(new MouseEvent("click", event));
  }
});

/* The link to a zoomable image is a button that shows the image in a dialog. It closes on Escape,
 * on a click anywhere and by its button; then the focus returns. */
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

/* The link to a video is a button that puts the player in its place. */
function ajoPlay(link) {
  const frame = Object.assign(document.createElement("iframe"), {
    sandbox:
      "allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts",
    referrerPolicy: "strict-origin-when-cross-origin",
    allow: "autoplay; encrypted-media; fullscreen; picture-in-picture",
    title: link.dataset.title,
    src: link.dataset.video,
  });
  link.replaceWith(frame);
  frame.focus();
}

/* Ctrl, Shift and Meta still follow the link: new tab, new window. */
function ajoButton(link, act) {
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    if (!(event.ctrlKey || event.shiftKey || event.metaKey)) {
      event.preventDefault();
      act(link);
    }
  });
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault(); /* links do not answer to it */
      act(link);
    }
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("a.ajo-video-still").forEach((link) => ajoButton(link, ajoPlay));
  for (const link of document.querySelectorAll("a.ajo-zoom")) {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-label", link.dataset.ajoLabel);
    ajoButton(link, ajoZoom);
  }
});

/* A link to an accordion, or to a place in one, opens it; browsers do so for places only. */
(() => {
  const reveal = () => {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    } catch {
      return; /* the fragment is not valid UTF-8 */
    }
    let opened = false;
    for (let node = target; node !== null; node = node.parentElement) {
      if (node.matches("details.ajo-accordion:not([open])")) {
        node.open = true;
        opened = true;
      }
    }
    if (opened) {
      target.scrollIntoView();
    }
  };
  document.addEventListener("DOMContentLoaded", reveal);
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    /* a second click on the same link changes no fragment */
    const link = event.target.closest("a[href*='#']");
    if (link !== null && link.href === window.location.href) {
      reveal();
    }
  });
})();

/* Print what is in accordions, too. */
(() => {
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.ajo-accordion:not([open])")];
    closed.forEach((accordion) => (accordion.open = true));
  });
  window.addEventListener("afterprint", () => {
    closed.forEach((accordion) => (accordion.open = false));
    closed = [];
  });
})();
