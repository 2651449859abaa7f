// On the server: saves corrections, shows records as they are then, says what came of it.
"use strict";

{
  const body = document.body;
  let version = body.dataset.version;
  const bar = document.getElementById("told");
  const part = (name) => document.getElementById(`told-${name}`);
  const DRAFT = "besshi.draft"; // what was typed when the page had to be loaded again

  async function ask(what, content) {
    const options = content === undefined ? {} : {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content),
    };
    let answer;
    try {
      answer = await fetch(body.dataset.api + what, options);
    } catch {
      throw new Error("The server does not answer: start `besshi review --serve` again.");
    }
    const told = await answer.json();
    if (answer.ok) return told;
    const error = new Error(told.error);
    error.conflict = told.conflict === true;
    throw error;
  }

  // --- what is told

  let hiding = 0;
  let undo = null;

  /** Say something at the page's lower edge; with a way back, if there is one. */
  function tell(message, { back = null, reload = false } = {}) {
    clearTimeout(hiding);
    undo = back;
    part("what").textContent = message;
    part("undo").hidden = !back;
    part("reload").hidden = !reload;
    bar.hidden = false;
    if (!reload) hiding = setTimeout(() => { bar.hidden = true; }, 12_000);
  }
  part("close").addEventListener("click", () => { bar.hidden = true; });
  part("reload").addEventListener("click", () => location.reload());
  part("undo").addEventListener("click", () => {
    bar.hidden = true;
    undo?.();
  });

  // --- saving

  /** Put what the server made of a record in its place; the element stays the same. */
  function showRecord(id, html) {
    const record = document.getElementById(id);
    const made = document.createElement("template");
    made.innerHTML = html;
    const next = made.content.querySelector(".record");
    const chosen = besshi.chosen()?.closest(".record") === record ? besshi.chosen().id : null;
    delete record.dataset.checked;
    for (const name of Object.keys(next.dataset)) record.dataset[name] = next.dataset[name];
    record.replaceChildren(...next.childNodes);
    besshi.forget(record);
    const field = chosen && document.getElementById(chosen);
    if (field) {
      besshi.choose(record, field, besshi.pages);
      field.querySelector(".locate").focus({ preventScroll: true });
    }
  }

  const listeners = [];
  /** Call back with line ends, doubts and the number of checked records whenever they change. */
  besshi.onDetails = (listener) => listeners.push(listener);
  const pass = (details) => { for (const listener of listeners) listener(details); };

  function fieldOf(change) {
    const record = besshi.records.querySelector(`[data-record="${CSS.escape(change.record)}"]`);
    return [...record.querySelectorAll(".field:not(.redline)")]
      .find((field) => field.dataset.field === change.field);
  }

  async function send(change) {
    const told = await ask("save", { ...change, shown: change.found, version });
    version = told.version;
    for (const [id, html] of Object.entries(told.records)) showRecord(id, html);
    pass(told);
  }

  /** Save a change: record, field, found (the text that is shown), right or line_ends, why, who. */
  besshi.save = async (change) => {
    if (change.right === change.found && !change.line_ends) {
      tell("Nothing has changed.");
      return;
    }
    besshi.keep("who", change.who);
    body.classList.add("busy");
    try {
      await send(change);
    } catch (error) {
      if (error.conflict) {
        if (change.right !== undefined) sessionStorage.setItem(DRAFT, JSON.stringify(change));
        tell(error.message, { reload: true });
      } else tell(error.message);
      throw error;
    } finally {
      body.classList.remove("busy");
    }
    const now = fieldOf(change).querySelector(".text").textContent;
    const back = { ...change, found: now, right: change.found };
    delete back.line_ends;
    tell("Saved.", { back: () => send(back).then(() => tell("Undone."), (e) => tell(e.message)) });
  };

  besshi.who = () => besshi.recall("who") || body.dataset.who;
  besshi.proof = (field) => besshi.inLanguage(`compared with page ${field.closest(".record").dataset.page}`);
  besshi.ask = ask;
  besshi.tell = tell;
  besshi.version = () => version;

  // What was typed before the page was loaded again is typed once more.
  addEventListener("load", () => {
    const kept = sessionStorage.getItem(DRAFT);
    sessionStorage.removeItem(DRAFT);
    const change = kept && JSON.parse(kept);
    const field = change && fieldOf(change);
    if (!field) return;
    besshi.choose(field.closest(".record"), field);
    besshi.correct(field);
    document.getElementById("correction-right").value = change.right;
    document.getElementById("correction-why").value = change.why;
  });

  // The server reads the annex into its memory while the reader looks at the first record.
  if (besshi.records.querySelector(".record")) addEventListener("load", () => ask("details").then(
    (details) => {
      pass(details);
      body.dataset.loaded = "";
    },
    (error) => tell(error.message),
  ));
}
