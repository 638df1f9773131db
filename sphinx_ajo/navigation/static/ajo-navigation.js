/* sphinx_ajo.navigation: progressive enhancement. Entries whose pages are not listed here are links
 * to a page that lists them; with this script they can be opened in place. What is below them is
 * read from one file, once, when the first of them is opened. */
"use strict";

(() => {
  const script = document.currentScript;
  const statics = new URL(".", script.src);
  const root = new URL("..", statics);
  let loading = null;

  /* The file has no version in its address, which would be a change of every page; so it is asked
   * for anew, and browsers are told when it is the one they have. */
  const load = () => {
    loading ??= fetch(new URL("ajo-navigation.json", statics), { cache: "no-cache" })
      .then((response) => (response.ok ? response.json() : Promise.reject(response)))
      .then((data) => new Map(Object.entries(data).map(([name, below]) => [address(name), below])));
    return loading;
  };

  /* One spelling of an address, whoever wrote it. */
  const address = (text) => new URL(text, root).href.replace(/[?][^#]*/, "").replace(/#$/, "");

  const makeItem = (data, [href, title], level, depth) => {
    const item = document.createElement("li");
    item.className = `toctree-l${level}`;
    const link = document.createElement("a");
    link.className = href.includes("://") ? "reference external" : "reference internal";
    link.href = new URL(href, root).href;
    link.innerHTML = title; /* of our own build */
    item.append(link);
    if (data.has(address(link.href)) && depth !== 1) {
      item.dataset.ajoNav = String(Math.max(depth - 1, 0));
      addButton(item, link);
    }
    return item;
  };

  const fill = (data, item, link) => {
    const level = Number(/toctree-l(\d+)/.exec(item.className)[1]) + 1;
    const list = document.createElement("ul");
    for (const entry of data.get(address(link.href)) ?? []) {
      list.append(makeItem(data, entry, level, Number(item.dataset.ajoNav)));
    }
    return list;
  };

  const toggle = async (button, item, link) => {
    let list = item.querySelector(":scope > ul");
    if (list === null) {
      try {
        list = fill(await load(), item, link);
      } catch {
        window.location.assign(link.href); /* the page lists what is below it */
        return;
      }
      if (item.querySelector(":scope > ul") === null) {
        list.hidden = true;
        item.append(list);
      }
    }
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
  };

  function addButton(item, link) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ajo-nav-toggle";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", script.dataset.label.replace("%s", () => link.textContent.trim()));
    button.addEventListener("click", () => toggle(button, item, link));
    item.classList.add("ajo-nav-closed");
    link.after(button);
  }

  for (const item of document.querySelectorAll("li[data-ajo-nav]")) {
    const link = item.querySelector(":scope > a");
    if (link !== null) {
      addButton(item, link);
    }
  }
})();
