// Everything here only improves pages that work without it.
(() => {
  "use strict";

  // Ask before what cannot be undone.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm]");
    if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
  });

  // A second click on the same form does nothing while the first is on its way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  document.addEventListener("change", (event) => {
    const field = event.target.closest("[data-autosubmit]");
    if (field) field.form.requestSubmit();
  });

  // Live sums: <tr data-sum-row data-sum-max="#id_valid" data-sum-over="… %(sum)s … %(max)s … %(over)s">
  // with number inputs [data-sum-cell] and a place [data-sum-say].
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  const check = (row) => {
    const cells = [...row.querySelectorAll("[data-sum-cell]")].map((cell) => cell.value.trim());
    const limit = document.querySelector(row.dataset.sumMax);
    const say = row.querySelector("[data-sum-say]");
    if (!say || !limit || limit.value.trim() === "" || cells.some((cell) => cell === "" || !/^\d+$/.test(cell))) {
      if (say) say.textContent = "";
      return;
    }
    const sum = cells.reduce((total, cell) => total + Number(cell), 0);
    const values = { sum, max: limit.value, over: sum - limit.value, void: limit.value - sum, terms: cells.join(" + ") };
    const wrong = sum > Number(limit.value);
    say.textContent = fill(wrong ? row.dataset.sumOver : row.dataset.sumOk, values);
    say.className = wrong ? "err" : "small muted";
    row.querySelectorAll("[data-sum-cell]").forEach((cell) => cell.setAttribute("aria-invalid", wrong));
  };
  document.addEventListener("input", (event) => {
    const row = event.target.closest("[data-sum-row]");
    if (row) check(row);
    else document.querySelectorAll("[data-sum-row]").forEach((each) => {
      if (each.dataset.sumMax === `#${event.target.id}`) check(each);
    });
  });

  // Drag a list into order: <ol data-sortable data-move-url="…"> of <li data-id draggable="true">.
  // The page's own up/down forms do the same without a mouse.
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

  // Alt+↑ and Alt+↓ move the row that has the focus, through its own forms.
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const row = event.target.closest("[data-id]");
    const button = row?.querySelector(event.key === "ArrowUp" ? "[data-move-up]" : "[data-move-down]");
    if (button) { event.preventDefault(); button.click(); }
  });

  const remembered = localStorage.getItem("theme");
  if (remembered) document.documentElement.dataset.bsTheme = remembered;
  document.querySelectorAll("[data-theme-toggle]").forEach((button) => button.addEventListener("click", () => {
    const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
    document.documentElement.dataset.bsTheme = dark ? "light" : "dark";
    localStorage.setItem("theme", document.documentElement.dataset.bsTheme);
  }));
})();
