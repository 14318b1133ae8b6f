// The page's own words, in its visitor's language. They come with the page: no sentence stands in these scripts.

const WORDS = JSON.parse(document.getElementById("words").textContent);
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** The language to write numbers and times in: the browser's own kind of the page's language. */
export const LOCALE = localeOf(document.documentElement.lang, navigator.languages);

function localeOf(language, wished) {
  const same = wished.find((one) => one.split("-")[0] === language.split("-")[0]);
  return same ?? language;
}

export const isRightToLeft = document.documentElement.dir === "rtl";

/** A sentence with its values filled in. */
export const word = (code, values = {}) => worded(code, values).join("");

/** The same in pieces, so that a value may be an element; for h(). */
export function worded(code, values = {}) {
  const pieces = templateOf(code, values.count).split(/\{(\w+)\}/);
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : contained(values[piece] ?? ""))).filter((piece) => piece !== "");
}

// Where a sentence counts, its variant for one is taken, if the language has it.
function templateOf(code, count) {
  return (count === 1 ? WORDS[`${code}_one`] : undefined) ?? WORDS[code] ?? code;
}

// Words from the right must not turn the sentence around them.
function contained(value) {
  if (value instanceof Node) return value;
  return RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : String(value);
}
