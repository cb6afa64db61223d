// Where one begins: a new case, an existing one, a file or a text pasted.
import { useState } from "preact/hooks";
import { dateFault } from "./messages.js";
import { sentence } from "./text.js";

export function Start({ lists, open, opened }) {
  const [pasted, setPasted] = useState("");
  const [chosen, setChosen] = useState("");
  return (
    <section class="formulaire__depart" aria-labelledby="depart">
      <h2 id="depart">{opened ? <>Vous corrigez la fiche « {opened} »</> : "Une nouvelle fiche"}</h2>
      <p>Tout s'enregistre dans ce navigateur, au fur et à mesure. Rien ne part tant que vous ne l'envoyez pas.</p>
      <details>
        <summary>Ouvrir une fiche existante, un fichier ou un texte</summary>
        <div class="formulaire__champ">
          <label for="ouvrir-cas">Une fiche du site, pour la corriger ou la compléter</label>
          <div class="formulaire__gestes">
            <select id="ouvrir-cas" value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
              <option value="">– choisir –</option>
              {Object.entries(lists?.tables.cas ?? {}).map(([key, title]) => <option key={key} value={key}>{title}</option>)}
            </select>
            <button type="button" class="bouton" disabled={!chosen} onClick={() => open.existing(chosen)}>Ouvrir</button>
          </div>
        </div>
        <div class="formulaire__champ">
          <label for="ouvrir-fichier">Un fichier de votre ordinateur</label>
          <input id="ouvrir-fichier" type="file" accept=".yml,.yaml,text/plain" onChange={(event) => event.currentTarget.files[0]?.text().then((text) => open.text(text, event.target.files[0].name.replace(/\.ya?ml$/, "")))} />
        </div>
        <div class="formulaire__champ">
          <label for="coller">Le texte d'un fichier, à coller ici</label>
          <textarea id="coller" rows={4} value={pasted} onInput={(event) => setPasted(event.currentTarget.value)} spellcheck={false} />
          <button type="button" class="bouton" disabled={!pasted.trim()} onClick={() => open.text(pasted, "")}>Lire ce texte</button>
        </div>
        <div class="formulaire__gestes">
          {opened && <button type="button" class="bouton" onClick={open.draft}>Revenir à ma nouvelle fiche</button>}
          <button type="button" class="bouton" onClick={open.fresh}>Tout effacer et commencer une nouvelle fiche</button>
        </div>
      </details>
    </section>
  );
}

/** A document that the site does not know yet: what references/sources-exterieures.yml will say of it. */
export function Documents({ lists, documents, setDocuments, withdraw, source, setSource }) {
  const [draft, setDraft] = useState({ titre: "", editeur: "", date: "", nature: "", url: "" });
  const [asked, setAsked] = useState(false);
  const input = (name, label, help) => (
    <div class="formulaire__champ">
      <label for={`document-${name}`}>{label}</label>
      {help && <p class="formulaire__aide">{help}</p>}
      <input id={`document-${name}`} type="text" autocomplete="off" value={draft[name]} onInput={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })} />
    </div>
  );
  const missing = draft.titre.trim() && draft.editeur.trim() && draft.nature.trim() ? "" : "il faut au moins le titre, qui l'a publié et ce que c'est";
  const fault = missing || (draft.date && dateFault(draft.date.trim())) || (draft.url && !/^https?:\/\/[^\s<>"{}|\\^`]+$/.test(draft.url.trim()) ? "l'adresse doit commencer par https://, sans espace" : "");
  return (
    <section class="formulaire__partie" aria-labelledby="sources-titre">
      <h2 id="sources-titre">D'où le savez-vous ?</h2>
      <div class="formulaire__champ">
        <label for="document-principal">Votre document principal</label>
        <p class="formulaire__aide">Il sera proposé pour chaque fait. Vous pourrez en changer fait par fait.</p>
        <select id="document-principal" value={source} onChange={(event) => setSource(event.currentTarget.value)}>
          <option value="">– choisir –</option>
          {documents.map((one) => <option key={one.id} value={one.id}>{one.titre} (déclaré par vous)</option>)}
          {Object.entries(lists?.tables.sources ?? {}).map(([key, name]) => <option key={key} value={key}>{name}</option>)}
        </select>
      </div>
      <details>
        <summary>Mon document n'est pas dans la liste</summary>
        {input("titre", "Titre exact")}
        {input("editeur", "Qui l'a publié", "Exemple : Commune d'Anstaing")}
        {input("nature", "Ce que c'est", "Exemples : délibération, convention, page web, entretien")}
        {input("date", "Date, si elle est connue", "Exemple : 2025-06")}
        {input("url", "Adresse de la page, si elle existe", "Exemple : https://www.exemple.fr/deliberation.pdf")}
        <p class="formulaire__fautes" id="document-faute" role="status" hidden={!asked || !fault}><strong>{sentence(fault)}</strong></p>
        <button type="button" class="bouton" aria-describedby={asked && fault ? "document-faute" : undefined} onClick={() => {
          setAsked(Boolean(fault));
          if (fault) return;
          setDocuments(draft);
          setDraft({ titre: "", editeur: "", date: "", nature: "", url: "" });
        }}>Déclarer ce document</button>
      </details>
      {documents.length > 0 && <ul>{documents.map((one) => <li key={one.id}>{one.titre} <span class="discret">({one.id}, vérifié à l'envoi)</span> <button type="button" class="bouton" onClick={() => withdraw(one.id)} aria-label={`Retirer le document : ${one.titre}`}>Retirer</button></li>)}</ul>}
    </section>
  );
}
