// What a field lets one choose from: `[[identifier, name, help]]`, or nothing for a free text.
import model from "generated:model";
import { resolved } from "./schema.js";

/** The choices of a field of class `owner`, grouped when the list is long. */
export function choicesOf(owner, name, schema, lists, documents) {
  const inner = schema.type === "array" ? resolved(schema.items) : schema;
  const group = model.listes[name]?.[owner];
  if (group && lists) return Object.entries(lists.vocabulaires[group]).map(([key, word]) => [key, word.nom, word.aide]);
  if (name === "sans_objet") return model.carte.map((key) => [key, model.libelles[key]]);
  const table = model.tables[name];
  if (table === "sources" && lists) return [...documents.map((one) => [one.id, `${one.titre} (déclaré par vous)`]), ...Object.entries(lists.tables.sources)];
  if (table && lists?.tables[table] && inner.type === "string") return Object.entries(lists.tables[table]);
  return inner.enum?.map((key) => [key, model.mots[key] ?? key]);
}

/** The sentence of help, without what concerns only those who write the file. */
export function helpOf(schema, choices) {
  const said = schema.description ?? "";
  if (!choices) return said;
  return said.replace(/ ?: son identifiant dans references\/[a-z-]+\.yml/, "").replace(/,? dans references\/[a-z-]+\.yml( ?:[^.]*)?/, "").replace(/^Identifiant du/, "Le")
    .replace(/^[a-z-]+ : .*$/, "").replace(/ Liste vide « \[\] »/, " Aucun");
}

/** What a field admits, in words. */
export function limitOf(schema, choices) {
  if (schema.type === "array") return schema.maxItems ? `${schema.maxItems} au plus.` : "";
  return !choices && schema.maxLength && schema.maxLength < 3001 && schema.maxLength !== 60 ? `${schema.maxLength} caractères au plus.` : "";
}
