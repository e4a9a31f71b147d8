// Everything here only improves pages that work without it.
(() => {
  "use strict";
  const on = (type, handle) => document.addEventListener(type, handle);

  // Ask before what cannot be undone: data-confirm on a button, words and dialog from the page.
  const dialog = document.querySelector("dialog.confirm");
  const confirmed = new WeakSet();
  const ask = (button) => {
    dialog.querySelector("[data-question]").textContent = button.dataset.confirm;
    dialog.querySelector("[data-yes]").textContent = button.textContent.trim();
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return button.focus();
      confirmed.add(button);
      button.click();
    }, { once: true });
    dialog.showModal();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm]");
    if (!button || confirmed.delete(button)) return;
    const mayAsk = Boolean(dialog?.showModal);
    if (mayAsk || !window.confirm(button.dataset.confirm)) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (mayAsk && (!button.form || button.formNoValidate || button.form.reportValidity())) ask(button);
  }, true);

  // A second click on the same form does nothing while the first is on its way. The buttons stay
  // enabled for the browser: a disabled one would not send its own name and value.
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  on("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 8000); // a file came instead of a page, or the network is gone
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  on("change", (event) => event.target.closest("[data-autosubmit]")?.form.requestSubmit());

  // A menu closes when one goes elsewhere.
  const menus = (but) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!but || !menu.contains(but)) menu.open = false;
  });
  on("click", (event) => menus(event.target));
  on("focusin", (event) => menus(event.target));
  on("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  // Live sums, a hint only; the server has the last word. On a row:
  //   data-sum-row, data-sum-max="#id_of_the_limit" (an input or an element with the number),
  //   sentences data-sum-over, data-sum-ok and, where less is wrong too, data-sum-under,
  //   with %(terms)s %(sum)s %(max)s %(over)s %(under)s; its inputs carry data-sum-cell,
  //   the place of the sentence data-sum-say.
  const fill = (text, values) => (text || "").replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  const isCount = (text) => /^\d{1,6}$/.test(text);
  const check = (row) => {
    const inputs = [...row.querySelectorAll("[data-sum-cell]")];
    const terms = inputs.map((cell) => cell.value.trim());
    const limit = document.querySelector(row.dataset.sumMax);
    const say = row.querySelector("[data-sum-say]");
    const max = (limit?.value ?? limit?.textContent ?? "").trim();
    if (!say) return;
    if (!isCount(max) || !terms.length || !terms.every(isCount)) { say.textContent = ""; return; }
    const sum = terms.reduce((total, term) => total + Number(term), 0);
    const verdict = sum > max ? "sumOver" : sum < max && row.dataset.sumUnder ? "sumUnder" : "sumOk";
    const wrong = verdict !== "sumOk";
    const values = { terms: terms.join(" + "), sum, max, over: sum - max, under: max - sum, void: max - sum };
    say.textContent = fill(row.dataset[verdict], values);
    say.className = wrong ? "err" : sum === Number(max) ? "small sum-ok" : "small muted";
    inputs.forEach((cell) => cell.setAttribute("aria-invalid", String(wrong)));
  };
  on("input", (event) => {
    const row = event.target.closest("[data-sum-row]");
    if (row) check(row);
    else document.querySelectorAll("[data-sum-row]").forEach((each) => {
      if (event.target.id && each.dataset.sumMax === `#${event.target.id}`) check(each);
    });
  });

  // A count is typed down the column: Enter and the arrows go to the same column's next row.
  on("keydown", (event) => {
    const cell = event.target.closest("[data-sum-cell]");
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const table = cell?.closest("table");
    if (!step || !table || event.altKey || event.ctrlKey) return;
    const rows = [...table.querySelectorAll("[data-sum-row]")];
    const row = cell.closest("[data-sum-row]");
    const column = [...row.querySelectorAll("[data-sum-cell]")].indexOf(cell);
    const next = rows[rows.indexOf(row) + step]?.querySelectorAll("[data-sum-cell]")[column];
    event.preventDefault();
    if (next) { next.focus(); next.select(); }
  });

  // Drag a list into order: <ol data-sortable> of <li data-id data-parent draggable="true">, each
  // with a form[data-move] that has the field `position`. The page's up and down buttons do the
  // same; Alt+↑ and Alt+↓ press them for the row that has the focus.
  document.querySelectorAll("[data-sortable]").forEach((list) => {
    let dragged = null;
    list.addEventListener("dragstart", (event) => {
      dragged = event.target.closest("[data-id]");
      dragged?.classList.add("dragging");
    });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest("[data-id]");
      if (!dragged || !over || over === dragged || over.dataset.parent !== dragged.dataset.parent) return;
      event.preventDefault();
      const below = event.clientY > over.getBoundingClientRect().top + over.offsetHeight / 2;
      over[below ? "after" : "before"](dragged);
    });
    list.addEventListener("dragend", () => {
      if (!dragged) return;
      dragged.classList.remove("dragging");
      const siblings = [...list.querySelectorAll("[data-id]")].filter((row) => row.dataset.parent === dragged.dataset.parent);
      const form = dragged.querySelector("form[data-move]");
      if (form) {
        form.elements.position.value = siblings.indexOf(dragged) + 1;
        form.requestSubmit();
      }
      dragged = null;
    });
  });
  on("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const row = event.target.closest("[data-id]");
    const button = row?.querySelector(event.key === "ArrowUp" ? "[data-move-up]" : "[data-move-down]");
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  });

  // The hall's network fails now and then: say so, and take it back when an answer comes.
  const lost = document.getElementById("connection-lost");
  const tell = (isLost) => { if (lost) lost.hidden = !isLost; };
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => on(name, () => tell(true)));
  on("htmx:afterOnLoad", () => tell(false));

  document.querySelectorAll("[data-theme-toggle]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const theme = getComputedStyle(document.documentElement).colorScheme === "dark" ? "light" : "dark";
      document.documentElement.dataset.bsTheme = theme;
      try { localStorage.setItem("theme", theme); } catch { /* it holds for this page */ }
    });
  });
})();
