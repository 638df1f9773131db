/* sphinx_ajo: below each result of the search, the guide and the pages above it. */
"use strict";

(() => {
const root = new URL("..", document.currentScript.src);
const { parents, titles } = window.ajoSearch;
const key = (address) => address.href.replace(/[?#].*/, "");
const pages = new Map(Object.keys(parents).map((page) => [key(new URL(page, root)), page]));

const pathOf = (page) => {
  const path = [];
  for (let above = parents[page]; above !== undefined; above = parents[above]) {
    path.unshift(titles[above]);
  }
  return path.join(" \u203a ");
};

const show = (item) => {
  const link = item.querySelector("a");
  const path = link && pathOf(pages.get(key(new URL(link.href))));
  if (path) {
    const line = document.createElement("div");
    line.className = "ajo-search-path";
    line.textContent = path;
    link.after(line);
  }
};

/* The list may not be there yet. */
const observer = new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    addedNodes.forEach((node) => node.matches?.("#search-results li") && show(node));
  }
});
observer.observe(document, { childList: true, subtree: true });

/* Sphinx 9.0 and 9.1 stem Chinese with the stemmer for English, but call it by another name
 * (sphinx-doc/sphinx#14229). */
Object.defineProperty(window, "ChineseStemmer", { configurable: true, get: () => EnglishStemmer });
})();
