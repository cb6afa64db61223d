// Data → YAML, as the fiches are written by hand: two spaces, straight quotes, paragraphs as a block.
import model from "generated:model";
import { fieldsOf, isListOfRecords, isLong, isNumber, resolved, root } from "./schema.js";
import { isRecord } from "./text.js";

const NUMBER = /^(0|[1-9][0-9]{0,11})([.,][0-9]{1,4})?$/;
const WORD = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const OTHER_MEANINGS = new Set(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "oui", "non"]);

/** One text as it stands after « nom: » ; `indent` is the column of the name. */
export function scalar(text, schema, indent) {
  if (text.includes("\n") && isLong(schema)) {
    const margin = " ".repeat(indent + 2);
    return "|-\n" + text.split("\n").map((line) => (line.trim() ? margin + line.trimEnd() : "")).join("\n");
  }
  if (isNumber(schema) && NUMBER.test(text)) return text;
  if (WORD.test(text) && !OTHER_MEANINGS.has(text)) return text;
  if (text === "oui" && schema?.pattern === "^oui$") return text;
  return `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n")}"`;
}

/** A field and its value, one string per line, without the final line break. */
export function field(name, value, schema, indent) {
  const margin = " ".repeat(indent);
  if (Array.isArray(value)) {
    if (isListOfRecords(schema) || value.some((item) => typeof item !== "string")) {
      return value.length ? [`${margin}${name}:`, ...value.flatMap((item) => element(item, schema?.items, indent + 2))] : [`${margin}${name}: []`];
    }
    if (!(resolved(schema?.items)?.maxLength >= 400) && value.every((item) => item.length < 40)) return [`${margin}${name}: [${value.map((item) => scalar(item, resolved(schema?.items), indent)).join(", ")}]`];
    return [`${margin}${name}:`, ...value.flatMap((item) => element(item, schema?.items, indent + 2))];
  }
  if (isRecord(value)) return [`${margin}${name}:`, ...record(value, schema, indent + 2)];
  return `${margin}${name}: ${scalar(String(value), schema, indent)}`.split("\n");
}

/** An element of a list, from its dash. */
export function element(value, schema, indent) {
  const inner = resolved(schema);
  if (!isRecord(value)) return `${" ".repeat(indent)}- ${scalar(String(value), inner, indent)}`.split("\n");
  const lines = record(value, inner, indent + 2);
  return [`${" ".repeat(indent)}- ${lines[0].slice(indent + 2)}`, ...lines.slice(1)];
}

/** The fields of a record, in the order of the model; unknown ones at the end. */
export function record(value, schema, indent) {
  const known = fieldsOf(schema).filter((name) => name in value);
  const others = Object.keys(value).filter((name) => !known.includes(name));
  return [...known, ...others].flatMap((name) => field(name, value[name], resolved(schema?.properties?.[name]), indent));
}

/** A whole new file. */
export function write(data) {
  const lines = [model.entete];
  for (const name of [...Object.keys(root.properties), ...Object.keys(data).filter((key) => !(key in root.properties))]) {
    if (!(name in data)) continue;
    const written = field(name, data[name], resolved(root.properties[name]), 0);
    if (lines.length > 1 && written.length > 1) lines.push("");
    lines.push(...written);
  }
  return lines.join("\n") + "\n";
}
