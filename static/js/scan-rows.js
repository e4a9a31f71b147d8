// One key an answer down a sheet of rows, Backspace up again, Enter at its end; the page works
// without it.
(() => {
  "use strict";
  const form = document.querySelector("[data-rows]");
  const rows = [...form.querySelectorAll("[data-row]")];
  const send = form.querySelector("[data-send]");
  let at = 0;
  const mark = (place) => {
    at = Math.max(0, Math.min(place, rows.length));
    rows.forEach((row, number) => row.classList.toggle("now", number === at));
  };
  const go = (place) => {
    mark(place);
    if (at === rows.length) send.focus();
    else {
      if (document.activeElement) document.activeElement.blur();
      rows[at].scrollIntoView({ block: "nearest" });
    }
  };
  const choose = (key) => {
    const field = at < rows.length && rows[at].querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!field) return false;
    field.checked = true;
    go(at + 1);
    return true;
  };
  const back = () => {
    go(at - 1);
    rows[at].querySelectorAll("input").forEach((field) => { field.checked = false; });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Backspace") back();
    else if (!choose(event.key)) return;
    event.preventDefault();
  });
  rows.forEach((row, number) => row.addEventListener("change", () => mark(number + 1)));
  form.addEventListener("submit", () => { send.disabled = true; });
  window.addEventListener("pageshow", () => { send.disabled = false; });
  go(0);
})();
