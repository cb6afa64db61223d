// What deserves a second look and stops nothing: the same advice as macros/advice.py, from the same words and limits.
import model from "generated:model";
import { eachRecord, eachText, root } from "./schema.js";

const { prose, mots: MOST_WORDS, jours: MOST_DAYS, vagues: VAGUE } = model.conseils;
const NOT_OURS = /«[^»]*»|\]\([^)]*\)|https?:\/\/\S+/g;

/** Every piece of advice on a case: `{path, message, remedy, level: "alerte"}`. */
export function advice(data, { lists, today }) {
  const found = [];
  const told = new Set();
  const add = (path, message, remedy) => found.push({ path, message, remedy, level: "alerte" });
  eachText(data, root, (path, value) => {
    if (typeof value !== "string" || !prose.includes([...path].reverse().find((step) => typeof step === "string"))) return;
    for (const acronym of lists ? unexplained(value) : []) {
      if (lists.sigles.includes(acronym) || told.has(acronym)) continue;
      told.add(acronym);
      add(path, `le sigle « ${acronym} » n'est pas au glossaire`, `écrivez-le en toutes lettres, ou expliquez-le juste après : « ${acronym} (…) »`);
    }
    const longest = longestSentence(value);
    if (longest > MOST_WORDS) add(path, `une phrase compte ${longest} mots`, `coupez-la en deux : on se perd au-delà de ${MOST_WORDS}`);
  });
  eachRecord(data, root, (path, record, kind) => {
    if (kind === "Chiffre" && !record.perimetre && record.statut !== "calcule") add(path, "ce chiffre ne dit pas sur quoi il est compté", "remplissez « Territoire ou ensemble compté » : Pays de la Loire");
  });
  age(data, today, add);
  return found;
}

function age(data, today, add) {
  const checks = Array.isArray(data.verifications) ? data.verifications : [];
  const dates = (checks.length ? checks.map((check) => check?.date) : [data.redige_le]).map(key).filter(Boolean).sort();
  const last = dates.pop();
  if (!last || !today || (new Date(today) - new Date(last)) / 86_400_000 <= MOST_DAYS) return;
  add(checks.length ? ["verifications", checks.length - 1] : ["redige_le"], "cette fiche n'a pas été vérifiée depuis plus de deux ans", "demandez à qui peut la confirmer, puis ajoutez une vérification");
}

/** Where a date stands in time, as macros/model/values.py places it. */
function key(text) {
  const year = /(?:19|20)\d\d/.exec(text ?? "")?.[0];
  if (!year) return "";
  const exact = /^\d{4}-(\d\d)(?:-(\d\d))?$/.exec(text);
  if (exact) return `${year}-${exact[1]}-${exact[2] ?? "01"}`;
  const quarter = /^\d{4}-T([1-4])$/.exec(text);
  if (quarter) return `${year}-${String(quarter[1] * 3 - 2).padStart(2, "0")}-01`;
  if (/^\d{4}$/.test(text)) return `${year}-06-15`;
  return `${year}-${String(VAGUE[text.split(" ")[0]] ?? 1).padStart(2, "0")}-01`;
}

/** The acronyms a text uses without saying what they stand for. */
function unexplained(text) {
  const kept = text.replace(NOT_OURS, " ");
  const found = [];
  for (const match of kept.matchAll(/[\p{L}\p{N}_-]+/gu)) {
    const [word] = match;
    if (!/^[A-ZÀ-Ý]{2,}$/.test(word) || /^[IVXLC]+$/.test(word) || found.includes(word)) continue;
    const before = kept.slice(0, match.index);
    const after = kept.slice(match.index + word.length);
    if (!after.startsWith(" (") && !(before.endsWith("(") && after.startsWith(")"))) found.push(word);
  }
  return found;
}

/** The number of words of the longest sentence. */
function longestSentence(text) {
  let longest = 0;
  for (const line of text.split("\n")) {
    let count = 0;
    for (const word of line.split(/\s+/)) {
      if (/[\p{L}\p{N}]/u.test(word)) count += 1;
      longest = Math.max(longest, count);
      if (/[.!?…][»)"]*$/.test(word)) count = 0;
    }
  }
  return longest;
}
