// Counts the ticks of the attendance screen as they change; the page works without it.
(() => {
  "use strict";
  const form = document.querySelector("[data-roll]");
  if (!form) return;
  const say = form.querySelector("[data-roll-say]");
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  const boxes = (root) => [...root.querySelectorAll("input[name=present]")];
  const ticked = (root) => boxes(root).filter((box) => box.checked).length;

  const show = () => {
    form.querySelectorAll("[data-roll-group]").forEach((group) => {
      const all = boxes(group);
      if (all.length) group.querySelector("[data-roll-sum]").textContent = `${ticked(group)}/${all.length}`;
    });
    const n = ticked(form), needed = Number(form.dataset.needed), total = form.dataset.total;
    if (say) say.textContent = fill(n >= needed ? form.dataset.sayMet : form.dataset.sayShort, { n, needed, total, missing: needed - n });
  };

  form.addEventListener("change", show);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-roll-all]");
    if (!button) return;
    event.preventDefault();
    boxes(button.closest("[data-roll-group]")).forEach((box) => { box.checked = true; });
    show();
  });
})();
