// Reading the description of the fields: what stands behind a path, and what a field is for.
import model from "generated:model";

export const root = model.schema;
const FIRST = ["verbe", "mode"];
const LAST = ["source", "aussi", "passage", "statut", "reserve"];

/** A schema without its references. */
export const resolved = (schema) => (schema?.$ref ? { ...root.$defs[schema.$ref.split("/").pop()], ...omit(schema, "$ref") } : schema);

function omit(object, key) {
  const { [key]: _, ...rest } = object;
  return rest;
}

/** The schema behind a path, or nothing when the model does not know it. */
export function schemaAt(path) {
  let schema = root;
  for (const step of path) {
    schema = resolved(typeof step === "number" ? schema?.items : schema?.properties?.[step]);
    if (!schema) return undefined;
  }
  return schema;
}

/** The name of the class that owns the last step. */
export const ownerOf = (path) => (path.length < 2 ? "Cas" : resolved(schemaAt(path.slice(0, -1)))?.title ?? "Cas");

/** The fields of a record in the order they are written: what it is about, its own, then those of the source. */
export function fieldsOf(schema) {
  const names = Object.keys(schema?.properties ?? {});
  const first = schema?.required?.filter((name) => FIRST.includes(name)) ?? [];
  return [...first, ...names.filter((name) => !first.includes(name) && !LAST.includes(name)), ...names.filter((name) => LAST.includes(name))];
}

export const labelOf = (owner, name) => model.libelles[`${owner}.${name}`] ?? model.libelles[name] ?? name;
export const isLong = (schema) => schema?.maxLength > 500;
export const isNumber = (schema) => Array.isArray(schema?.type) && schema.type.includes("number");
export const isDate = (schema) => Array.isArray(schema?.type) && schema.type.includes("integer") && !schema.type.includes("number");
export const isTick = (schema) => schema?.pattern === "^oui$";
export const isListOfRecords = (schema) => schema?.type === "array" && resolved(schema.items)?.type === "object";

/** Calls `visit(path, value, schema)` for each text of the data. */
export function eachText(value, schema, visit, path = []) {
  if (Array.isArray(value)) value.forEach((item, index) => eachText(item, resolved(schema?.items), visit, [...path, index]));
  else if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) eachText(item, resolved(schema?.properties?.[name]), visit, [...path, name]);
  } else visit(path, value ?? "", schema);
}

/** Calls `visit(path, record, class)` for each record of the data, the case first. */
export function eachRecord(value, schema, visit, path = []) {
  if (Array.isArray(value)) return value.forEach((item, index) => eachRecord(item, resolved(schema?.items), visit, [...path, index]));
  if (typeof value !== "object" || value === null) return undefined;
  visit(path, value, schema?.title ?? (path.length ? "" : "Cas"));
  for (const [name, item] of Object.entries(value)) eachRecord(item, resolved(schema?.properties?.[name]), visit, [...path, name]);
  return undefined;
}

/** `["soutiens", 0, "montant"]` → `soutiens[0].montant`. */
export const dotted = (path) => path.reduce((text, step) => (typeof step === "number" ? `${text}[${step}]` : text ? `${text}.${step}` : step), "");
