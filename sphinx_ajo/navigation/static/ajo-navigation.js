/* sphinx_ajo.navigation: docs/explanation/scripts.md says why. */
"use strict";

(() => {
const script = document.currentScript;
const root = new URL("..", script.src);
let loading;

const DATA = new URL("ajo-navigation-data.js", script.src);
const fetched = async () => {
  const response = await fetch(DATA, { cache: "no-cache" });
  const text = await response.text();
  return JSON.parse(text.slice(text.indexOf("=") + 1));
};
const included = () =>
  new Promise((resolve, onerror) => {
    const onload = () => resolve(window.ajoNavigation);
    document.head.append(make("script", { src: DATA, onload, onerror }));
  });
const load = () =>
  (loading ??= (DATA.protocol === "file:" ? included : fetched)().then(
    (data) => new Map(Object.entries(data).map(([name, below]) => [key(name), below])),
  ));

const TOP = "/";
const key = (name) => (name === TOP ? TOP : address(name));

const address = (text) => new URL(text, root).href.replace(/[?][^#]*|#$/g, "");
const levelOf = (item) => Number(/toctree-l(\d+)/.exec(item.className)[1]);
const ENTRY = "li[class*='toctree-l']";

const all = (selector) => [...document.querySelectorAll(selector)];
const make = (name, properties) => Object.assign(document.createElement(name), properties);

const makeItem = (data, [href, title], level, depth) => {
  const item = make("li", { className: `toctree-l${level}` });
  const link = make("a", {
    className: `reference ${href.includes("://") ? "external" : "internal"}`,
    href: new URL(href, root).href,
    innerHTML: title,
  });
  item.append(link);
  if (data.has(address(link.href)) && depth !== 1) {
    item.dataset.ajoNav = Math.max(depth - 1, 0);
    addButton(item, link);
  }
  return item;
};

const fill = (data, item, link) => {
  const makeBelow = (entry) => makeItem(data, entry, levelOf(item) + 1, Number(item.dataset.ajoNav));
  const list = make("ul", { hidden: true });
  list.append(...(data.get(address(link.href)) ?? []).map(makeBelow));
  return list;
};

const toggle = async (button, item, link) => {
  const below = () => item.querySelector(":scope > ul");
  if (!below()) {
    try {
      const data = await load();
      below() ?? item.append(fill(data, item, link));
    } catch {
      location.assign(link.href);
      return;
    }
  }
  const list = below();
  list.hidden = !list.hidden;
  button.ariaExpanded = !list.hidden;
};

const titleOf = (link) => () => link.textContent.trim();

function addButton(item, link) {
  const onclick = () => toggle(button, item, link);
  const ariaLabel = script.dataset.label.replace("%s", titleOf(link));
  const button = make("button", { type: "button", className: "ajo-nav-toggle", onclick, ariaLabel });
  button.ariaExpanded = false;
  item.classList.add("ajo-nav-closed");
  link.after(button);
}

const above = (list) => list.parentElement.closest(ENTRY)?.querySelector("a");

const complete = async (list) => {
  const data = await load();
  const shown = [...list.querySelectorAll(`:scope > ${ENTRY}`)];
  const known = new Map(shown.map((item) => [address(item.querySelector("a").href), item]));
  const added = [];
  let next = shown[0];
  for (const entry of data.get(key(above(list)?.href ?? TOP)) ?? []) {
    const there = known.get(address(entry[0]));
    if (there) {
      next = there.nextElementSibling;
    } else {
      added.push(makeItem(data, entry, levelOf(shown[0]), Number(list.dataset.ajoMore)));
      list.insertBefore(added.at(-1), next);
    }
  }
  delete list.dataset.ajoMore;
  return added[0];
};

let remembered = {};
try {
  remembered = sessionStorage;
} catch {
  
}

const completeAll = async (list) => {
  try {
    const first = await complete(list);
    await Promise.all(all("ul[data-ajo-more]").map(complete));
    remembered.ajoNavigation = "yes";
    all(".ajo-nav-more").forEach((each) => each.remove());
    first?.querySelector("a").focus();
  } catch {
    location.assign(above(list)?.href ?? new URL("index.html", root));
  }
};

function addMore(list) {
  const link = above(list);
  const textContent = link ? script.dataset.more.replace("%s", titleOf(link)) : script.dataset.rest;
  const item = make("li", { className: "ajo-nav-more" });
  item.append(make("button", { type: "button", textContent, onclick: () => completeAll(list) }));
  list.append(item);
}

const short = all("ul[data-ajo-more]");
if (remembered.ajoNavigation) {
  Promise.all(short.map(complete)).catch(() => short.forEach(addMore));
} else {
  short.forEach(addMore);
}

all("li[data-ajo-nav]").forEach((item) => addButton(item, item.querySelector(":scope > a")));
})();
