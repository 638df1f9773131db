// Reload the page when another one is served, and show what is being done and what has gone wrong.
(() => {
  const own = document.currentScript;
  const address = encodeURIComponent(location.pathname);
  const query = `path=${address}&digest=${own.dataset.digest}&assets=${own.dataset.assets}`;
  const events = new EventSource(`/_ajo-preview/events?${query}`);
  const box = (id, style) => {
    let found = document.getElementById(id);
    if (!found) {
      found = document.createElement("div");
      found.id = id;
      found.setAttribute("style", style);
      document.body.append(found);
    }
    return found;
  };
  const small = "position:fixed;right:0;bottom:0;z-index:2147483646;padding:.2em .7em;" +
    "font:13px/1.5 system-ui,sans-serif;color:#fff;background:#1b1b1bcc";
  const large = own.dataset.problem;
  const show = (state) => {
    const step = document.getElementById("ajo-preview-step");
    if (step) step.textContent = state.step;
    const problem = document.getElementById("ajo-preview-problem");
    if (state.problem) {
      const shown = problem || box("ajo-preview-problem", large);
      shown.textContent = state.problem;
      shown.setAttribute("role", "alert");
    } else if (problem) {
      problem.remove();
    }
    const count = state.warnings === 1 ? "1 warning" : `${state.warnings} warnings`;
    const text = step ? "" : state.step || (state.warnings ? count : "");
    const badge = box("ajo-preview-badge", small);
    badge.textContent = text;
    badge.hidden = !text;
  };
  events.addEventListener("reload", () => { events.close(); location.reload(); });
  events.addEventListener("state", (event) => show(JSON.parse(event.data)));
  addEventListener("pagehide", () => events.close());
})();
