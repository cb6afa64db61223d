// One component per shape of field; everything comes from the schema.
import model from "generated:model";
import { useContext, useState } from "preact/hooks";
import { choicesOf, helpOf, limitOf } from "./choices.js";
import { Form, idOf } from "./context.js";
import { example } from "./messages.js";
import { Proposals } from "./places.jsx";
import { fieldsOf, isListOfRecords, isNumber, isTick, labelOf, resolved } from "./schema.js";
import { clean, isRecord, plain, sentence } from "./text.js";

function Faults({ path }) {
  const { shown, advised } = useContext(Form);
  const told = (found, kind, style) => found.length > 0 && <div class={style} id={`${idOf(path)}-${kind}`}>{found.map((one) => <p key={one.message}><strong>{sentence(one.message)}</strong> {sentence(one.remedy)}</p>)}</div>;
  return <>{told(shown(path), "faute", "formulaire__fautes")}{told(advised(path), "conseil", "formulaire__conseils")}</>;
}

function Help({ path, schema, choices, first, label }) {
  const shown = !choices && example(schema);
  const help = helpOf(schema, choices);
  const said = [plain(help) === `${plain(label)}.` ? "" : help, limitOf(schema, choices)].filter(Boolean).join(" ");
  if (!first || !(said || shown)) return null;
  return <p class="formulaire__aide" id={`${idOf(path)}-aide`}>{said}{shown && <> <span>Exemple : {shown}</span></>}</p>;
}

const described = (path, first, faulty, advised) => ({ "aria-describedby": [first && `${idOf(path)}-aide`, faulty && `${idOf(path)}-faute`, advised && `${idOf(path)}-conseil`].filter(Boolean).join(" ") || undefined, "aria-invalid": faulty ? "true" : undefined });
const firstOfItsKind = (path) => !path.some((step) => typeof step === "number" && step > 0);

/** Any field of a record. */
export function Field({ owner, name, path, schema, value, required }) {
  const { lists, documents } = useContext(Form);
  const choices = choicesOf(owner, name, schema, lists, documents);
  const props = { owner, name, path, schema, value, required, choices, label: labelOf(owner, name), first: firstOfItsKind(path) };
  if (schema.type === "array") {
    if (value !== undefined && !Array.isArray(value)) return <Broken {...props} />;
    if (isListOfRecords(schema)) return <Records {...props} />;
    return choices && choices.length <= 20 ? <Ticks {...props} /> : <Lines {...props} />;
  }
  if (isRecord(value)) return <Broken {...props} />;
  return isTick(schema) ? <Tick {...props} /> : <Text {...props} />;
}

function Broken({ label, path }) {
  const { set } = useContext(Form);
  return (
    <div class="formulaire__champ" id={idOf(path)} tabIndex={-1}>
      <p><strong>{label}</strong> : ce qui est écrit dans le fichier n'a pas la forme attendue.</p>
      <Faults path={path} />
      <button type="button" class="bouton" onClick={() => set(path, undefined)}>Effacer et recommencer</button>
    </div>
  );
}

function Text({ owner, name, path, schema, value = "", required, choices, label, first }) {
  const { set, touch, shown, advised, chooseCommune } = useContext(Form);
  const id = idOf(path);
  const faulty = shown(path).length > 0;
  const onInput = (event) => set(path, clean(event.currentTarget.value));
  const shared = { id, value, onInput, onBlur: () => touch(path), required: undefined, "aria-required": required ? "true" : undefined, ...described(path, first, faulty, advised(path).length > 0) };
  const near = name === "commune";
  return (
    <div class="formulaire__champ">
      <label for={id}>{label}{required && <span class="formulaire__obligatoire"> (obligatoire)</span>}</label>
      <Help {...{ path, schema, choices, first, label }} />
      {choices ? <Select {...shared} choices={choices} /> : schema.maxLength >= 400
        ? <textarea {...shared} rows={schema.maxLength > 500 ? 3 : 2} />
        : <input {...shared} type="text" autocomplete="off" inputMode={isNumber(schema) ? "decimal" : undefined} spellcheck={!isNumber(schema)} />}
      {near && <Proposals typed={value} chosen={value && shown([...path.slice(0, -1), "insee"]).length === 0 && chooseCommune.known(path)} choose={(row) => chooseCommune(path.slice(0, -1), row)} />}
      {!choices && schema.maxLength && [...value].length > schema.maxLength * 0.8 && <p class="formulaire__compte">{[...value].length} caractères sur {schema.maxLength}</p>}
      <Faults path={path} />
    </div>
  );
}

function Select({ choices, value, onInput, ...rest }) {
  const known = !value || choices.some(([key]) => key === value);
  return (
    <select {...rest} value={value} onChange={onInput}>
      <option value="">– choisir –</option>
      {!known && <option value={value}>{value}</option>}
      {choices.map(([key, name]) => <option key={key} value={key}>{name}</option>)}
    </select>
  );
}

function Tick({ path, schema, value, label, first }) {
  const { set } = useContext(Form);
  const id = idOf(path);
  return (
    <div class="formulaire__champ formulaire__champ--case">
      <input id={id} type="checkbox" checked={value === "oui"} onChange={(event) => set(path, event.currentTarget.checked ? "oui" : undefined)} {...described(path, false, false)} />
      <label for={id}>{label}</label>
      <Faults path={path} />
    </div>
  );
}

function Ticks({ path, schema, value = [], choices, label, required, first }) {
  const { set, touch } = useContext(Form);
  const strangers = value.filter((key) => !choices.some(([known]) => known === key)).map((key) => [key, key]);
  const change = (key, on) => {
    touch(path);
    set(path, on ? [...value, key] : value.filter((one) => one !== key));
  };
  return (
    <fieldset class="formulaire__champ formulaire__cases" id={idOf(path)} tabIndex={-1}>
      <legend>{label}{required && <span class="formulaire__obligatoire"> (obligatoire)</span>}</legend>
      <Help {...{ path, schema, choices, first, label }} />
      <div class="formulaire__choix">
        {[...choices, ...strangers].map(([key, name, help]) => (
          <label key={key}><input type="checkbox" checked={value.includes(key)} onChange={(event) => change(key, event.currentTarget.checked)} /> {name}{help && <span class="discret"> {help}</span>}</label>
        ))}
      </div>
      <Faults path={path} />
      {value.map((_, index) => <Faults key={index} path={[...path, index]} />)}
    </fieldset>
  );
}

function Lines({ owner, name, path, schema, value = [], choices, label, required, first }) {
  const { set, focus, removed } = useContext(Form);
  const inner = resolved(schema.items);
  const add = () => {
    set([...path, value.length], "");
    focus(idOf([...path, value.length]));
  };
  return (
    <fieldset class="formulaire__champ formulaire__liste" id={idOf(path)} tabIndex={-1}>
      <legend>{label}{required && <span class="formulaire__obligatoire"> (obligatoire)</span>}</legend>
      <Help {...{ path, schema, choices, first, label }} />
      {value.map((item, index) => {
        const here = [...path, index];
        return (
          <div class="formulaire__ligne" key={index}>
            <Line {...{ here, item, inner, choices, label: `${label}, ligne ${index + 1}` }} />
            <button type="button" class="bouton" onClick={() => removed(path, index)} aria-label={`Retirer la ligne ${index + 1} : ${label}`}>Retirer</button>
            <Faults path={here} />
          </div>
        );
      })}
      <button type="button" class="bouton" id={`${idOf(path)}-ajouter`} onClick={add}>Ajouter {model.elements[name] ?? "une ligne"}</button>
      <Faults path={path} />
    </fieldset>
  );
}

function Line({ here, item, inner, choices, label }) {
  const { set, touch, shown, advised } = useContext(Form);
  const shared = { id: idOf(here), value: item, "aria-label": label, onInput: (event) => set(here, clean(event.currentTarget.value)), onBlur: () => touch(here), ...described(here, false, shown(here).length > 0, advised(here).length > 0) };
  if (choices) return <Select {...shared} choices={choices} />;
  return inner.maxLength >= 400 ? <textarea {...shared} rows={1} /> : <input {...shared} type="text" autocomplete="off" />;
}

function Records({ name, path, schema, value = [], label, required, first }) {
  const { set, focus, removed, seed } = useContext(Form);
  const inner = resolved(schema.items);
  const one = model.elements[name] ?? "un élément";
  const title = one.replace(/^une? /, "");
  const add = () => {
    set([...path, value.length], seed(inner));
    focus(idOf([...path, value.length]));
  };
  const swap = (index) => {
    const next = [...value];
    [next[index - 1], next[index]] = [next[index], next[index - 1]];
    set(path, next);
    focus(idOf([...path, index - 1]));
  };
  return (
    <fieldset class="formulaire__champ formulaire__liste" id={idOf(path)} tabIndex={-1}>
      <legend>{label}{required && <span class="formulaire__obligatoire"> (obligatoire)</span>}</legend>
      <Help {...{ path, schema, first, label }} />
      {value.map((item, index) => (
        <fieldset class="formulaire__element" key={index} id={idOf([...path, index])} tabIndex={-1}>
          <legend>{title[0].toUpperCase() + title.slice(1)} {index + 1}</legend>
          {isRecord(item) && <Record schema={inner} path={[...path, index]} value={item} />}
          <Faults path={[...path, index]} />
          <p class="formulaire__gestes">
            {index > 0 && <button type="button" class="bouton" onClick={() => swap(index)}>Monter</button>}
            <button type="button" class="bouton" onClick={() => removed(path, index)} aria-label={`Retirer : ${title} ${index + 1}`}>Retirer</button>
          </p>
        </fieldset>
      ))}
      <button type="button" class="bouton formulaire__ajouter" id={`${idOf(path)}-ajouter`} onClick={add}>Ajouter {one}</button>
      <Faults path={path} />
    </fieldset>
  );
}

/** The fields of a record: those one needs at hand, then the others folded. */
export function Record({ schema, path, value }) {
  const { set } = useContext(Form);
  const owner = schema.title;
  const required = schema.required ?? [];
  const names = fieldsOf(schema);
  const front = names.filter((name) => required.includes(name) || (model.devant[owner] ?? []).includes(name));
  const behind = names.filter((name) => !front.includes(name));
  const unknown = Object.keys(value).filter((name) => !names.includes(name));
  const shown = (name) => <Field key={name} {...{ owner, name, path: [...path, name], schema: resolved(schema.properties[name]), value: value[name], required: required.includes(name) }} />;
  const [open] = useState(behind.some((name) => value[name] !== undefined && value[name] !== "")); // as it stood at first: never folds under one's hands
  return (
    <>
      {front.map(shown)}
      {behind.length > 0 && <details class="formulaire__plus" open={open}><summary>Plus de précisions</summary>{behind.map(shown)}</details>}
      {unknown.map((name) => (
        <div key={name} class="formulaire__champ" id={idOf([...path, name])} tabIndex={-1}>
          <p>Champ inconnu : <code>{name}</code> <button type="button" class="bouton" onClick={() => set([...path, name], undefined)}>Retirer</button></p>
          <Faults path={[...path, name]} />
        </div>
      ))}
    </>
  );
}
