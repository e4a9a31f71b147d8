// Ballot by ballot, one key a mark. The page is a plain form without this file.
// Papers are rows of keys ("1230x", "!" for an invalid one). They live in this page and on the
// server; the browser's own storage holds them only while they could not be sent.
(() => {
  "use strict";
  const form = document.querySelector("[data-keying]");
  if (!form) return;
  const say = form.dataset, size = Number(say.size), stash = `keying-${say.id}`;
  const find = (name, root = form) => root.querySelector(`[data-${name}]`);
  const rows = [...form.querySelectorAll("[data-row]")];
  const keys = [...rows[0].querySelectorAll("input")].map((input) => input.value);
  const initials = JSON.parse(say.initials), name = find("name"), status = find("status");
  const submit = document.querySelector("[data-submit]"), left = document.querySelector("[data-left]");
  let papers = JSON.parse(say.papers), version = Number(say.version);
  let kept = JSON.stringify(papers), tried = kept, saving = false, stopped = false, timer = 0;
  let marks = rows.map(() => ""), cursor = 0;

  // What could not be sent before the page was left: newer than the server's if it only adds to it.
  try {
    const stored = JSON.parse(localStorage.getItem(stash) || "null");
    const adds = stored && papers.every((paper, place) => stored.papers[place] === paper);
    if (stored && (adds || stored.version === version)) papers = stored.papers;
    else localStorage.removeItem(stash);
  } catch { /* no storage: nothing was stored */ }

  const full = () => papers.length >= size;
  const unsent = () => JSON.stringify(papers) !== kept;
  const words = (text, n) => text.replace("%(n)s", n);

  // Strokes in fives: four sides of a square and its diagonal, as elections/web/strokes.py draws.
  const strokes = (votes) => Array.from({ length: votes }, (_, at) => {
    const l = Math.floor(at / 5) * 16 + 1, r = l + 12;
    return [`M${l} 13V1`, `M${l} 1H${r}`, `M${r} 1V13`, `M${r} 13H${l}`, `M${l} 13L${r} 1`][at % 5];
  }).join("");
  const drawn = new Map();
  const draw = () => rows.forEach((row, at) => row.querySelectorAll("[data-strokes]").forEach((svg) => {
    const votes = papers.filter((paper) => paper !== "!" && paper[at] === svg.dataset.strokes).length;
    if (drawn.get(svg) === votes) return;
    drawn.set(svg, votes);
    const width = Math.ceil(votes / 5) * 16;
    svg.setAttribute("width", width);
    svg.setAttribute("viewBox", `0 0 ${width} 14`);
    svg.setAttribute("aria-label", votes);
    svg.firstElementChild.setAttribute("d", strokes(votes));
  }));

  const show = () => {
    rows.forEach((row, at) => {
      row.classList.toggle("is-now", at === cursor && !full());
      row.querySelectorAll("input").forEach((input) => { input.checked = input.value === marks[at]; });
    });
    form.classList.toggle("is-full", full());
    find("place").textContent = Math.min(papers.length + 1, size);
    find("progress").value = papers.length;
    name.textContent = full() ? "" : find("who", rows[cursor]).textContent;
    document.querySelector("[data-done]").toggleAttribute("data-waiting", !full());
    if (submit) submit.disabled = !full() || unsent();
    left.textContent = full() ? "" : words(say.sayLeft, size - papers.length);
    const row = rows[cursor], box = row.getBoundingClientRect(), top = find("now-box").getBoundingClientRect().bottom;
    if (!full() && (box.top < top || box.bottom > innerHeight)) scrollBy(0, box.top - top - 8);
  };

  // Keep what is finished, one request at a time; what an answer was lost for is sent again.
  const tell = (text, isBad) => { status.textContent = text; status.classList.toggle("err", Boolean(isBad)); };
  const stop = (text) => { stopped = true; tell(text, true); };
  const later = (text) => {
    try { localStorage.setItem(stash, JSON.stringify({ version, papers })); } catch { /* in the page */ }
    tell(text, true);
    clearTimeout(timer);
    timer = setTimeout(save, 2000);
  };
  const settle = async (answer, body) => {
    const wasTried = tried;
    tried = body;
    if (answer.type === "opaqueredirect" || answer.status === 403) return later(say.sayOut);
    if (answer.status >= 500) return later(say.sayLost);
    const told = await answer.json();
    if (answer.ok || (answer.status === 409 && [body, wasTried].includes(JSON.stringify(told.papers)))) {
      version = told.version;
      kept = answer.ok ? body : JSON.stringify(told.papers);
      if (!unsent()) { localStorage.removeItem(stash); tell(words(say.sayKept, papers.length)); }
    } else stop(answer.status === 409 ? say.sayStale : told.sentence);
  };
  async function save() {
    if (saving || stopped || !unsent()) return;
    saving = true;
    tell(say.sayKeeping);
    const body = JSON.stringify(papers);
    try {
      const answer = await fetch(say.keep, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: `{"version":${version},"papers":${body}}`,
      });
      await settle(answer, body);
    } catch { tried = body; later(say.sayLost); }
    saving = false;
    show();
    if (unsent() && !stopped && !status.classList.contains("err")) save();
  }

  const next = (from) => {
    const free = (at) => marks[at] === "";
    const order = [...rows.keys()].slice(from).concat([...rows.keys()].slice(0, from));
    return order.find(free);
  };
  const finish = (paper) => {
    papers.push(paper);
    marks = rows.map(() => "");
    cursor = 0;
    draw();
    save();
  };
  const mark = (at, key) => {
    if (full() || stopped) return;
    marks[at] = key;
    const free = next(at + 1);
    if (free === undefined) finish(marks.join("")); else cursor = free;
    show();
  };
  const whole = () => { if (!full() && !stopped) { finish("!"); show(); } };
  const undo = () => {
    if (stopped) return;
    if (cursor > 0) marks[--cursor] = "";
    else if (marks.some(Boolean)) { cursor = marks.findLastIndex(Boolean); marks[cursor] = ""; }
    else if (papers.length) {
      const paper = papers.pop();
      if (paper !== "!") { marks = [...paper]; cursor = rows.length - 1; marks[cursor] = ""; }
      draw();
      save();
    }
    show();
  };
  const move = (step) => { cursor = Math.min(Math.max(cursor + step, 0), rows.length - 1); show(); };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("textarea, select, input:not([type=radio])")) return;
    const typed = event.key.toLowerCase(), key = initials[typed] || typed;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (keys.includes(key)) mark(cursor, key);
    else if (typed === "k") whole();
    else if (event.key === "Backspace") undo();
    else if (steps[event.key] && !full()) move(steps[event.key]);
    else return;
    event.preventDefault();
  });
  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) mark(rows.indexOf(row), event.target.value);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  find("undo").addEventListener("click", undo);
  find("whole").addEventListener("click", whole);
  addEventListener("online", save);
  addEventListener("beforeunload", (event) => { if (unsent()) event.preventDefault(); });

  find("plain").remove();
  [name, find("keys"), find("tools")].forEach((part) => { part.hidden = false; });
  form.classList.add("is-live");
  draw();
  show();
  save();
})();
