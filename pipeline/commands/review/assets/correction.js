// A correction: saved on the server; else an entry to be copied into corrections/<annex>.yml.
"use strict";

{
  const dialog = document.getElementById("correction");
  const part = (name) => document.getElementById(`correction-${name}`);
  let about = null; // record, field and found

  // What YAML takes for a line's end, or does not take at all, has to be escaped.
  const UNSAFE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
  const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const quoted = (text) => JSON.stringify(text).replace(UNSAFE, escaped);

  /** A text as a YAML value: several lines as lines where nothing can be mistaken, else in quotes. */
  function scalar(text) {
    const lines = text.split("\n");
    const plain = lines.length > 1 && lines.every((line) => line && !/^[ \t]|[\u0000-\u001f]/.test(line));
    if (!plain || text.search(UNSAFE) >= 0) return quoted(text);
    return `|-\n${lines.map((line) => `    ${line}`).join("\n")}`;
  }

  function entry() {
    const values = {
      ...about, right: part("right").value, why: part("why").value, who: part("who").value,
    };
    return `${Object.entries(values)
      .map(([key, text], i) => `${i ? "  " : "- "}${key}: ${scalar(text)}`)
      .join("\n")}\n`;
  }

  function write() {
    if (part("entry")) part("entry").value = entry();
    part("done").value = "";
  }

  besshi.correct = (field) => {
    if (!field || field.matches(".redline")) return;
    about = {
      record: field.closest(".record").dataset.record,
      field: field.dataset.field,
      found: field.querySelector(".text").textContent,
    };
    part("of").textContent = `${about.record}, ${about.field || "(no header)"}`;
    part("right").value = about.found;
    part("why").value = besshi.proof?.(field) ?? "";
    part("who").value = besshi.who?.() ?? besshi.recall("who") ?? "";
    write();
    dialog.showModal();
    part("right").focus();
  };

  for (const name of ["right", "why", "who"]) part(name).addEventListener("input", write);
  part("who").addEventListener("change", () => besshi.keep("who", part("who").value));

  async function copy() {
    try {
      await navigator.clipboard.writeText(part("entry").value);
    } catch { // denied to pages from disk by some browsers
      part("entry").select();
      document.execCommand("copy");
    }
    part("done").value = "Copied.";
  }

  /** On the server: the correction is saved, and its record shown as it is then. */
  async function save() {
    const change = {
      ...about, right: part("right").value, why: part("why").value, who: part("who").value,
    };
    try {
      await besshi.save(change);
      dialog.close();
    } catch (error) {
      part("done").value = error.message;
      if (error.conflict) dialog.close(); // what was typed is kept until the page is loaded again
    }
  }
  const done = besshi.save ? save : copy;
  part(besshi.save ? "save" : "copy").addEventListener("click", done);
  // Enter in a line is done: it must not close the dialog and lose what was typed.
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.target.matches("input") || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      done();
    }
  });

  besshi.records.addEventListener("click", (event) => {
    if (event.target.matches(".correct")) besshi.correct(event.target.closest(".field"));
  });
}
