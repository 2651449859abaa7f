// The line ends of a field, and why each is the author's or the layout's. Loaded when first asked.
"use strict";

{
  const DOUBTFUL = 0.8; // confidence below which records are flagged, too
  const WITNESSES = ["geometry", "prior", "spacing", "series", "twins"];
  const NOTHING = 0.05; // log-odds; less says nothing

  let loading = null;
  function load() {
    loading ??= new Promise((resolve, reject) => {
      besshi.showBreaks = resolve;
      const script = document.createElement("script");
      script.src = document.body.dataset.breaks;
      script.onerror = () => reject(new Error(`${script.src} is not there; write the review again`));
      document.head.append(script);
    });
    return loading;
  }

  const signed = (number) => `${number < 0 ? "−" : "+"}${Math.abs(number).toFixed(1)}`;

  function geometry(end) {
    const room = `${Math.abs(end.slack).toFixed(1)} em`;
    if (end.slack < 0) return `what follows would not have fitted: ${room} too long`;
    if (end.kept) return `what follows would have fitted, with ${room} to spare`;
    return `the line was as good as full: ${room} to spare`;
  }

  /** The witness that spoke most for what was decided, in words. */
  function reason(end) {
    const side = end.kept ? 1 : -1;
    const [first] = WITNESSES.toSorted((a, b) => side * (end[b] - end[a]));
    const words = {
      geometry: geometry(end),
      prior: end.kept
        ? `the author mostly breaks between such lines (${end.context})`
        : `the layout mostly breaks between such lines (${end.context})`,
      spacing: end.kept
        ? "white space, an indent or the PDF's tags say it"
        : "white space or the PDF's tags say it",
      series: "a numbering goes on",
      twins: end.kept ? "the same text is broken elsewhere" : "the same text goes on elsewhere",
    };
    return words[first];
  }

  function make(tag, className, ...parts) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...parts);
    return element;
  }

  function lineEnd(end) {
    const doubt = end.confidence < DOUBTFUL ? " doubtful" : "";
    const row = make("div", `end ${end.kept ? "kept" : "undone"}${doubt}`);
    row.append(
      make("b", "", end.kept ? "↵ kept" : "⤶ undone"),
      make("span", "", `${(Math.floor(end.confidence * 1000) / 10)} %`),
      make("span", "", reason(end)),
    );
    for (const name of WITNESSES) {
      if (Math.abs(end[name]) >= NOTHING) row.append(make("span", "witness", `${name} ${signed(end[name])}`));
    }
    return row;
  }

  function physicalLines(ends) {
    const block = make("div", "breaks");
    const line = (text) => {
      const element = make("div", "physical", text);
      element.lang = "ja";
      return element;
    };
    for (const end of ends) block.append(line(end.before), lineEnd(end));
    block.append(line(ends.at(-1).after));
    return block;
  }

  besshi.turnBreaks = async (field) => {
    const button = field?.querySelector(".show-breaks");
    if (!button) return;
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
    field.classList.toggle("open", open);
    field.querySelector(".breaks")?.remove();
    if (!open) return;
    let block;
    try {
      block = physicalLines((await load())[field.id]);
    } catch (error) {
      block = make("p", "notice breaks", error.message);
    }
    if (button.getAttribute("aria-expanded") !== "true") return;
    field.querySelector(".value").append(block);
    besshi.offerLineEnds?.(field, block);
  };

  besshi.records.addEventListener("click", (event) => {
    if (event.target.matches(".show-breaks")) besshi.turnBreaks(event.target.closest(".field"));
  });
}
