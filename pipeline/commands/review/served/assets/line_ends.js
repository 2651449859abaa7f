// Line ends that a click turns: the author's or the layout's.
"use strict";

{
  /** Field's id → whether its text breaks at each line end, where a correction says otherwise. */
  const known = new Map();

  besshi.onDetails(({ lineEnds }) => {
    for (const [id, ends] of Object.entries(lineEnds ?? {})) known.set(id, ends);
  });

  function show(button, kept, wasKept) {
    button.textContent = kept ? "↵ kept" : "⤶ undone";
    button.setAttribute("aria-pressed", kept);
    button.closest(".end").classList.toggle("kept", kept);
    button.closest(".end").classList.toggle("undone", !kept);
    button.classList.toggle("turned", kept !== wasKept);
  }

  /** Make the line ends of an opened list buttons, and add one that saves. */
  besshi.offerLineEnds = (field, block) => {
    const rows = [...block.querySelectorAll(".end")];
    const before = known.get(field.id) ?? rows.map((row) => row.classList.contains("kept"));
    const now = [...before];
    const save = document.createElement("button");
    save.type = "button";
    save.className = "primary save-line-ends";
    save.hidden = true;
    for (const [i, row] of rows.entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "turn";
      button.title = "Whose line break is it? Click to change";
      row.querySelector("b").replaceWith(button);
      show(button, now[i], before[i]);
      button.addEventListener("click", () => {
        now[i] = !now[i];
        show(button, now[i], before[i]);
        const count = now.filter((kept, j) => kept !== before[j]).length;
        save.hidden = count === 0;
        save.textContent = `Save ${count} line break${count === 1 ? "" : "s"}`;
      });
    }
    save.addEventListener("click", async () => {
      const turned = now.flatMap((kept, i) => (kept === before[i] ? [] : [[i, kept]]));
      const opened = field.id;
      try {
        await besshi.save({
          record: field.closest(".record").dataset.record,
          field: field.dataset.field,
          found: field.querySelector(".text").textContent,
          line_ends: Object.fromEntries(turned),
          why: besshi.proof(field),
          who: besshi.who(),
        });
        document.getElementById(opened).scrollIntoView({ block: "nearest" });
      } catch { /* it is told */ }
    });
    block.append(save);
  };
}
