/* sphinx_ajo.navigation: progressive enhancement. Entries whose pages are not listed are links to a
 * page that lists them; this script opens them in place, and completes lists of which a page shows
 * one entry. What is not on the page is read from one file, when a reader first asks for it. */
"use strict";

(() => {
  const script = document.currentScript;
  const statics = new URL(".", script.src);
  const root = new URL("..", statics);
  let loading = null;

  /* The file has no version in its address, as that would change every page; so browsers ask
   * whether their copy is the newest. They read no files from a disk but as scripts. */
  const DATA = new URL("ajo-navigation-data.js", statics);
  const fetched = async () => {
    const response = await fetch(DATA, { cache: "no-cache" });
    const text = await response.text();
    return JSON.parse(text.slice(text.indexOf("=") + 1));
  };
  const included = () =>
    new Promise((resolve, onerror) => {
      const onload = () => resolve(window.ajoNavigation);
      document.head.append(Object.assign(document.createElement("script"), { src: DATA, onload, onerror }));
    });
  const load = () => {
    loading ??= (DATA.protocol === "file:" ? included : fetched)().then(
      (data) => new Map(Object.entries(data).map(([name, below]) => [key(name), below])),
    );
    return loading;
  };

  const TOP = "/";
  const key = (name) => (name === TOP ? TOP : address(name));

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

  /* Put the entries into a list that the page does not show; return the first of them. */
  const complete = async (list) => {
    const data = await load();
    const above = list.parentElement.closest("li[class*='toctree-l']");
    const shown = [...list.querySelectorAll(":scope > li[class*='toctree-l']")];
    const known = new Map(shown.map((item) => [address(item.querySelector("a").href), item]));
    const level = Number(/toctree-l(\d+)/.exec(shown[0].className)[1]);
    const added = [];
    let next = shown[0];
    for (const entry of data.get(above ? address(above.querySelector("a").href) : TOP) ?? []) {
      const there = known.get(address(entry[0]));
      if (there) {
        next = there.nextElementSibling;
      } else {
        added.push(makeItem(data, entry, level, Number(list.dataset.ajoMore)));
        list.insertBefore(added.at(-1), next);
      }
    }
    delete list.dataset.ajoMore;
    return added[0];
  };

  /* Who has asked for the rest of one list wants it on the next page, too. */
  const REMEMBERED = "ajo-navigation-complete";
  const remember = (value) => {
    try {
      return value ? sessionStorage.setItem(REMEMBERED, value) : sessionStorage.getItem(REMEMBERED);
    } catch {
      return null; /* not allowed */
    }
  };

  const completeAll = async (button) => {
    const item = button.parentElement;
    const above = item.parentElement.parentElement.closest("li[class*='toctree-l']");
    try {
      const first = await complete(item.parentElement);
      for (const list of document.querySelectorAll("ul[data-ajo-more]")) {
        await complete(list);
      }
      remember("yes");
      document.querySelectorAll(".ajo-nav-more").forEach((each) => each.remove());
      first?.querySelector("a").focus();
    } catch {
      /* the page above lists what is beside this one */
      window.location.assign(above ? above.querySelector("a").href : new URL("index.html", root));
    }
  };

  function addMore(list) {
    const item = document.createElement("li");
    item.className = "ajo-nav-more";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "…";
    button.title = script.dataset.more;
    button.setAttribute("aria-label", script.dataset.more);
    button.addEventListener("click", () => completeAll(button));
    item.append(button);
    list.append(item);
  }

  const short = [...document.querySelectorAll("ul[data-ajo-more]")];
  if (remember()) {
    Promise.all(short.map(complete)).catch(() => short.forEach(addMore));
  } else {
    short.forEach(addMore);
  }

  for (const item of document.querySelectorAll("li[data-ajo-nav]")) {
    const link = item.querySelector(":scope > a");
    if (link !== null) {
      addButton(item, link);
    }
  }
})();
