// Finds annexes by name.
"use strict";

document.getElementById("find")?.addEventListener("input", (event) => {
  const words = event.target.value.normalize("NFKC").toLowerCase().split(/\s+/);
  for (const annex of document.querySelectorAll(".annex")) {
    const text = annex.querySelector(".what").textContent.normalize("NFKC").toLowerCase();
    annex.hidden = !words.every((word) => text.includes(word));
  }
});
