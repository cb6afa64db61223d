// A commune by its name: what is typed proposes the commune, its département, its codes and its grouping.
import { useContext, useEffect, useState } from "preact/hooks";
import { Form } from "./context.js";
import { begins, drawer } from "./text.js";

const read = new Map();
const waiting = new Map();

/** The communes of the drawer of a name, or `undefined` until they are read. */
export const communesOf = (name) => (name ? read.get(drawer(name)) : []);

/** Reads the drawer of a name once, then tells everyone who asked for it. */
export function fetchCommunes(name, then) {
  const key = drawer(name ?? "");
  if (key.length < 2 || read.has(key)) return;
  if (waiting.has(key)) return void waiting.get(key).push(then);
  waiting.set(key, [then]);
  fetch(`communes/${key}.json`).then((answer) => (answer.ok ? answer.json() : [])).then((rows) => read.set(key, rows), () => undefined)
    .then(() => {
      const told = waiting.get(key);
      waiting.delete(key);
      if (read.has(key)) for (const one of told) one();
    });
}

/** The proposals under a field; `choose` receives `[name, insee, département, région, siren, grouping]`. */
export function Proposals({ typed, chosen, choose }) {
  const { lists } = useContext(Form);
  const [, again] = useState(0);
  useEffect(() => fetchCommunes(typed, () => again((count) => count + 1)), [typed]);
  if (!typed || typed.length < 2 || chosen) return <p class="formulaire__annonce hors-vue" role="status" />;
  const found = (communesOf(typed) ?? []).filter(([name]) => begins(name, typed)).slice(0, 6);
  return (
    <>
      <p class="formulaire__annonce hors-vue" role="status">{found.length ? `${found.length} communes proposées sous le champ` : ""}</p>
      {found.length > 0 && (
        <ul class="formulaire__propositions">
          {found.map((row) => (
            <li key={row[1]}>
              <button type="button" onClick={() => choose(row)}>
                <strong>{row[0]}</strong> <span>{lists?.departements[row[2]]?.[0]} ({row[2]}){row[5] && `, ${row[5]}`}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
