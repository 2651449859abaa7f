// Which records are shown and in which order: flags, search, least sure first.
"use strict";

{
  const list = besshi.records;
  const inOrder = [...list.children];
  const all = [...list.querySelectorAll(".record")];
  const search = document.getElementById("search");
  const flags = [...document.querySelectorAll("[name=flag]")];
  const MARKS = 2000; // found places that are marked; more slow the page down and tell nothing
  const WAIT = 120; // ms without a key before a search begins

  // A letter with the mark that it is one with in NFKC: ｶﾞ is ガ.
  const LETTERS = /[^][\uff9e\uff9f\u3099\u309a]?/gu;
  const fold = (letter) => letter.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const foldText = (text) => (text.match(LETTERS) ?? []).map(fold).join("");

  const folded = new Map();
  function foldedText(record) {
    if (!folded.has(record)) {
      const texts = [...record.querySelectorAll(".field:not(.redline) .text, .location")];
      folded.set(record, texts.map((text) => foldText(text.textContent)).join("\n"));
    }
    return folded.get(record);
  }

  function show() {
    const wanted = foldText(search.value);
    const chosen = flags.filter((flag) => flag.checked).map((flag) => flag.value);
    const shown = all.filter((record) => {
      const own = record.dataset.flags.split(" ");
      const fits = (!chosen.length || chosen.some((flag) => own.includes(flag)))
        && (!wanted || foldedText(record).includes(wanted));
      if (record.hidden === fits) {
        record.hidden = !fits;
        for (const box of besshi.recordBoxes(record)) box.classList.toggle("away", !fits);
      }
      return fits;
    });
    document.getElementById("count").value = `${shown.length} of ${all.length} shown`;
    document.getElementById("none").hidden = shown.length > 0 || all.length === 0;
    for (const head of list.querySelectorAll(".table-head")) head.hidden = !leads(head);
    mark(shown, wanted);
  }

  /** Whether a record that is shown stands below a table's heading. */
  function leads(head) {
    for (let next = head.nextElementSibling; next?.matches(".record"); next = next.nextElementSibling) {
      if (!next.hidden) return true;
    }
    return false;
  }

  // --- what was found

  function mark(shown, wanted) {
    if (!CSS.highlights) return;
    const ranges = [];
    for (const record of wanted ? shown : []) {
      for (const text of record.querySelectorAll(".text")) {
        ranges.push(...places(text, wanted));
        if (ranges.length > MARKS) break;
      }
      if (ranges.length > MARKS) break;
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  /** The places of a folded text in an element, as ranges. */
  function* places(element, wanted) {
    let text = "";
    const at = []; // for each folded letter: node, first and behind last letter in it
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      for (const letter of nodes.currentNode.data.matchAll(LETTERS)) {
        const made = fold(letter[0]);
        text += made;
        for (let i = 0; i < made.length; i += 1) {
          at.push([nodes.currentNode, letter.index, letter.index + letter[0].length]);
        }
      }
    }
    for (let i = text.indexOf(wanted); i >= 0; i = text.indexOf(wanted, i + wanted.length)) {
      const range = new Range();
      range.setStart(at[i][0], at[i][1]);
      const last = at[i + wanted.length - 1];
      range.setEnd(last[0], last[2]);
      yield range;
    }
  }

  // --- controls

  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  });
  for (const flag of flags) flag.addEventListener("change", show);

  besshi.showAll = () => {
    search.value = "";
    for (const flag of flags) flag.checked = false;
    show();
  };
  document.getElementById("clear").addEventListener("click", besshi.showAll);
  /** A record has other texts and flags by now. */
  besshi.forget = (record) => folded.delete(record);

  besshi.toggle("unsure-first", (on) => {
    list.classList.toggle("by-doubt", on);
    const confidence = (record) => Number(record.dataset.confidence);
    const sorted = on ? all.toSorted((a, b) => confidence(a) - confidence(b)) : inOrder;
    list.append(...sorted, document.getElementById("none"));
    show(); // headings stand by what is below them now
    list.scrollTop = 0;
  });
  // The browser brings back what was typed when the reader comes back to the page.
  addEventListener("load", () => { if (search.value || flags.some((f) => f.checked)) show(); });
}
