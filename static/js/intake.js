// Many files at once, in pieces, resumed where the line broke. The page works without it as a form.
(() => {
  "use strict";
  const frame = document.querySelector("[data-intake]");
  const form = frame.querySelector("form");
  const input = form.elements.file;
  const token = form.elements.csrfmiddlewaretoken.value;
  const [sending, incoming] = [frame.querySelector("[data-sending]"), document.querySelector("[data-incoming]")];
  const list = incoming.querySelector("[data-list]");
  const lost = frame.querySelector("[data-lost]");
  const [PIECE, HASHED_MAX, LINES] = [1024 * 1024, 64 * 1024 * 1024, 2];
  const waiting = [];
  let running = 0;
  let wake = null;

  // A refusal that the server put in words; anything else is the line, and is tried again.
  class Refused extends Error {}
  const pause = (seconds) => new Promise((resolve) => {
    wake = resolve;
    setTimeout(resolve, seconds * 1000);
  });
  window.addEventListener("online", () => wake?.());
  const tell = (words) => { lost.hidden = !words; lost.textContent = words || ""; };
  const ask = async (url, options) => {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await fetch(url, { redirect: "manual", ...options });
        const isJson = answer.headers.get("content-type")?.startsWith("application/json");
        if (isJson) { tell(""); return { status: answer.status, ...(await answer.json()) }; }
        if ([400, 404, 413].includes(answer.status)) throw new Refused(String(answer.status));
        tell(answer.status < 500 ? frame.dataset.sayOut : frame.dataset.sayLost);
      } catch (error) {
        if (error instanceof Refused) throw error;
        tell(frame.dataset.sayLost);
      }
      await pause(Math.min(2 ** tries, 30));
    }
  };
  const post = (url, body, headers = {}) =>
    ask(url, { method: "POST", body, headers: { "X-CSRFToken": token, ...headers } });
  const at = (pattern, id) => pattern.replace("/0/", `/${id}/`);
  // ASCII only: the server hears of each sign in the name, also of those that hide.
  const spelt = (name) => JSON.stringify(name)
    .replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const digest = async (file) => {
    if (!window.crypto?.subtle || file.size > HASHED_MAX) return "";
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const send = async (file, show) => {
    const about = { filename: spelt(file.name), size: file.size, mark: `${file.lastModified}`, item: form.elements.item?.value ?? "" };
    let now = await post(frame.dataset.begin, new URLSearchParams(about));
    if (!now.state) return now;
    const [piece, finish] = [at(frame.dataset.upload, now.id), at(frame.dataset.finish, now.id)];
    const { id } = now;
    for (let again = 0; again < 2; again += 1) {
      while (now.offset < file.size) {
        show(Math.floor(100 * now.offset / file.size));
        now = await post(piece, file.slice(now.offset, now.offset + PIECE), { "Upload-Offset": now.offset, "Content-Type": "application/octet-stream" });
        if (now.status === 422) return { ...now, id };
      }
      show(100);
      now = await post(finish, new URLSearchParams({ sha256: await digest(file) }));
      if (now.code !== "upload.checksum") break;
      now.offset = 0; // damaged on its way: once more from the start
    }
    return { ...now, id };
  };
  // The server draws the row: asked for, refused or passed, it is the same list.
  const draw = async (id) => {
    const answer = await fetch(`${frame.dataset.row}?tep=${id}`);
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("li");
    if (!parsed) return;
    const row = document.importNode(parsed, true);
    const old = document.getElementById(row.id);
    if (old) old.replaceWith(row); else list.append(row);
    incoming.hidden = false;
    window.htmx?.process(row);
    ready();
  };
  const ready = () => {
    incoming.querySelector("[data-save]").disabled = !list.querySelector(".intake-fields");
  };
  const one = async (file) => {
    const line = frame.querySelector("[data-sending-row]").content.cloneNode(true).firstElementChild;
    const [status, bar] = [line.querySelector("[data-status]"), line.querySelector("progress")];
    line.querySelector("[data-name]").textContent = file.name;
    sending.append(line);
    try {
      const end = await send(file, (percent) => {
        bar.value = percent;
        status.textContent = percent < 100 ? frame.dataset.saySending.replace("%(n)s", percent) : frame.dataset.sayChecking;
      });
      if (!end.id) throw new Refused(end.sentence);
      await draw(end.id);
      line.remove();
    } catch (error) {
      status.textContent = error.message;
      status.className = "err";
      bar.remove();
    }
  };
  const next = async () => {
    if (running >= LINES || !waiting.length) return;
    running += 1;
    await one(waiting.shift());
    running -= 1;
    next();
  };
  const take = (files) => {
    waiting.push(...files);
    for (let line = 0; line < LINES; line += 1) next();
  };

  input.addEventListener("change", () => { take(input.files); input.value = ""; });
  form.addEventListener("submit", (event) => { event.preventDefault(); input.click(); });
  ["dragover", "dragenter"].forEach((name) => frame.addEventListener(name, (event) => {
    event.preventDefault();
    frame.classList.add("is-over");
  }));
  ["dragleave", "drop"].forEach((name) => frame.addEventListener(name, () => frame.classList.remove("is-over")));
  frame.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files); });
  window.addEventListener("beforeunload", (event) => { if (running || waiting.length) event.preventDefault(); });
  document.addEventListener("htmx:afterSettle", ready);
  input.required = false;
  frame.querySelector("[data-plain-send]").hidden = true;
  frame.querySelector("[data-with-script]").hidden = false;
})();
