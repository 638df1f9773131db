/* sphinx_ajo: docs/explanation/scripts.md says why. */
"use strict";

(() => {
const all = (selector) => [...document.querySelectorAll(selector)];
const make = (name, properties) => Object.assign(document.createElement(name), properties);

/* Cards */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".ajo-card-clickable")?.querySelector("a.ajo-card-target");
  const own = event.defaultPrevented || event.target.closest("a, button, input, summary");
  if (link && !own && getSelection().isCollapsed) {
    link.dispatchEvent(new MouseEvent("click", event));
  }
});

/* Images and videos: links that are buttons */
const zoom = (link) => {
  const { alt } = link.querySelector("img");
  const { ajoLabel, ajoClose } = link.dataset;
  const dialog = make("dialog", { className: "ajo-zoom-dialog", ariaLabel: alt || ajoLabel });
  const close = make("button", { type: "button", textContent: "\u00d7", ariaLabel: ajoClose });
  dialog.append(close, make("img", { src: link.href, alt }));
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
};

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

const makeButton = (link, act, properties) => {
  const answer = (event) => {
    event.preventDefault();
    act(link);
  };
  Object.assign(link, { role: "button", ...properties });
  const plain = ({ ctrlKey, shiftKey, metaKey }) => !(ctrlKey || shiftKey || metaKey);
  link.addEventListener("click", (event) => plain(event) && answer(event));
  link.addEventListener("keydown", (event) => event.key === " " && answer(event));
};

all("a.ajo-video-still").forEach((link) => makeButton(link, play));
for (const link of all("a.ajo-zoom")) {
  makeButton(link, zoom, { ariaHasPopup: "dialog", ariaLabel: link.dataset.ajoLabel });
}

/* Tabs: an input, its label and its panel each */
const labelsOf = (tabs) => [...tabs.children].filter((node) => node.matches("label"));
const inputOf = (label) => label.previousElementSibling;
const update = () => {
  for (const label of all(".ajo-tabs > label")) {
    const { checked } = inputOf(label);
    Object.assign(label, { ariaSelected: checked, tabIndex: checked - 1 });
    label.nextElementSibling.hidden = checked ? false : "until-found";
  }
};
const choose = (label) => {
  inputOf(label).checked = true;
  inputOf(label).dispatchEvent(new Event("change", { bubbles: true }));
};
for (const tabs of all(".ajo-tabs")) {
  const labels = labelsOf(tabs);
  tabs.prepend(make("div", { role: "tablist" }));
  tabs.firstChild.setAttribute("aria-owns", labels.map(({ id }) => id).join(" "));
  labels.forEach((label, number) => {
    const panel = label.nextElementSibling;
    const onkeydown = (event) => {
      const side = getComputedStyle(label).direction === "rtl" ? -1 : 1;
      const keys = { ArrowRight: number + side, ArrowLeft: number - side, Home: 0, End: -1 };
      if (event.key in keys) {
        const next = labels.at(keys[event.key] % labels.length);
        event.preventDefault();
        choose(next);
        next.focus();
      }
    };
    inputOf(label).hidden = true;
    label.removeAttribute("for");
    label.setAttribute("aria-controls", panel.id);
    panel.setAttribute("aria-labelledby", label.id);
    const onclick = () => choose(label);
    Object.assign(label, { role: "tab", onclick, onkeydown });
    Object.assign(panel, { role: "tabpanel", onbeforematch: onclick });
  });
}
update();

const textOf = (tabs) => labelsOf(tabs).map((label) => label.textContent.trim()).join("\n").toLowerCase();
const topOf = (label) => label.getBoundingClientRect().top;
document.addEventListener("change", ({ target }) => {
  const label = target.nextElementSibling;
  const tabs = target.parentElement;
  if (!target.matches(".ajo-tabs > input")) {
    return;
  }
  update();
  const before = topOf(label);
  for (const other of tabs.matches(".ajo-tabs-page") ? all(".ajo-tabs-page") : []) {
    if (textOf(other) === textOf(tabs)) {
      inputOf(labelsOf(other)[labelsOf(tabs).indexOf(label)]).checked = true;
    }
  }
  setTimeout(() => {
    update();
    scrollBy({ top: topOf(label) - before, behavior: "instant" });
  });
}, true);

/* Links into tabs and accordions */
const reveal = () => {
  const target = document.querySelector(":target");
  const hidden = target && !target.checkVisibility({ contentVisibilityAuto: true });
  for (let node = target; node; node = node.parentElement) {
    if (node.matches("details")) {
      node.open = true;
    } else if (node.matches(".ajo-tabs > .sd-tab-content")) {
      inputOf(node.previousElementSibling).checked = true;
    }
  }
  update();
  if (hidden) {
    target.scrollIntoView();
  }
};
addEventListener("load", reveal);
addEventListener("hashchange", reveal);
document.addEventListener("click", (event) => {
  if (event.target.closest("a[href*='#']")?.href === location.href) {
    reveal();
  }
});

/* Boxes that scroll sideways */
const sizes = new ResizeObserver((entries) =>
  entries.forEach(({ target }) => (target.tabIndex = -(target.scrollWidth <= target.clientWidth))),
);
all(".ajo-table-box, .ajo-code pre").forEach((box) => sizes.observe(box));
})();
