// Turn the pages of a paper with the arrow keys; the links above and below do the same without this.
(() => {
  "use strict";
  const paper = document.querySelector("[data-page-keys]");
  if (!paper) return;
  const pages = [...paper.querySelectorAll("figure")];
  const current = () => {
    const middle = window.innerHeight / 2;
    const at = pages.findIndex((page) => page.getBoundingClientRect().bottom > middle);
    return at < 0 ? pages.length - 1 : at;
  };
  const turn = (step) => {
    const wanted = pages[current() + step];
    if (!wanted) return paper.querySelector(`a[rel="${step > 0 ? "next" : "prev"}"]`)?.click();
    wanted.scrollIntoView({ block: "start" });
    wanted.focus({ preventScroll: true });
  };
  const steps = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.altKey || event.ctrlKey || event.metaKey || !(event.key in steps)) return;
    event.preventDefault();
    turn(steps[event.key]);
  });
})();
