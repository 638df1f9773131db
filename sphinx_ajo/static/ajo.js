/* sphinx_ajo: progressive enhancement; every page is complete without it. */
"use strict";

(() => {
const all = (selector) => [...document.querySelectorAll(selector)];
const make = (name, properties) => Object.assign(document.createElement(name), properties);

/* A card with one link is that link wherever it is clicked, but its text stays selectable. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".ajo-card-clickable")?.querySelector("a.ajo-card-target");
  const own = event.defaultPrevented || event.target.closest("a, button, input, summary");
  if (link && !own && window.getSelection().isCollapsed) {
    /* Ctrl, Shift and Meta still open a new tab */
    link.dispatchEvent(new MouseEvent("click", event));
  }
});

/* The link to a zoomable image is a button that shows it in a dialog, which any click closes. */
const zoom = (link) => {
  const { alt } = link.querySelector("img");
  const dialog = make("dialog", { className: "ajo-zoom-dialog" });
  dialog.setAttribute("aria-label", alt || link.dataset.ajoLabel);
  const close = make("button", { type: "button", textContent: "\u00d7" });
  close.setAttribute("aria-label", link.dataset.ajoClose);
  dialog.append(close, make("img", { src: link.href, alt }));
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
};

/* The link to a video is a button that puts the player in its place. */
const play = (link) => {
  const frame = make("iframe", {
    sandbox:
      "allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts",
    referrerPolicy: "strict-origin-when-cross-origin",
    allow: "autoplay; encrypted-media; fullscreen; picture-in-picture",
    title: link.dataset.title,
    src: link.dataset.video,
  });
  link.replaceWith(frame);
  frame.focus();
};

/* Ctrl, Shift and Meta still follow the link. */
const makeButton = (link, act) => {
  const answer = (event) => {
    event.preventDefault();
    act(link);
  };
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    if (!(event.ctrlKey || event.shiftKey || event.metaKey)) {
      answer(event);
    }
  });
  /* links do not answer to it */
  link.addEventListener("keydown", (event) => event.key === " " && answer(event));
};

all("a.ajo-video-still").forEach((link) => makeButton(link, play));
for (const link of all("a.ajo-zoom")) {
  link.setAttribute("aria-haspopup", "dialog");
  link.setAttribute("aria-label", link.dataset.ajoLabel);
  makeButton(link, zoom);
}

/* A link to a place in an accordion or a tab opens it; browsers do so for some places only. */
const reveal = () => {
  const target = document.querySelector(":target");
  const hidden = target && !target.checkVisibility();
  for (let node = target; node; node = node.parentElement) {
    if (node.matches("details")) {
      node.open = true;
    } else if (node.matches(".ajo-tabs > .sd-tab-content")) {
      node.previousElementSibling.control.checked = true;
    }
  }
  if (hidden) {
    target.scrollIntoView();
  }
};
window.addEventListener("load", reveal);
window.addEventListener("hashchange", reveal);
document.addEventListener("click", (event) => {
  /* a second click on the same link changes no fragment */
  if (event.target.closest("a[href*='#']")?.href === window.location.href) {
    reveal();
  }
});

/* Tabs that offer the same choice are switched together; the one that was clicked stays where it
 * is. */
const choice = (tabs) => [...tabs.children].filter((node) => node.matches("label"));
const textOf = (tabs) => choice(tabs).map((label) => label.textContent.trim().toLowerCase()).join("\n");
const topOf = (label) => label.getBoundingClientRect().top;
const switchAll = ({ target }) => {
  const tabs = target.closest(".ajo-tabs");
  const label = target.labels?.[0];
  if (label?.parentElement !== tabs) {
    return;
  }
  const before = topOf(label);
  for (const other of tabs.matches(".ajo-tabs-page") ? all(".ajo-tabs-page") : []) {
    if (textOf(other) === textOf(tabs)) {
      choice(other)[choice(tabs).indexOf(label)].control.checked = true;
    }
  }
  setTimeout(() => window.scrollBy({ top: topOf(label) - before, behavior: "instant" }));
};
document.addEventListener("change", switchAll, true);

/* What scrolls sideways can be scrolled by keyboard. */
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  }
});
all(".ajo-table-box, .ajo-code pre").forEach((box) => sizes.observe(box));
})();
