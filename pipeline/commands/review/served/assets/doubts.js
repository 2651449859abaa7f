// Characters of scans that may be others: marked in the text; a click shows the page beside them.
"use strict";

{
  const card = document.getElementById("doubt");
  const cut = document.getElementById("doubt-cut");
  const what = document.getElementById("doubt-what");
  const choices = document.getElementById("doubt-choices");
  const AROUND = 2.2; // heights of the character that the cut-out shows on each side
  const HEIGHT = 110; // CSS pixels of the cut-out

  besshi.onDetails(({ doubts }) => {
    for (const [id, found] of Object.entries(doubts ?? {})) {
      const text = document.querySelector(`#${CSS.escape(id)} > .value > .text`);
      // From the last to the first: marking one moves no other.
      for (const doubt of text ? found.toReversed() : []) mark(text, doubt);
    }
  });

  function mark(text, doubt) {
    const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let place = 0;
    while (nodes.nextNode()) {
      const node = nodes.currentNode;
      // The server counts characters, the browser units of UTF-16.
      const letters = [...node.data];
      if (doubt.at < place + letters.length) {
        const start = letters.slice(0, doubt.at - place).join("").length;
        const letter = node.splitText(start);
        letter.splitText(doubt.character.length);
        const button = document.createElement("span");
        button.className = "doubtful-letter";
        button.tabIndex = 0;
        button.role = "button";
        button.title = `${Math.floor(doubt.confidence * 100)} % sure`;
        letter.replaceWith(button);
        button.append(letter);
        button.addEventListener("click", (event) => open(event, button, doubt));
        button.addEventListener("keydown", (event) => { if (event.key === "Enter") open(event, button, doubt); });
        return;
      }
      place += letters.length;
    }
  }

  function showCut(doubt) {
    const picture = document.querySelector(`#page-${doubt.page} img`);
    cut.hidden = !picture;
    if (!picture) return;
    const [width, height] = picture.closest(".sheet").style.aspectRatio.split("/").map(Number);
    const tall = (doubt.height / 100) * height; // points, as all below
    const scale = HEIGHT / (tall * (1 + 2 * 0.6));
    const left = (doubt.x / 100) * width - AROUND * tall;
    const top = (doubt.y / 100) * height - 0.6 * tall;
    const wide = (doubt.width / 100) * width + 2 * AROUND * tall;
    cut.style.cssText = `width: ${wide * scale}px; height: ${HEIGHT}px;
      background: url("${picture.src}") ${-left * scale}px ${-top * scale}px / ${width * scale}px auto no-repeat`;
    cut.style.setProperty("--x", `${AROUND * tall * scale}px`);
    cut.style.setProperty("--w", `${(doubt.width / 100) * width * scale}px`);
  }

  function open(event, button, doubt) {
    event.stopPropagation();
    const field = button.closest(".field");
    besshi.choose(field.closest(".record"), field, besshi.records);
    showCut(doubt);
    what.textContent = `Read as ${doubt.character}, ${Math.floor(doubt.confidence * 100)} % sure.`
      + (doubt.alternatives ? " It may be:" : "");
    choices.replaceChildren(...[...doubt.alternatives].map((letter) => {
      const choice = document.createElement("button");
      choice.type = "button";
      choice.lang = "ja";
      choice.textContent = letter;
      choice.addEventListener("click", () => choose(field, doubt, letter));
      return choice;
    }), correctButton(field));
    card.showPopover();
    const place = button.getBoundingClientRect();
    const below = place.bottom + 8 + card.offsetHeight < innerHeight;
    card.style.top = `${below ? place.bottom + 8 : place.top - 8 - card.offsetHeight}px`;
    card.style.left = `${Math.max(8, Math.min(place.left - 40, innerWidth - card.offsetWidth - 8))}px`;
    choices.querySelector("button").focus();
  }

  function correctButton(field) {
    const other = document.createElement("button");
    other.type = "button";
    other.textContent = "Another…";
    other.addEventListener("click", () => {
      card.hidePopover();
      besshi.correct(field);
    });
    return other;
  }

  async function choose(field, doubt, letter) {
    card.hidePopover();
    const found = field.querySelector(".text").textContent;
    const letters = [...found];
    letters.splice(doubt.at, 1, letter);
    try {
      await besshi.save({
        record: field.closest(".record").dataset.record,
        field: field.dataset.field,
        found,
        right: letters.join(""),
        why: `compared with page ${doubt.page}`,
        who: besshi.who(),
      });
    } catch { /* it is told */ }
  }
}
