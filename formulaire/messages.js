// What the compiled checks found wrong, told as macros/messages.py tells it: one sentence, and what to write.
import model from "generated:model";
import { fieldsOf, isDate, isNumber, labelOf, ownerOf, schemaAt } from "./schema.js";
import { nearest, plain, slug } from "./text.js";

const DATES = "2024, 2024-05, 2024-05-13, 2021-T1, 2013-2016, « début 2021 », « printemps 2024 » ou « vers 2015 »";
const short = (value) => {
  const text = typeof value === "string" ? value.split(/\s+/).join(" ").trim() : "…";
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
};

/** The first example of a field, as one would type it. */
export function example(schema) {
  const first = schema?.examples?.[0];
  return typeof first === "string" ? first : Array.isArray(first) && first.every((item) => typeof item === "string") ? first.join(", ") : "";
}

/** Whether the values of a field are chosen in a list. */
const fromList = (owner, name, schema) => Boolean(model.listes[name]?.[owner] || model.tables[name] && !schema?.items?.$ref || schema?.enum);

/** An error of the compiled checks → `{path, message, remedy}`. `data` is the whole case. */
export function told(error, data) {
  const path = error.instancePath.split("/").slice(1).map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"))
    .map((step, index, steps) => (Array.isArray(steps.slice(0, index).reduce((inner, name) => inner?.[name], data)) ? Number(step) : step));
  const value = path.reduce((inner, step) => inner?.[step], data);
  const schema = schemaAt(path);
  const { params, keyword } = error;
  const described = [schema?.description, example(schema) && `Exemple : ${example(schema)}`].filter(Boolean).join(" ");
  switch (keyword) {
    case "required": {
      const here = [...path, params.missingProperty];
      const wanted = schemaAt(here);
      const name = labelOf(ownerOf(here), params.missingProperty);
      if (fromList(ownerOf(here), params.missingProperty, wanted)) return { path: here, message: `« ${name} » est obligatoire`, remedy: "Choisissez dans la liste." };
      return { path: here, message: `« ${name} » est obligatoire`, remedy: [example(wanted) && `Écrivez par exemple : ${example(wanted)}.`, plain(wanted?.description ?? "") !== `${plain(name)}.` && wanted?.description].filter(Boolean).join(" ") };
    }
    case "additionalProperties": {
      const name = params.additionalProperty;
      const near = nearest(name, fieldsOf(schema));
      return { path: [...path, name], message: `le champ « ${name} » n'existe pas ici`, remedy: near ? `vouliez-vous dire « ${near} » ?` : `champs possibles : ${fieldsOf(schema).join(", ")}`, unknown: true };
    }
    case "maxLength":
      return { path, message: `ce texte est trop long (${[...value].length} caractères, ${params.limit} au plus)`, remedy: `raccourcissez-le${params.limit > 500 ? ", ou répartissez-le en plusieurs éléments" : ""}` };
    case "minItems":
      return { path, message: value.length ? "cette liste est trop courte" : "cette liste est vide", remedy: `donnez au moins ${params.limit} élément${params.limit > 1 ? "s" : ""}` };
    case "maxItems":
      return { path, message: `cette liste est trop longue (${value.length} éléments)`, remedy: `gardez-en ${params.limit} au plus` };
    case "enum": {
      const near = nearest(String(value), params.allowedValues ?? schema.enum);
      return { path, message: `« ${short(value)} » n'est pas un mot connu`, remedy: near ? `vouliez-vous dire « ${near} » ?` : "choisissez dans la liste" };
    }
    case "pattern":
      return { path, ...shape(String(value), schema, path[path.length - 1]) };
    case "type":
      if (schema?.type === "array") return { path, message: "une liste est attendue", remedy: "commencez chaque élément par un tiret" };
      if (schema?.type === "object") return { path, message: `« ${short(value)} » seul ne suffit pas : des champs sont attendus`, remedy: `écrivez au moins ${schema.required.join(", ")}` };
      return { path, message: "un texte simple est attendu, pas une liste ni un groupe de champs", remedy: described };
    default:
      return { path, message: `« ${short(value)} » n'est pas acceptable`, remedy: described };
  }
}

/** A text that has not the shape it should. */
function shape(value, schema, name) {
  const text = short(value);
  if (isDate(schema)) return { message: `« ${text} » n'est pas une date`, remedy: `écrivez ${dateMeant(value) || DATES}` };
  if (isNumber(schema)) {
    const digits = value.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
    const grouped = /^\d{1,3}([ \u00a0\u202f.]\d{3})+( ?(€|euros?))?$|^\d+ ?(€|euros?)$/.test(value);
    const kind = name === "montant" ? "n'est pas un montant" : "n'est pas un nombre";
    const remedy = name === "montant" ? "écrivez un nombre seul, en euros, sans espace ni symbole" : "écrivez un nombre seul, en chiffres";
    return { message: `« ${text} » ${kind}`, remedy: grouped ? `écrivez un nombre seul : ${digits} (${name === "montant" ? "l'unité est l'euro" : "l'unité est dite par le champ"})` : remedy };
  }
  const said = model.motifs[schema.pattern];
  if (!said) return { message: `« ${text} » n'est pas un identifiant`, remedy: `écrivez « ${slug(value) || "creche-associative"} » : en minuscules, sans accent, avec des tirets` };
  const zero = new RegExp(schema.pattern).test(`0${value}`);
  return { message: `« ${text} » ${said.message}`, remedy: zero ? `écrivez 0${value} : le zéro compte` : said.remede.replace(", entre guillemets", "") };
}

const MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

/** Why a text is not a date, or nothing when it is one. */
export const dateFault = (text) => (new RegExp(model.date).test(text) && !(/^\d{4}-\d\d-\d\d$/.test(text) && !dayExists(text)) ? "" : `« ${short(text)} » n'est pas une date : écrivez ${dateMeant(text) || DATES}`);

function dateMeant(text) {
  const two = (value) => String(value).padStart(2, "0");
  const numbers = /^([0-3]?\d)[/.-]([01]?\d)[/.-]((?:19|20)\d{2})$/.exec(text);
  if (numbers) return `${numbers[3]}-${two(numbers[2])}-${two(numbers[1])}`;
  const words = new RegExp(`^(?:([0-3]?\\d)(?:er)? )?(${MONTHS.join("|")}) ((?:19|20)\\d{2})$`).exec(text.toLowerCase());
  if (words) return `${words[3]}-${two(MONTHS.indexOf(words[2]) + 1)}${words[1] ? `-${two(words[1])}` : ""}`;
  const years = new Set((text.match(/\d+/g) ?? []).filter((number) => /^(19|20)\d{2}$/.test(number)));
  const [year] = years;
  return years.size === 1 ? `${year}, ${year}-05, « début ${year} » ou « vers ${year} »` : "";
}

/** The day a full date names, or nothing when the calendar has none. */
export function dayExists(text) {
  const [year, month, day] = text.split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export const emptyText = (path) => {
  const parent = schemaAt(path.slice(0, -1));
  const name = path[path.length - 1];
  return parent?.required?.includes(name)
    ? { path, message: "ce champ est vide, et il est obligatoire", remedy: [example(schemaAt(path)) && `Écrivez par exemple : ${example(schemaAt(path))}.`, schemaAt(path)?.description].filter(Boolean).join(" ") }
    : { path, message: "il n'y a rien ici", remedy: "écrivez une valeur, ou supprimez la ligne" };
};

