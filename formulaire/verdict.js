// For the tests: node verdict.mjs <lists.json> <folder of communes> <groupings.json> <case.yml>… → one JSON line per file.
// `--sans-listes <case.yml>…`: the same without the lists, as when the site cannot be reached. `--ecrire`, `--reprendre`, `--nettoyer <file.json>`: see below.
import { existsSync, readFileSync } from "node:fs";
import { amended } from "./amend.js";
import { check, pruned } from "./check.js";
import { read } from "./read.js";
import { clean, drawer } from "./text.js";
import { write } from "./write.js";

const [, , ...given] = process.argv;
if (given[0] === "--ecrire") {
  for (const data of JSON.parse(readFileSync(given[1], "utf8"))) console.log(JSON.stringify(write(data)));
} else if (given[0] === "--reprendre") {
  for (const { text, data } of JSON.parse(readFileSync(given[1], "utf8"))) {
    const origin = read(text);
    console.log(JSON.stringify({ lu: origin.data, texte: amended(origin, data ?? pruned(origin.data)) }));
  }
} else if (given[0] === "--nettoyer") {
  for (const text of JSON.parse(readFileSync(given[1], "utf8"))) console.log(JSON.stringify(clean(text)));
} else {
  const offline = given[0] === "--sans-listes";
  const [lists, communes, groupings, ...files] = offline ? [null, null, ...given] : given;
  const json = (path) => JSON.parse(readFileSync(path, "utf8"));
  const known = offline ? { lists: null } : {
    lists: json(lists),
    groupings: json(groupings),
    declared: [],
    today: new Date().toISOString().slice(0, 10),
    communes: (name) => (existsSync(`${communes}/${drawer(name)}.json`) ? json(`${communes}/${drawer(name)}.json`) : []),
  };
  for (const file of files) {
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
    } catch {
      console.log(JSON.stringify([{ field: "", message: "le fichier n'est pas en UTF-8", level: "erreur" }]));
      continue;
    }
    const { data, problems } = read(text);
    console.log(JSON.stringify(data ? check(data, { ...known, text }) : problems.map((problem) => ({ ...problem, field: "", level: "erreur" }))));
  }
}
