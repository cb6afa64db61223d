// What the schema cannot say: the rules of macros/rules.py and macros/places.py that one file alone can break.
import model from "generated:model";
import { eachRecord, eachText, root } from "./schema.js";
import { nearest } from "./text.js";

const LINK = /\]\(\s*<?([^)\s>]*)/g;

/** Every broken rule: `{path, message, remedy}`, and `level: "envoi"` for what only the whole collection can tell. */
export function* broken(data, known) {
  yield* people(data, known);
  yield* identifiers(data, known);
  yield* figures(data);
  yield* links(data);
  yield* letters(data);
  yield* card(data);
  yield* levers(data);
  yield* places(data, known);
}

/** What must not be published about a person, in the fields, then in the comments of the file (`known.text`). */
function* people(data, { text }) {
  const rules = model.personnes.map(({ motif, message, remede }) => ({ pattern: new RegExp(motif, "i"), message, remedy: remede }));
  const found = [];
  eachText(data, root, (path, value) => {
    for (const { pattern, message, remedy } of rules) if (pattern.test(String(value))) found.push({ path, message, remedy });
  });
  yield* found;
  for (const [, comment] of String(text ?? "").matchAll(new RegExp(model.commentaire, "gm"))) {
    for (const { pattern, message, remedy } of rules) if (!found.length && pattern.test(comment)) yield { path: [], message, remedy };
  }
}

function* identifiers(data, { lists, declared, fresh }) {
  const found = [];
  eachText(data, root, (path, value) => {
    const name = [...path].reverse().find((step) => typeof step === "string");
    const table = model.tables[name];
    if (!table || typeof value !== "string" || value in (lists?.tables[table] ?? {}) || fresh?.[table]?.includes(value)) return;
    const later = (message) => found.push({ path, message, remedy: "il le sera à l'envoi", level: "envoi" });
    if (table === "sources" && declared?.includes(value)) return void later(`le document « ${value} » est déclaré par vous`);
    if (!lists?.tables[table]) return void later(`« ${value} » n'a pas pu être vérifié ici`);
    const near = nearest(value, Object.keys(lists.tables[table]));
    found.push({ path, message: `« ${value} » n'est pas dans la liste du site`, remedy: near ? `vouliez-vous dire « ${near} » ?` : table === "sources" ? "choisissez un document de la liste, ou déclarez le vôtre" : "choisissez dans la liste" });
  });
  yield* found;
}

function* figures(data) {
  const found = [];
  eachRecord(data, root, (path, record, kind) => {
    if (kind !== "Chiffre") return;
    if (record.unite === "%" && !record.de) found.push({ path: [...path, "unite"], message: "une part doit dire de quoi", remedy: "remplissez « Une part de quoi » : des établissements du secteur" });
    if (record.statut === "calcule" && !record.calcul) found.push({ path: [...path, "statut"], message: "un chiffre calculé doit montrer l'opération", remedy: "remplissez « L'opération » : 2 × 25 000 €" });
  });
  yield* found;
}

function* links(data) {
  const found = [];
  eachText(data, root, (path, value) => {
    for (const [, target] of String(value).matchAll(LINK)) {
      if (!/^(https?:\/\/|mailto:)/.test(target)) found.push({ path, message: `le lien « ${target} » n'est pas une adresse complète`, remedy: "écrivez une adresse qui commence par https://, ou retirez le lien" });
    }
  });
  yield* found;
}

/** Every text goes into a PDF too: a writing that its fonts do not draw could not. */
function* letters(data) {
  const undrawn = new RegExp(model.sans_dessin, "gu");
  const found = [];
  eachText(data, root, (path, value) => {
    const signs = [...new Set(String(value).match(undrawn))].join("");
    if (signs) found.push({ path, message: `« ${signs.slice(0, 20)} » manque dans les polices du PDF`, remedy: "écrivez-le autrement, en toutes lettres" });
  });
  yield* found;
}

function* card(data) {
  for (const [index, name] of list(data.sans_objet).entries()) {
    if (!model.carte.includes(name)) yield { path: ["sans_objet", index], message: `« ${name} » n'est pas une ligne de la carte d'identité`, remedy: `choisissez parmi : ${model.carte.join(", ")}` };
    else if (list(data[name]).length) yield { path: ["sans_objet", index], message: `« ${name} » est dit sans objet, mais il a une valeur`, remedy: "retirez l'un des deux" };
  }
}

function* levers(data) {
  const seen = new Set();
  for (const [index, shown] of list(data.leviers).entries()) {
    if (!list(shown.actions).length && !shown.remarque) yield { path: ["leviers", index], message: `rien n'est dit de ce que la collectivité a fait pour « ${shown.levier ?? "…"} »`, remedy: "ajoutez une action, ou dites dans « Pourquoi ce levier » pourquoi aucune n'est décrite" };
    if (!list(shown.editions).length && !shown.remarque) yield { path: ["leviers", index, "remarque"], message: `il manque une phrase : pourquoi « ${shown.levier ?? "…"} » ?`, remedy: "aucune édition de la fiche du RTES n'imprime ce rattachement : dites pourquoi vous le choisissez" };
    if (seen.has(shown.levier)) yield { path: ["leviers", index, "levier"], message: `le levier « ${shown.levier} » est déjà cité dans ce cas`, remedy: "regroupez les actions sous une seule entrée" };
    seen.add(shown.levier);
  }
}

const list = (value) => (Array.isArray(value) ? value : []);

function* places(data, { lists, communes, groupings, codes }) {
  if (!lists) {
    for (const index of list(data.lieux).keys()) yield { path: ["lieux", index], message: "ce lieu n'a pas pu être vérifié ici", remedy: "il le sera à l'envoi", level: "envoi" };
    return;
  }
  for (const [index, support] of list(data.soutiens).entries()) {
    if (support.insee && !codes?.has(support.insee)) yield { path: ["soutiens", index, "insee"], message: `le code ${support.insee} n'a pas pu être vérifié ici`, remedy: "il le sera à l'envoi", level: "envoi" };
  }
  for (const [index, place] of list(data.lieux).entries()) {
    const at = (name, message, remedy, level) => ({ path: name ? ["lieux", index, name] : ["lieux", index], message, remedy, level });
    const { commune, insee, departement, region, epci } = place;
    const county = lists.departements[departement];
    if (commune && !insee) {
      const offline = communes?.(commune) === undefined;
      yield at("commune", `le code INSEE de ${commune} manque`, offline ? "sans connexion, écrivez-le dans « Plus de précisions »" : "tapez le nom de la commune et choisissez-la dans la liste proposée");
    } else if (insee && !commune) {
      yield at("insee", "le nom de la commune manque", "tapez son nom et choisissez-la dans la liste proposée");
    } else if (insee) {
      const rows = communes?.(commune);
      if (rows === undefined) {
        yield at("insee", `le code de ${commune} n'a pas pu être vérifié ici`, "il le sera à l'envoi", "envoi");
        continue;
      }
      const row = rows.find((one) => one[0].replace(/’/g, "'") === commune.replace(/’/g, "'") && one[1] === insee);
      if (!row) {
        yield at("insee", `le code ${insee} n'est pas celui de ${commune}`, "tapez le nom de la commune et choisissez-la dans la liste proposée");
        continue;
      }
      if (!departement) yield at("insee", "le département manque", `écrivez ${row[2]}`);
      else if (departement !== row[2]) yield at("departement", `${commune} n'est pas dans le département ${departement}`, `écrivez ${row[2]}`);
      if (region && region !== row[3]) yield at("region", `${commune} n'est pas dans la région ${region}`, `écrivez ${row[3]}`);
      if (epci && epci !== row[4]) yield at("epci", `${commune} n'appartient pas à l'intercommunalité ${epci}`, `écrivez ${row[4]} (${row[5]})`);
    } else {
      if (departement && !county) yield at("departement", `« ${departement} » n'est le code d'aucun département`, "écrivez le code officiel : 01, 2A, 974");
      else if (county && region && county[1] !== region) yield at("region", `le département ${departement} n'est pas dans la région ${region}`, `écrivez ${county[1]} (${lists.regions[county[1]]})`);
      if (region && !lists.regions[region]) yield at("region", `« ${region} » n'est le code d'aucune région`, `choisissez parmi : ${Object.entries(lists.regions).map(([code, name]) => `${code} (${name})`).join(", ")}`);
      if (epci && groupings && !groupings[epci]) yield at("epci", `« ${epci} » n'est le SIREN d'aucune intercommunalité`, "cherchez le SIREN à neuf chiffres de l'intercommunalité");
      if (!departement && !region && !epci) yield at("", "ce lieu ne dit pas où il est", "tapez le nom de la commune, ou donnez au moins le département ou la région");
    }
  }
}
