// Two panes, pages and records: what one shows is lit in the other, and they move together.
"use strict";

{
  const pages = document.getElementById("pages");
  const records = document.getElementById("records");
  const ZOOMS = [1, 1.25, 1.5, 2, 3];
  const PAUSE = 900; // ms in which a smooth scroll has come to its end
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  /** Field's id → its boxes. */
  const boxes = new Map();
  for (const box of pages.querySelectorAll(".boxes i")) {
    for (const id of box.dataset.of.split(" ")) {
      if (!boxes.has(id)) boxes.set(id, []);
      boxes.get(id).push(box);
    }
  }

  const idsOf = (field) => (field.dataset.of ?? field.id).trim().split(" ");
  const boxesOf = (field) => idsOf(field).flatMap((id) => boxes.get(id) ?? []);
  const fieldsOf = (box) => box.dataset.of.split(" ").map((id) => document.getElementById(id));
  const recordBoxes = (record) => [...record.querySelectorAll(".field:not(.redline)")].flatMap(boxesOf);

  let lit = [];
  let chosen = null; // the field that stays lit
  let current = null; // its record
  let driver = null; // the pane that the reader moves
  let pausedUntil = 0;

  function light(elements) {
    for (const element of lit) element.classList.remove("lit");
    for (const element of elements) element.classList.add("lit");
    lit = elements;
  }

  function lightChosen() {
    light(chosen ? [chosen, ...boxesOf(chosen)] : []);
  }

  /** Scroll a pane until an element is in it, `share` of the pane below its top. */
  function reveal(pane, element, share) {
    const frame = pane.getBoundingClientRect();
    const place = element.getBoundingClientRect();
    const inside = place.top >= frame.top && place.bottom <= frame.bottom;
    const across = place.left >= frame.left && place.right <= frame.right;
    if (inside && across) return;
    const top = inside ? pane.scrollTop : pane.scrollTop + place.top - frame.top - frame.height * share;
    const left = across ? pane.scrollLeft : pane.scrollLeft + place.left - frame.left - 24;
    const far = Math.abs(top - pane.scrollTop) > 3 * frame.height;
    pane.scrollTo({ top, left, behavior: far || calm.matches ? "instant" : "smooth" });
  }

  /**
   * Make a record the current one, and one of its fields the lit one. Both panes show it, but the
   * one that it was chosen in stays as it is.
   */
  function choose(record, field = null, chosenIn = null) {
    pausedUntil = performance.now() + PAUSE;
    if (current !== record) {
      if (current) {
        current.classList.remove("current");
        for (const box of recordBoxes(current)) box.classList.remove("current");
      }
      current = record;
      record.classList.add("current");
      for (const box of recordBoxes(record)) box.classList.add("current");
    }
    chosen = field;
    lightChosen();
    const [box] = field ? boxesOf(field) : recordBoxes(record);
    if (box && chosenIn !== pages) reveal(pages, box, 0.2);
    if (chosenIn !== records) reveal(records, field ?? record, field ? 0.3 : 0.02);
  }

  // --- hovering and clicking

  let pointer = "";

  /** Whether the pointer moved, and not what is below it. */
  function moved(event) {
    const before = pointer;
    pointer = `${event.clientX} ${event.clientY}`;
    return pointer !== before;
  }

  records.addEventListener("pointerover", (event) => {
    if (!moved(event)) return;
    const field = event.target.closest(".field");
    if (field) light([field, ...boxesOf(field)]);
    else lightChosen();
  });
  pages.addEventListener("pointerover", (event) => {
    if (!moved(event)) return;
    if (event.target.matches(".boxes i")) light([event.target, ...fieldsOf(event.target)]);
    else lightChosen();
  });
  for (const pane of [pages, records]) pane.addEventListener("pointerleave", lightChosen);

  records.addEventListener("click", (event) => {
    const field = event.target.closest(".field");
    const record = event.target.closest(".record");
    if (record && getSelection().isCollapsed) choose(record, field, records);
  });
  records.addEventListener("focusin", (event) => {
    const field = event.target.closest(".field");
    if (field && field !== chosen && event.target.matches(":focus-visible")) {
      choose(field.closest(".record"), field);
    }
  });
  pages.addEventListener("click", (event) => {
    if (!event.target.matches(".boxes i")) return;
    const fields = fieldsOf(event.target).filter((field) => !field.closest(".record").hidden);
    if (!fields.length) return;
    // A merged cell belongs to several records: each click goes on to the next.
    const next = fields[(fields.indexOf(chosen) + 1) % fields.length];
    const shown = next.offsetParent ? next : next.closest(".record").querySelector(".redline");
    choose(next.closest(".record"), shown ?? next, pages);
  });

  // --- moving together

  /** Say which pane the reader moves: the other one follows. */
  function drive(pane) {
    driver = pane;
    pausedUntil = 0;
  }

  for (const pane of [pages, records]) {
    for (const kind of ["pointerenter", "pointerdown", "wheel", "touchstart", "focusin"]) {
      pane.addEventListener(kind, () => { driver = pane; }, { passive: true });
    }
    let asked = false;
    pane.addEventListener("scroll", () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => { asked = false; follow(pane); });
    }, { passive: true });
  }

  /** The topmost of what a pane shows that fits a selector. */
  function topmost(pane, selector) {
    const frame = pane.getBoundingClientRect();
    for (let y = frame.top + 24; y < frame.bottom; y += 24) {
      const found = document.elementFromPoint(frame.left + frame.width / 2, y)?.closest(selector);
      if (found && pane.contains(found)) return found;
    }
    return null;
  }

  function tellPage() {
    const frame = pages.getBoundingClientRect();
    const middle = document.elementFromPoint(frame.left + frame.width / 2, frame.top + frame.height / 2);
    const page = middle?.closest(".page") ?? topmost(pages, ".page");
    if (!page) return null;
    const count = document.querySelectorAll(".page").length;
    document.getElementById("page-number").value = `${page.dataset.page} / ${count}`;
    return page;
  }

  function follow(pane) {
    if (pane === pages) tellPage();
    const sorted = records.classList.contains("by-doubt");
    if (pane !== driver || sorted || performance.now() < pausedUntil) return;
    if (pane === records) {
      const record = topmost(records, ".record");
      const box = record && recordBoxes(record)[0];
      if (box) reveal(pages, box, 0.05);
    } else {
      const page = topmost(pages, ".page");
      const top = pages.getBoundingClientRect().top;
      const seen = page && [...page.querySelectorAll(".boxes i")]
        .find((box) => box.getBoundingClientRect().bottom > top + 24);
      const record = seen && fieldsOf(seen)[0].closest(".record");
      if (record && !record.hidden) reveal(records, record, 0.02);
    }
  }

  // Below a dialog no page is found.
  for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("close", tellPage);

  // --- zoom and address

  function zoom(step) {
    const now = Number(getComputedStyle(pages).getPropertyValue("--zoom"));
    const next = step ? ZOOMS[Math.min(Math.max(ZOOMS.indexOf(now) + step, 0), ZOOMS.length - 1)] : 1;
    const share = pages.scrollTop / pages.scrollHeight;
    pages.style.setProperty("--zoom", next);
    pages.scrollTop = share * pages.scrollHeight;
    if (chosen && boxesOf(chosen)[0]) reveal(pages, boxesOf(chosen)[0], 0.2);
  }
  document.getElementById("zoom-in").addEventListener("click", () => zoom(1));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(-1));

  function goToAddress() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.matches(".record")) choose(target);
    else if (target?.matches(".page")) target.scrollIntoView();
  }
  addEventListener("hashchange", goToAddress);
  addEventListener("load", goToAddress);

  function toggle(id, turn) {
    const button = document.getElementById(id);
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", on);
      turn(on);
    });
  }
  toggle("boxes", (on) => pages.classList.toggle("no-boxes", !on));
  toggle("redline", (on) => records.classList.toggle("as-redline", on));

  Object.assign(besshi, {
    choose, drive, recordBoxes, toggle, zoom, tellPage, pages, records,
    current: () => current,
    chosen: () => chosen,
  });
}
