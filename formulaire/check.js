// The verdict on a case: the compiled checks of the schema, then the rules. The same as `make check`, for all that one file can tell.
import model from "generated:model";
import validate from "generated:validator";
import { advice } from "./advice.js";
import { dayExists, emptyText, told } from "./messages.js";
import { broken } from "./rules.js";
import { dotted, eachText, fieldsOf, isDate, isLong, resolved, root, schemaAt } from "./schema.js";
import { isRecord, nearest } from "./text.js";

const SHOWN = model.sections.flatMap((section) => section.champs);

/** Every problem of the data, in the order of the fields: `{path, field, message, remedy, level}`. */
export function check(data, known) {
  const read = asRead(data, root);
  const problems = [];
  const taken = new Set();
  const add = (problem) => {
    const field = dotted(problem.path);
    if (taken.has(`${field} ${problem.message}`)) return;
    taken.add(`${field} ${problem.message}`);
    problems.push({ ...problem, level: problem.level ?? "erreur", field });
  };
  const silent = new Set();
  eachText(read, root, (path, value, schema) => {
    if (typeof value !== "string") return;
    if (!value) {
      silent.add(dotted(path));
      add(emptyText(path));
    } else if (value.includes("\n") && !isLong(schema)) {
      silent.add(dotted(path));
      add({ path, message: "ce champ tient sur une seule ligne", remedy: "supprimez les retours à la ligne" });
    } else if (isDate(schema) && /^\d{4}-\d\d-\d\d$/.test(value) && !dayExists(value)) {
      add({ path, message: `le jour « ${value} » n'existe pas`, remedy: "vérifiez le jour et le mois : année-mois-jour" });
    }
  });
  validate(read);
  const errors = (validate.errors ?? []).map((error) => told(error, read));
  const unknown = errors.filter((error) => error.unknown);
  for (const error of errors) {
    const misspelt = unknown.some((other) => !error.unknown && nearest(other.path[other.path.length - 1], [error.path[error.path.length - 1]]) && dotted(other.path.slice(0, -1)) === dotted(error.path.slice(0, -1)));
    if (!silent.has(dotted(error.path)) && !misspelt) add(error);
  }
  const wrong = new Set(problems.map((problem) => problem.field));
  if (!errors.some((error) => /une liste est attendue|des champs sont attendus/.test(error.message))) {
    for (const problem of [...broken(read, known), ...advice(read, known)]) if (!wrong.has(dotted(problem.path))) add(problem);
  }
  return problems.sort((a, b) => inOrder(a.path, b.path));
}

/** Compares two paths as the form shows their fields: a group before what it holds, an unknown field last. */
function inOrder(a, b) {
  const step = a.findIndex((name, index) => name !== b[index]);
  if (step < 0 || step >= b.length) return a.length - b.length;
  if (typeof a[step] === "number") return a[step] - b[step];
  const known = step ? fieldsOf(schemaAt(a.slice(0, step))) : SHOWN;
  const rank = (name) => (known.includes(name) ? known.indexOf(name) : known.length);
  return rank(a[step]) - rank(b[step]);
}

/** The data as the model reads it: short texts on one line, paragraphs trimmed. */
function asRead(value, schema) {
  if (Array.isArray(value)) return value.map((item) => asRead(item, resolved(schema?.items)));
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asRead(item, resolved(schema?.properties?.[name]))]));
  const text = String(value ?? "").trim();
  return isLong(schema) || text.includes("\n") ? text : text.split(/\s+/).join(" ");
}

/** The data without what was left blank: empty texts, empty lists, empty groups. An empty list the model asks for stays. */
export function pruned(value, top = true) {
  if (Array.isArray(value)) return value.map((item) => pruned(item, false)).filter((item) => item !== "" && !(isRecord(item) && !Object.keys(item).length));
  if (typeof value !== "object" || value === null) return String(value ?? "").trim() ? value : "";
  const kept = {};
  for (const [name, item] of Object.entries(value)) {
    const inner = pruned(item, false);
    const empty = inner === "" || (Array.isArray(inner) && !inner.length);
    if (!empty || (name === "leviers" && top && Array.isArray(inner))) kept[name] = inner;
  }
  return kept;
}

