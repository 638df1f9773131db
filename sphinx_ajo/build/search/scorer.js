/* sphinx_ajo: which results of the search stand first.
 *
 * Sphinx finds the pages that have all words, and puts those first whose title has one of them.
 * Here a title that has all words counts most, then a heading that has them, then a title that has
 * some. Words are compared by their stems, in any order; a title of little else counts more. What
 * was generated for the navigation stands below real pages.
 *
 * Sphinx puts this file into language_data.js, which the search page alone loads. */
var Scorer = Object.assign(
  {
    objNameMatch: 11,
    objPartialMatch: 6,
    objPrio: { 0: 15, 1: 5, 2: -5 },
    objPrioDefault: 0,
    title: 15,
    partialTitle: 7,
    term: 5,
    partialTerm: 2,
  },
  typeof Scorer === "undefined" ? {} : Scorer,
);

(() => {
const PAGE = 100;
const HEADING = 60;
const GENERATED = 0.3;
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const ENTITIES = /&(?:amp|lt|gt|quot|#x27);/g;

const data = () => window.ajoSearch ?? { generated: [] };
const remember = (make) => {
  let known = null;
  return () => (known ??= make());
};

/* a list up to Sphinx 8, then a set */
const isStop = (word) => stopwords.has?.(word) ?? stopwords.includes(word);
const stemmer = remember(() => new Stemmer());
const plain = (text) => splitQuery(text.replace(ENTITIES, " ").toLowerCase());
const stems = (text) => {
  const words = plain(text);
  const telling = words.filter((word) => !isStop(word));
  return new Set((telling.length ? telling : words).map((word) => stemmer().stemWord(word)));
};

const query = remember(() => {
  const text = new URLSearchParams(window.location.search).get("q") ?? "";
  return { text: plain(text).join(" "), words: [...stems(text)] };
});

/* How well a title answers the query, from 0 to 1. */
const answer = (title) => {
  const { text, words } = query();
  const there = [...stems(title)];
  const has = (word) =>
    there.includes(word) || (word.length > 2 && there.some((each) => each.startsWith(word)));
  const found = words.filter(has).length;
  const whole = plain(title).join(" ");
  if (IDEOGRAPHS.test(text) && whole.includes(text)) {
    return 0.6 + (0.4 * text.length) / whole.length;
  }
  if (!found) {
    return 0;
  }
  const share = found / words.length;
  const little = found / Math.max(found, there.length);
  const phrase = whole === text ? 1 : ` ${whole} `.includes(` ${text} `) ? 0.5 : 0;
  return share * share * (0.6 + 0.25 * little + 0.15 * phrase);
};

/* Page → the best answer of its title, which may be another than that of its text, and of its
 * headings. */
const answers = remember(() => {
  const found = new Map();
  for (const [title, places] of Object.entries(Search._index.alltitles)) {
    const value = answer(title);
    for (const [page, id] of value ? places : []) {
      const name = Search._index.docnames[page];
      const best = found.get(name) ?? { top: 0, below: 0 };
      const key = id === null ? "top" : "below";
      best[key] = Math.max(best[key], value);
      found.set(name, best);
    }
  }
  return found;
});
const generated = remember(() => new Set(data().generated));
const titles = remember(() => {
  const { docnames, titles } = Search._index;
  return new Map(docnames.map((name, number) => [name, titles[number]]));
});

Scorer.score = ([name, title, , , score, , kind]) => {
  if (kind === "object" || kind === "index") {
    return score;
  }
  const own = titles().get(name) ?? "";
  const { top, below } = answers().get(name) ?? { top: 0, below: 0 };
  const page = Math.max(answer(own), top);
  const heading = title.startsWith(`${own} > `) && answer(title.slice(own.length + 3));
  const value = heading
    ? HEADING * heading + page
    : Math.max(PAGE * page, (HEADING - 5) * below) + below;
  return (value + score / 10) * (generated().has(name) ? GENERATED : 1);
};

/* Sphinx cuts the texts of Chinese and Japanese pages into words, but not the query. Browsers cut
 * elsewhere, so only words that the index knows are looked for. */
const split = splitQuery;
const known = (word) => [word, stemmer().stemWord(word)].some(
  (each) => each in Search._index.terms || each in Search._index.titleterms,
);
const cut = (text) => {
  const segmenter = new Intl.Segmenter(document.documentElement.lang || undefined, {
    granularity: "word",
  });
  const words = [...segmenter.segment(text)].map(({ segment }) => segment).filter(known);
  return words.length ? words : [text];
};
window.splitQuery = (text) =>
  split(text).flatMap((word) =>
    IDEOGRAPHS.test(word) && Search._index && !known(word) ? cut(word) : [word],
  );
})();
