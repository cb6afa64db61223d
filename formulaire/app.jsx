// The form `/contribuer/formulaire/`: generated from the description of the fields, kept in this browser, checked as `make check` does.
import model from "generated:model";
import { options, render } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { amended } from "./amend.js";
import { check, pruned } from "./check.js";
import { Form, idOf, placed } from "./context.js";
import { Field } from "./fields.jsx";
import { Outputs } from "./outputs.jsx";
import { communesOf, fetchCommunes } from "./places.jsx";
import { Preview } from "./preview.jsx";
import { read } from "./read.js";
import { dotted, resolved, root } from "./schema.js";
import { Documents, Start } from "./start.jsx";
import { french, slug } from "./text.js";
import { write } from "./write.js";

const KEPT = "petite-enfance-ess.formulaire"; // one draft per fiche: a new one never covers another
const CURRENT = `${KEPT}.en-cours`;
const IDENTIFIER = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const now = new Date();
const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
const blank = () => ({ data: { titre: "", lieux: [{}], redige_le: today, en_bref: [{}], leviers: [], inconnues: [""] }, name: "", named: false, existing: "", origin: null, documents: [], source: "" });

const asked = new URLSearchParams(location.search).get("cas");

/** The draft of a fiche (no name: the new one), or nothing. */
function draft(existing) {
  try {
    const found = JSON.parse(localStorage.getItem(`${KEPT}.${existing}`));
    return found && { ...blank(), ...found };
  } catch {
    return null;
  }
}

function remembered() {
  try {
    return draft(asked ?? localStorage.getItem(CURRENT) ?? "") ?? blank();
  } catch {
    return blank();
  }
}

/** The identifiers that the site publishes now: the page may have stood open for days. */
const published = (table) => fetch(`../../api/v1/${table}.json`, { cache: "no-cache" }).then((answer) => (answer.ok ? answer.json() : Promise.reject())).then(({ donnees }) => donnees.map((one) => one.identifiant));

/** A part of the fiche; one that can wait is folded until it holds something. */
function Part({ section, data }) {
  const [open] = useState(section.champs.some((field) => field !== "redige_le" && data[field]?.length));
  const fields = section.champs.map((field) => <Field key={field} owner="Cas" name={field} path={[field]} schema={resolved(root.properties[field])} value={data[field]} required={root.required.includes(field)} />);
  return (
    <section class="formulaire__partie" aria-labelledby={`partie-${section.id}`}>
      <h2 id={`partie-${section.id}`}>{section.titre}</h2>
      <p class="discret">{section.aide}</p>
      {section.plie ? <details open={open}><summary>Remplir cette partie (facultatif)</summary>{fields}</details> : fields}
    </section>
  );
}

function App() {
  const [state, setState] = useState(remembered);
  const [lists, setLists] = useState(null);
  const [touched, setTouched] = useState(() => new Set());
  const [verified, setVerified] = useState(false);
  const [fresh, setFresh] = useState(null);
  const [message, setMessage] = useState("");
  const [round, setRound] = useState(0); // another file: every field starts afresh
  const [, refresh] = useState(0);
  const codes = useRef(new Set());
  const focused = useRef(null);
  const first = useRef(state);
  const { data, documents, source } = state;
  const change = (part) => setState((before) => ({ ...before, ...(typeof part === "function" ? part(before) : part) }));

  useEffect(() => void fetch("listes.json").then((answer) => answer.json()).then(setLists, () => setMessage("Les listes du site n'ont pas pu être lues : les choix manquent, le reste fonctionne.")), []);
  useEffect(() => {
    if (state === first.current) return undefined; // nothing typed yet: a draft kept before stays
    const timer = setTimeout(() => {
      try {
        localStorage.setItem(`${KEPT}.${state.existing}`, JSON.stringify(state));
        localStorage.setItem(CURRENT, state.existing);
      } catch {
        setMessage("Ce navigateur refuse d'enregistrer : téléchargez la fiche avant de fermer la page.");
      }
    }, 300);
    return () => clearTimeout(timer);
  }, [state]);
  useEffect(() => {
    const target = focused.current && document.getElementById(focused.current);
    if (!target) return; // not drawn yet: the next drawing will
    const inside = (target.matches("input, select, textarea, button") ? target : target.querySelector("input, select, textarea") ?? target);
    focused.current = null;
    inside.focus();
  });
  useEffect(() => {
    for (const place of Array.isArray(data.lieux) ? data.lieux : []) fetchCommunes(place?.commune, () => refresh((count) => count + 1));
  }, [data.lieux]);

  const load = (text, name, existing) => {
    const found = read(text);
    if (!found.data) {
      const [problem] = found.problems;
      setMessage(`Ce texte n'a pas pu être lu, ligne ${problem.line} : ${problem.message}. ${problem.remedy[0].toUpperCase()}${problem.remedy.slice(1)}.`);
      return;
    }
    change({ data: found.data, origin: text, name, named: Boolean(name), existing });
    setTouched(new Set());
    setVerified(false);
    setRound((count) => count + 1);
    setMessage(existing ? `La fiche « ${existing} » est ouverte.` : "Le texte est lu.");
  };
  const begin = (started, said) => {
    setState(started);
    setTouched(new Set());
    setVerified(false);
    setRound((count) => count + 1);
    setMessage(said);
  };
  const open = {
    existing: (key) => fetch(`../../api/v1/cas/${key}.yml`).then((answer) => (answer.ok ? answer.text() : Promise.reject())).then((text) => load(text, key, key), () => setMessage("Cette fiche n'a pas pu être lue.")),
    text: (text, name) => load(text, slug(name), ""),
    draft: () => begin(draft("") ?? blank(), "Votre nouvelle fiche est de retour."),
    fresh: () => begin(blank(), "Nouvelle fiche."),
  };
  useEffect(() => {
    if (lists && asked && asked in lists.tables.cas && state.existing !== asked) open.existing(asked);
  }, [lists]);

  const kept = useMemo(() => pruned(data), [data]);
  const known = { lists, fresh, today, text: state.origin, declared: documents.map((one) => one.id), communes: communesOf, codes: codes.current };
  for (const place of Array.isArray(data.lieux) ? data.lieux : []) for (const row of communesOf(place?.commune) ?? []) codes.current.add(row[1]);
  const problems = check(kept, known);
  const text = useMemo(() => (state.origin ? amended(read(state.origin), JSON.stringify(read(state.origin).data) === JSON.stringify(data) ? data : kept) : write(kept)), [state.origin, data, kept]);
  const name = state.named ? state.name : slug(String(data.nom || String(data.titre ?? "").split(" : ")[0] || ""));
  const nameFault = !IDENTIFIER.test(name) ? "donnez un nom au fichier, par exemple histoire-de-bulles" : !state.existing && (name in (lists?.tables.cas ?? {}) || fresh?.cas.includes(name)) ? `« ${name} » est déjà pris : choisissez un autre nom, ou ouvrez cette fiche pour la compléter` : "";

  const form = {
    lists, documents,
    set: (path, value) => change((before) => ({ data: placed(before.data, path, value) })),
    touch: (path) => setTouched((before) => (before.has(dotted(path)) ? before : new Set([...before, dotted(path)]))),
    shown: (path) => {
      const field = dotted(path);
      return verified || touched.has(field) ? problems.filter((one) => one.field === field && one.level === "erreur") : [];
    },
    advised: (path) => {
      const field = dotted(path);
      return verified || touched.has(field) ? problems.filter((one) => one.field === field && one.level === "alerte") : [];
    },
    focus: (id) => { focused.current = id; },
    removed: (path, index) => {
      form.set([...path, index], undefined);
      form.focus(`${idOf(path)}-ajouter`);
    },
    seed: (schema) => (schema.type === "object" ? (schema.properties.source && source ? { source } : {}) : ""),
    chooseCommune: Object.assign((path, [commune, insee, departement, region, epci]) => {
      codes.current.add(insee);
      change((before) => {
        const record = path.reduce((inner, step) => inner?.[step], before.data) ?? {};
        const wide = { commune, insee, departement, region };
        return { data: placed(before.data, path, { ...record, ...wide, ...(epci ? { epci } : {}), ...(record.source || !source ? {} : { source }) }) };
      });
      form.focus(idOf([...path, "commune"]));
    }, {
      known: (path) => {
        const record = path.slice(0, -1).reduce((inner, step) => inner?.[step], data);
        return Boolean(record?.insee) && (communesOf(record.commune) ?? []).some((row) => row[0] === record.commune && row[1] === record.insee);
      },
    }),
  };
  const verify = () => {
    setVerified(true);
    Promise.all([published("cas"), published("sources")]).then(([cas, sources]) => setFresh({ cas, sources }), () => setFresh(null));
    focused.current = "bilan";
    refresh((count) => count + 1);
  };
  const declare = (draft) => {
    const told = Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, value.trim()]));
    const taken = new Set([...Object.keys(lists?.tables.sources ?? {}), ...documents.map((one) => one.id)]);
    const base = slug(`${told.editeur}-${told.date || told.nature}`).slice(0, 50);
    let id = base;
    for (let rank = 2; taken.has(id); rank++) id = `${base}-${rank}`;
    change({ documents: [...documents, { ...told, id }] });
    if (!source) chooseSource(id);
  };
  const chooseSource = (key) => change((before) => {
    const filled = (value, schema) => {
      if (Array.isArray(value)) return value.map((item) => filled(item, resolved(schema?.items)));
      if (typeof value !== "object" || value === null) return value;
      const inner = Object.fromEntries(Object.entries(value).map(([field, item]) => [field, filled(item, resolved(schema?.properties?.[field]))]));
      return schema?.properties?.source && !inner.source ? { ...inner, source: key } : inner;
    };
    return { source: key, data: before.existing || !key ? before.data : filled(before.data, root) };
  });

  return (
    <Form.Provider value={form}>
      <p role="status" class={message ? "formulaire__message" : "hors-vue"}>{message}</p>
      <div class="formulaire__colonnes">
        <div class="formulaire__saisie" key={round}>
          <Start lists={lists} open={open} opened={state.existing} />
          <Documents lists={lists} documents={documents} setDocuments={declare} withdraw={(id) => change((before) => ({ documents: before.documents.filter((one) => one.id !== id), source: before.source === id ? "" : before.source }))} source={source} setSource={chooseSource} />
          {model.sections.map((section) => <Part key={section.id} section={section} data={data} />)}
          {Object.keys(data).filter((field) => !(field in root.properties)).map((field) => (
            <p key={field} id={idOf([field])} tabIndex={-1}>Champ inconnu : <code>{field}</code> <button type="button" class="bouton" onClick={() => form.set([field], undefined)}>Retirer</button></p>
          ))}
          <Outputs {...{ text, name, nameFault, problems, verify, lists, fresh, documents, today, verified }} existing={state.existing} setName={(value) => change({ name: value, named: true })} />
        </div>
        <Preview data={data} lists={lists} />
      </div>
    </Form.Provider>
  );
}

/** French typography, once, for every text shown; what one types is left alone. */
const dressed = (child) => (typeof child === "string" ? french(child) : Array.isArray(child) ? child.map(dressed) : child);
options.vnode = (vnode) => {
  if (typeof vnode.type === "string" && vnode.type !== "code" && vnode.props.children) vnode.props.children = dressed(vnode.props.children);
};

const place = document.getElementById("formulaire");
place.replaceChildren();
render(<App />, place);
