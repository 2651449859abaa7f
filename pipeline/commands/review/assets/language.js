// The pages are written in English. Where the reader wants Japanese, each text is replaced by what
// japanese.js has for it, as the command line does (pipeline/commands/translation/catalogue.py).
"use strict";

besshi.language = besshi.recall("language") ?? (navigator.language.startsWith("ja") ? "ja" : "en");

{
  const SEPARATORS = [" · ", ": ", "; ", ", "];
  const SKIPPED = "textarea, input, script, style, [translate=no], [lang=ja]:not(html), .text, .physical, .id";
  const ATTRIBUTES = ["title", "aria-label", "placeholder"];
  const known = new Map();

  /** The values in a message, in their order; null: the message is another one. */
  function findValues(literals, kinds, message) {
    const first = literals[0], last = literals.at(-1);
    if (!message.startsWith(first)) return null;
    const values = [];
    let at = first.length;
    for (const literal of literals.slice(1, -1)) {
      const end = message.indexOf(literal, at);
      if (end < 0) return null;
      values.push(message.slice(at, end));
      at = end + literal.length;
    }
    const end = message.length - last.length;
    if (end < at || !message.endsWith(last)) return null;
    values.push(message.slice(at, end));
    if (!first && values[0].includes(": ")) return null;
    return kinds.some((kind, n) => kind === "number" && !/^[\d.,]+( ?%)?$/.test(values[n])) ? null : values;
  }

  function find(message) {
    const { fixed, templates } = besshi.japanese;
    if (Object.hasOwn(fixed, message)) return fixed[message];
    for (const [literals, kinds, translation] of templates) {
      const values = findValues(literals, kinds, message)
        ?.map((value, n) => (kinds[n] === "name" ? value : translate(value)));
      if (values) return translation.replace(/\0(\d+)\0/g, (_, place) => values[place]);
    }
    return null;
  }

  function translateParts(message) {
    const found = SEPARATORS.filter((separator) => message.includes(separator));
    if (!found.length) return message;
    const place = (separator) => message.indexOf(separator);
    const separator = found[0] === SEPARATORS[0]
      ? found[0] : found.reduce((one, other) => (place(other) < place(one) ? other : one));
    const rest = message.slice(place(separator) + separator.length);
    return translate(message.slice(0, place(separator))) + separator + translate(rest);
  }

  /** What is said about a field: `revision ends in …`. */
  function translateAbout(message) {
    const at = message.indexOf(" ");
    const known = Object.hasOwn(besshi.japanese.fixed, message.slice(0, Math.max(at, 0)));
    const said = known && find(message.slice(at + 1));
    return said ? `${besshi.japanese.fixed[message.slice(0, at)]} ${said}` : null;
  }

  function translate(message) {
    if (!/[a-z]{2}/.test(message)) return message;
    // Parts with a dot between them are messages of their own, which no value of another one spans.
    const whole = message.includes(SEPARATORS[0]) ? null : find(message) ?? translateAbout(message);
    if (!known.has(message)) known.set(message, whole ?? translateParts(message));
    return known.get(message);
  }

  /** A text that the page writes into an input, in the reader's language. */
  besshi.inLanguage = (text) => (besshi.language === "ja" ? translate(text) : text);

  function translateText(node) {
    const text = node.data.trim();
    if (!text || node.parentElement?.closest(SKIPPED)) return;
    const translation = translate(text.replace(/\s+/g, " "));
    if (translation !== text) node.data = node.data.replace(text, () => translation);
  }

  function translateTree(root) {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    for (const element of [root, ...root.querySelectorAll("[title], [aria-label], [placeholder]")]) {
      for (const name of ATTRIBUTES) {
        const text = element.getAttribute(name);
        const translation = text && translate(text);
        if (translation !== text) element.setAttribute(name, translation);
      }
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) translateText(walker.currentNode);
  }

  function showJapanese() {
    document.documentElement.lang = "ja";
    translateTree(document.body);
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === "characterData") translateText(change.target);
        else if (change.type === "attributes") translateTree(change.target);
        else change.addedNodes.forEach(translateTree);
      }
    }).observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
    });
  }

  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("language");
    button.addEventListener("click", () => {
      besshi.keep("language", besshi.language === "ja" ? "en" : "ja");
      location.reload();
    });
    if (besshi.language !== "ja") return;
    button.textContent = "English";
    button.lang = "en";
    showJapanese();
  });
}
