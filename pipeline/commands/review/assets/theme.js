// Light or dark as the system is, or as the reader chose. In the head, so that nothing flashes.
"use strict";

const besshi = {
  /** What the browser keeps for the reader; a page opened from disk may be denied it. */
  recall(name) {
    try { return localStorage.getItem(`besshi.${name}`); } catch { return null; }
  },
  keep(name, value) {
    try { localStorage.setItem(`besshi.${name}`, value); } catch { /* then it is asked again */ }
  },
  turnTheme() {
    const root = document.documentElement;
    const dark = getComputedStyle(root).colorScheme === "dark"
      || (root.dataset.theme === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    besshi.keep("theme", root.dataset.theme);
  },
};

{
  const chosen = besshi.recall("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme").addEventListener("click", besshi.turnTheme);
  });
}
