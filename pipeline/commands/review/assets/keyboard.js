// All that the mouse can do, by keys.
"use strict";

{
  const shown = () => [...besshi.records.querySelectorAll(".record:not([hidden])")];

  function stepRecord(step) {
    const all = shown();
    if (!all.length) return;
    const at = all.indexOf(besshi.current());
    const next = at < 0 ? all[0] : all[Math.min(Math.max(at + step, 0), all.length - 1)];
    besshi.choose(next);
    next.focus({ preventScroll: true });
  }

  function stepField(step) {
    const record = besshi.current() ?? shown()[0];
    if (!record) return;
    const fields = [...record.querySelectorAll(".field")].filter((field) => field.offsetParent);
    const at = fields.indexOf(besshi.chosen());
    const next = fields[at < 0 ? 0 : Math.min(Math.max(at + step, 0), fields.length - 1)];
    besshi.choose(record, next);
    next.querySelector(".locate").focus({ preventScroll: true });
  }

  function stepPage(step) {
    const all = [...besshi.pages.querySelectorAll(".page")];
    const at = all.indexOf(besshi.tellPage());
    besshi.drive(besshi.pages);
    all[Math.min(Math.max(at + step, 0), all.length - 1)]?.scrollIntoView();
  }

  besshi.stepRecord = stepRecord;

  const press = (id) => () => document.getElementById(id).click();
  const keys = {
    j: () => stepRecord(1),
    k: () => stepRecord(-1),
    l: () => stepField(1),
    h: () => stepField(-1),
    n: () => stepPage(1),
    p: () => stepPage(-1),
    "/": () => document.getElementById("search").select(),
    s: press("unsure-first"),
    r: press("redline"),
    b: press("boxes"),
    d: press("theme"),
    w: () => besshi.turnBreaks(besshi.chosen()),
    c: () => besshi.correct(besshi.chosen()),
    x: () => besshi.check?.(),
    u: () => besshi.toUnchecked?.(),
    "+": () => besshi.zoom(1),
    "-": () => besshi.zoom(-1),
    0: () => besshi.zoom(0),
    "?": press("help-button"),
    Escape: () => besshi.showAll(),
  };

  document.getElementById("help-button").addEventListener("click", () => {
    document.getElementById("help").showModal();
  });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = event.target.matches("input[type=search], textarea");
    if (typing && event.key === "Escape") event.target.blur();
    else if (typing || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
}
