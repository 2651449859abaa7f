// Which records a person has compared with their pages, and the acceptance of them all.
"use strict";

{
  const records = [...besshi.records.querySelectorAll(".record")];
  const count = document.getElementById("checked-count");
  const bar = document.getElementById("checked-bar");
  const dialog = document.getElementById("acceptance");
  const part = (name) => document.getElementById(`acceptance-${name}`);

  function showCount(checked) {
    if (!count || checked === undefined) return;
    count.value = `${checked} of ${records.length} checked`;
    bar.value = checked;
  }
  besshi.onDetails(({ checked }) => showCount(checked));

  async function tick(record, checked) {
    record.toggleAttribute("data-checked", checked);
    try {
      const asked = { record: record.dataset.record, who: besshi.who(), checked };
      showCount((await besshi.ask("tick", asked)).checked);
    } catch (error) {
      record.toggleAttribute("data-checked", !checked);
      record.querySelector(".check input").checked = !checked;
      besshi.tell(error.message);
    }
  }

  besshi.records.addEventListener("change", (event) => {
    if (event.target.matches(".check input")) tick(event.target.closest(".record"), event.target.checked);
  });

  /** Go to the next record, in the order that is shown, that nobody has checked. */
  besshi.toUnchecked = () => {
    const shown = [...besshi.records.querySelectorAll(".record:not([hidden])")];
    const at = shown.indexOf(besshi.current());
    const open = [...shown.slice(at + 1), ...shown.slice(0, at + 1)]
      .find((record) => record.dataset.checked === undefined);
    if (!open) {
      besshi.tell("All records that are shown are checked.");
      return;
    }
    besshi.choose(open);
    open.focus({ preventScroll: true });
  };

  /** Tick the current record and go on; a ticked one loses its tick. */
  besshi.check = () => {
    const record = besshi.current();
    if (!record) {
      besshi.stepRecord(1);
      return;
    }
    const box = record.querySelector(".check input");
    box.checked = !box.checked;
    tick(record, box.checked);
    if (box.checked) besshi.toUnchecked();
  };
  document.getElementById("next-unchecked")?.addEventListener("click", besshi.toUnchecked);

  // --- acceptance

  document.getElementById("accept")?.addEventListener("click", () => {
    const rest = records.filter((record) => record.dataset.checked === undefined).length;
    part("what").textContent = (rest ? `${rest} of ${records.length} records are not ticked as checked. ` : "")
      + `All ${records.length} records, as they are here, become the truth of this annex: from then on every later result is compared with it.`;
    part("who").value = besshi.who();
    part("person").hidden = part("do").hidden = false;
    part("next").hidden = true;
    part("done").value = "";
    part("close").textContent = "Cancel";
    dialog.showModal();
    part("do").focus();
  });

  async function accept() {
    const who = part("who").value.trim();
    if (!who) {
      part("done").value = "Give the name of the person.";
      part("who").focus();
      return;
    }
    part("done").value = "…";
    try {
      const told = await besshi.ask("accept", { version: besshi.version(), who });
      part("what").textContent = `Accepted by ${who}. Next:`;
      part("next").replaceChildren(...told.next.map(([what, command]) => {
        const item = document.createElement("li");
        const code = document.createElement("code");
        code.textContent = command;
        item.append(what, document.createElement("br"), code);
        return item;
      }));
      part("next").hidden = false;
      part("person").hidden = part("do").hidden = true;
      part("close").textContent = "Close";
      part("done").value = "";
    } catch (error) {
      part("done").value = error.message;
    }
  }
  part("do").addEventListener("click", accept);
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    accept();
  });

  // The least plausible records come first: there a look is worth most.
  const sorted = document.getElementById("unsure-first");
  if (records.length > 1 && sorted.getAttribute("aria-pressed") !== "true") sorted.click();
  if (records.length && !location.hash) {
    addEventListener("load", () => { if (!besshi.current()) besshi.toUnchecked(); });
  }
}
