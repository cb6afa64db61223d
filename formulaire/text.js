// Small tools on text. `drawer` and `slug` give the same answers as macros/form_data.py and macros/problems.py.
import model from "generated:model";

const FORBIDDEN = new RegExp(model.caracteres[0].motif.replace(/\\U000([0-9a-f]{5})/gi, "\\u{$1}").replace(/[\u{f0000}-\u{10ffff}]/gu, (c) => `\\u{${c.codePointAt(0).toString(16)}}`), "gu");

/** What was typed or pasted, without what the checks refuse: invisible characters, tabs, strange spaces in the margin. */
export function clean(text) {
  return text.replace(/\r\n?/g, "\n").replace(/[\u2028\u2029\u0085]/g, "\n").replace(/\t/g, " ").replace(FORBIDDEN, "")
    .replace(/^[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/gm, "").normalize("NFC");
}

/** Spaces, apostrophes and quotes as a French reader expects them. */
export const french = (text) => text.replace(/(\p{L})'(?=\p{L})/gu, "$1’").replace(/ ([;!?%])/g, "\u202f$1").replace(/ ([:»€])/g, "\u00a0$1").replace(/« /g, "«\u00a0").replace(/(\d) (?=\d{3}(?!\d))/g, "$1\u202f");

/** A capital at the beginning, a full stop at the end. */
export const sentence = (text) => text && ended(`${text[0].toUpperCase()}${text.slice(1)}`);

/** A full stop at the end, unless there is a sign already. */
export const ended = (text) => `${text}${/[.?!…]$/.test(text) ? "" : "."}`;

/** Lower case, without accents. */
export const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae");

/** « Crèche des Bulles » → creche-des-bulles. */
export const slug = (text) => (plain(text).match(/[a-z0-9]+/g) ?? []).join("-").slice(0, 60).replace(/-$/, "");

const bare = (name) => plain(name).replace(/[^a-z]+/g, "-").replace(/^-|-$/g, "").replace(/^(le|la|les|l)-/, "");

/** The file of `communes/` where a name is kept. */
export function drawer(name) {
  const letters = bare(name);
  const saint = /^(saint|sainte|st|ste)-([a-z])/.exec(letters);
  return saint ? `saint-${saint[2]}` : letters.slice(0, 2);
}

/** Whether a commune answers to what is being typed. */
export function begins(name, typed) {
  const short = (text) => bare(text).replace(/^st(e?)-/, "saint$1-");
  return short(name).startsWith(short(typed));
}

/** The closest of `words`, or nothing: at most a third of the letters differ. */
export function nearest(word, words) {
  let best = null;
  for (const candidate of words) {
    const far = distance(word, candidate) / Math.max(word.length, candidate.length, 1);
    if (far <= 0.34 && (!best || far < best.far)) best = { far, candidate };
  }
  return best?.candidate ?? "";
}

function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

export const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);
export const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
