// One key an answer on the page of a row; the page works without it.
(() => {
  "use strict";
  let sent = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || sent) return;
    const button = document.querySelector(`[data-keys] [data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    sent = true;
    button.click();
  });
  window.addEventListener("pageshow", () => { sent = false; });
})();
