// The editor by structure works as a plain form; here it learns the keys of a word processor.
// Numbers, keys of new pieces and references come from the server (hx-swap-oob after each autosave).
(() => {
  "use strict";
  const form = document.querySelector("#editor");
  const pieces = document.querySelector("#pieces");
  if (!form || !pieces) return;
  const holds = JSON.parse(form.dataset.holds);
  const ladder = ["article", "clause", "point", "dash"];
  const written = ["clause", "point", "dash", "paragraph"];
  const template = document.querySelector("#new-piece");
  let next = 1;
  let last = null; // the field in which the caret stood, for references picked from the list
  let armed = false; // Tab moves pieces only once something was done in the field: no keyboard trap

  const sync = () => form.dispatchEvent(new Event("nt:sync"));
  const press = (action) => form.querySelector(`button[name="action"][value="${action}"]`)?.click();
  const pieceOf = (element) => element.closest?.(".piece");
  const rowOf = (piece) => piece.querySelector('input[name="row"]');
  const read = (piece) => {
    const [id, key, kind, depth] = rowOf(piece).value.split(":");
    return { id, key, kind, depth: Number(depth) };
  };
  const write = (piece, kind, depth) => {
    const { id, key } = read(piece);
    rowOf(piece).value = [id, key, kind, depth].join(":");
    piece.className = `piece kind-${kind} depth-${depth}`;
  };
  const fieldsOf = (piece) => [...piece.querySelectorAll('textarea[name^="t-"], textarea[name^="h-"]')];
  const isText = (field) => field.name?.startsWith("t-");
  // The last piece that belongs to this one; the nearest before it of a depth, within its parent.
  const lastOf = (piece) => {
    const { depth } = read(piece);
    let end = piece;
    for (let one = piece.nextElementSibling; one?.matches(".piece") && read(one).depth > depth; one = one.nextElementSibling) end = one;
    return end;
  };
  const above = (piece, wanted) => {
    for (let one = piece.previousElementSibling; one?.matches(".piece"); one = one.previousElementSibling) {
      const { depth } = read(one);
      if (depth === wanted) return one;
      if (depth < wanted) return null;
    }
    return null;
  };
  const parentOf = (piece) => {
    const { depth } = read(piece);
    return depth ? above(piece, depth - 1) : null;
  };
  const focus = (piece, atStart = false) => {
    const field = fieldsOf(piece).at(-1);
    field?.focus();
    const place = atStart || !field ? 0 : field.value.length;
    field?.setSelectionRange(place, place);
    armed = true;
  };

  // Which pieces may be added here
  const offer = () => {
    const chosen = pieces.querySelector('input[name="at"]:checked');
    const found = new Set(holds[""]);
    for (let one = chosen && pieceOf(chosen); one; one = parentOf(one)) holds[read(one).kind].forEach((kind) => found.add(kind));
    document.querySelectorAll('#tools [value^="add-"]').forEach((button) => {
      button.disabled = !found.has(button.value.slice(4));
    });
  };
  document.addEventListener("change", (event) => { if (event.target.name === "at") offer(); });
  pieces.addEventListener("focusin", (event) => {
    const piece = pieceOf(event.target);
    if (!piece || event.target.name === "at") return;
    piece.querySelector('input[name="at"]').checked = true;
    if (event.target.matches("textarea")) last = event.target;
    offer();
  });
  pieces.addEventListener("focusout", () => { armed = false; });
  pieces.addEventListener("pointerdown", () => setTimeout(() => { armed = true; }));

  // Enter: the next sibling, with the words behind the caret
  const added = (piece, kind, depth, behind, words) => {
    const made = template.content.firstElementChild.cloneNode(true);
    const id = `x${next++}`;
    made.id = id;
    rowOf(made).id = `row-${id}`;
    rowOf(made).value = [id, "", kind, depth].join(":");
    made.className = `piece kind-${kind} depth-${depth}`;
    made.querySelector('input[name="at"]').value = id;
    made.querySelector(".piece-label span").id = `label-${id}`;
    const field = made.querySelector("textarea");
    field.name = `t-${id}`;
    field.value = words;
    behind.after(made);
    focus(made, true);
    sync();
  };
  pieces.addEventListener("beforeinput", (event) => {
    if (!["insertLineBreak", "insertParagraph"].includes(event.inputType)) return;
    const piece = pieceOf(event.target);
    if (!piece || !fieldsOf(piece).includes(event.target)) return;
    event.preventDefault();
    const { kind, depth } = read(piece);
    const field = event.target;
    if (!isText(field)) {
      const text = fieldsOf(piece).find(isText);
      if (text) text.focus();
      else if (holds[kind].includes("paragraph")) added(piece, "paragraph", depth + 1, piece, "");
      else press("add-article");
      return;
    }
    if (!field.value && depth > 1 && piece === lastOf(piece)) { outward(piece); return; }
    const words = field.value.slice(field.selectionEnd);
    field.value = field.value.slice(0, field.selectionStart);
    added(piece, kind, depth, lastOf(piece), words);
  });

  // Tab and Shift-Tab: in and out. Simple lines move here, all else through the form's buttons.
  const fitting = (kind, place, deeper) => {
    if (holds[place].includes(kind)) return kind;
    const at = ladder.indexOf(kind);
    const steps = at < 0 ? [] : deeper ? ladder.slice(at + 1) : ladder.slice(0, at).reverse();
    return steps.find((step) => holds[place].includes(step));
  };
  const isSimple = (piece) => written.includes(read(piece).kind) && piece === lastOf(piece)
    && !fieldsOf(piece).some((field) => !isText(field) && field.value);
  const settle = (piece, kind, depth, caret) => {
    write(piece, kind, depth);
    const field = fieldsOf(piece).find(isText);
    field.focus();
    field.setSelectionRange(caret, caret);
    armed = true;
    sync();
  };
  const inward = (piece) => {
    const { kind, depth } = read(piece);
    const before = above(piece, depth);
    const became = before && fitting(kind, read(before).kind, true);
    if (!isSimple(piece) || !written.includes(became)) { press("in"); return; }
    settle(piece, became, depth + 1, fieldsOf(piece).find(isText).selectionStart);
  };
  function outward(piece) {
    const { kind, depth } = read(piece);
    const parent = parentOf(piece);
    const grand = parent && parentOf(parent);
    const beside = ladder.includes(kind) && ["clause", "point"].includes(parent && read(parent).kind);
    const became = beside ? read(parent).kind : parent && fitting(kind, grand ? read(grand).kind : "", false);
    if (!isSimple(piece) || !written.includes(became)) { press("out"); return; }
    const caret = fieldsOf(piece).find(isText).selectionStart;
    lastOf(parent).after(piece);
    settle(piece, became, depth - 1, caret);
  }
  const arrows = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
  pieces.addEventListener("keydown", (event) => {
    const piece = pieceOf(event.target);
    if (!piece || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.altKey) {
      if (arrows[event.key]) { event.preventDefault(); press(arrows[event.key]); }
      return;
    }
    if (event.key === "Tab" && armed && isText(event.target)) {
      event.preventDefault();
      (event.shiftKey ? outward : inward)(piece);
    } else if (event.key === "Escape") armed = false;
    else if (event.key === "Backspace" && isText(event.target) && !event.target.value && isSimple(piece) && pieces.children.length > 1) {
      event.preventDefault();
      if (piece.previousElementSibling?.matches(".piece")) focus(piece.previousElementSibling);
      piece.remove();
      sync();
    } else if (event.key.length === 1 || event.key.startsWith("Arrow")) armed = true;
  });

  // After an autosave: keys of new pieces, and references whose numbers changed
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const now = event.detail.target;
    const came = event.detail.fragment?.querySelector?.('input[name="row"]') ?? event.detail.fragment?.firstElementChild;
    if (now?.name !== "row" || !came?.value) return;
    event.detail.shouldSwap = false; // the line may have moved since: only its key is news
    const parts = now.value.split(":");
    parts[1] = came.value.split(":")[1];
    now.value = parts.join(":");
  });
  form.addEventListener("htmx:afterRequest", () => {
    const renamed = document.querySelector("#renamed");
    const words = JSON.parse(renamed?.dataset.renamed || "{}");
    if (renamed) delete renamed.dataset.renamed;
    pieces.querySelectorAll("textarea").forEach((field) => {
      const said = field.value.replace(/\[\[([^[\]\n]{1,80})\]\]/g, (whole, name) => {
        const became = words[name.toLowerCase().split(/\s+/).filter(Boolean).join(" ")];
        return became ? `[[${became}]]` : whole;
      });
      if (said !== field.value) field.value = said;
    });
  });

  // References from the list, where the caret stood
  document.querySelector("[data-refer]")?.addEventListener("click", (event) => {
    const words = document.querySelector("#refer-to").selectedOptions[0]?.dataset.words;
    if (!last?.isConnected || !words) return;
    event.preventDefault();
    last.setRangeText(`[[${words}]]`, last.selectionStart, last.selectionEnd, "end");
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Paste: several paragraphs, lists and tables go through the server, which shows them first
  const fill = (cell, lines) => {
    const rows = [...cell.closest("table").querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("textarea")]);
    const y = rows.findIndex((row) => row.includes(cell));
    const x = rows[y].indexOf(cell);
    if (lines.some((line, dy) => line.some((_, dx) => !rows[y + dy]?.[x + dx]))) return false;
    lines.forEach((line, dy) => line.forEach((words, dx) => { rows[y + dy][x + dx].value = words.trim(); }));
    sync();
    return true;
  };
  pieces.addEventListener("paste", (event) => {
    const piece = pieceOf(event.target);
    if (!piece || !event.target.matches("textarea")) return;
    const html = event.clipboardData.getData("text/html");
    const plain = event.clipboardData.getData("text/plain");
    const lines = plain.split(/\r?\n/).filter((line) => line.trim());
    if (event.target.closest(".table-grid")) {
      if (!plain.includes("\t")) return;
      event.preventDefault();
      if (fill(event.target, lines.map((line) => line.split("\t")))) return;
      const whole = piece.querySelector('[name^="tsv-"]');
      whole.value = plain;
      whole.closest("details").open = true;
      whole.focus();
      return;
    }
    if (event.target.name.startsWith("tsv-") || (lines.length < 2 && !/<(table|li)\b/i.test(html))) return;
    event.preventDefault();
    const send = document.querySelector("#paste-form");
    form.addEventListener("htmx:afterRequest", (done) => {
      if (!done.detail.successful) return;
      send.html.value = html;
      send.plain.value = plain;
      send.action += `?${new URLSearchParams({ xem: form.scope.value, chon: read(piece).key })}`;
      send.submit();
    }, { once: true });
    sync();
  });

  document.addEventListener("visibilitychange", () => { if (document.hidden) sync(); });
  const chosen = new URLSearchParams(location.search).get("chon");
  const settled = () => {
    const piece = chosen && document.getElementById(chosen);
    if (piece && !piece.querySelector(".table-grid")) focus(piece);
  };
  window.addEventListener("load", () => setTimeout(settled)); // after the browser went to the anchor
  offer();
})();
