// Numbers are typed as in a spreadsheet: Enter goes on, arrows go to the neighbouring cell.
// <div data-cells> is a row of inputs; <table data-cells> has one row a <tr> with inputs.
(() => {
  "use strict";
  const grids = [...document.querySelectorAll("[data-cells]")];
  const rowsOf = (grid) => grid.tagName === "TABLE"
    ? [...grid.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("input")]).filter((row) => row.length)
    : [[...grid.querySelectorAll("input")]];
  const at = (cell) => {
    const rows = rowsOf(cell.closest("[data-cells]"));
    const y = rows.findIndex((row) => row.includes(cell));
    return { rows, y, x: rows[y].indexOf(cell) };
  };
  // The caret leaves the cell only where it stands at the edge, or where all of it is selected.
  const isAtEdge = (cell, step) => {
    const { selectionStart: start, selectionEnd: end, value } = cell;
    if (start === 0 && end === value.length) return true;
    return start === end && start === (step < 0 ? 0 : value.length);
  };
  const target = (cell, event) => {
    const { rows, y, x } = at(cell);
    const isLine = rows.length === 1;
    switch (event.key) {
      case "ArrowLeft": return isAtEdge(cell, -1) ? rows[y][x - 1] : null;
      case "ArrowRight": return isAtEdge(cell, 1) ? rows[y][x + 1] : null;
      case "ArrowUp": return isLine ? null : rows[y - 1]?.[x];
      case "ArrowDown": return isLine ? null : rows[y + 1]?.[x];
      case "Enter": {
        const step = event.shiftKey ? -1 : 1;
        if (isLine) return rows[0][x + step] ?? firstOf(cell, step);
        return rows[y + step]?.[x] ?? (step > 0 ? rows[0][x + 1] : rows.at(-1)[x - 1]);
      }
      default: return null;
    }
  };
  const firstOf = (cell, step) => {
    const next = grids[grids.indexOf(cell.closest("[data-cells]")) + step];
    return next && rowsOf(next).at(0)?.[0];
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const cell = event.target.closest("[data-cells] input");
    if (!cell) return;
    const next = target(cell, event);
    if (next || event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
    }
    if (next) { next.focus(); next.select(); } else if (event.key === "Enter") cell.blur();
  }, true);
})();
