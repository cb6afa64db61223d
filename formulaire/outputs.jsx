// What one leaves with: the verdict, then the file to download, copy, open at the repository, or send by e-mail.
import { useState } from "preact/hooks";
import { idOf } from "./context.js";
import { labelOf, ownerOf } from "./schema.js";
import { ended, sentence, slug } from "./text.js";
import { element } from "./write.js";

const LONGEST_ADDRESS = 7500;
const LONGEST_MESSAGE = 1800;

/** What is added to references/sources-exterieures.yml for the documents declared in the form. */
export function declarations(documents, today) {
  return documents.map((one) => {
    const said = { titre: one.titre, court: `${one.editeur}${one.date ? `, ${one.date.slice(0, 4)}` : ""}`.slice(0, 80), editeur: one.editeur, date: one.date, nature: one.nature, fonds: "exterieur", url: one.url, lien: one.url ? "en-ligne" : "hors-ligne", consulte_le: today };
    const lines = element(Object.fromEntries(Object.entries(said).filter(([, value]) => value)), undefined, 0).map((line) => `  ${line.slice(2)}`);
    return `${one.id}:\n${lines.join("\n")}\n`;
  }).join("\n");
}

/** Where a problem is, in words: « Soutien 1 : Montant en euros ». */
function where(path) {
  const parts = path.reduce((found, step, index) => {
    if (typeof step === "number") found[found.length - 1] += ` ${step + 1}`;
    else found.push(labelOf(ownerOf(path.slice(0, index + 1)), step));
    return found;
  }, []);
  return parts.join(" › ");
}

function goTo(event, path) {
  event.preventDefault();
  for (let end = path.length; end > 0; end--) {
    const target = document.getElementById(idOf(path.slice(0, end)));
    if (!target) continue;
    for (let above = target.parentElement; above; above = above.parentElement) if (above.localName === "details") above.open = true;
    target.focus();
    target.scrollIntoView({ block: "center" });
    return;
  }
}

function Told({ one }) {
  return <li>{one.path.length ? <a href={`#${idOf(one.path)}`} onClick={(event) => goTo(event, one.path)}>{where(one.path)}</a> : "Le fichier"} : {ended(one.message)} {sentence(one.remedy)}</li>;
}

export function Summary({ problems, id, name, nameFault, nameSeen }) {
  const advice = problems.filter((one) => one.level === "alerte");
  const errors = problems.filter((one) => one.level === "erreur");
  const later = problems.filter((one) => one.level === "envoi");
  const count = errors.length + (nameFault ? 1 : 0);
  return (
    <div class="formulaire__bilan" id={id} tabIndex={-1} role="status">
      {count ? <h3>{count} point{count > 1 ? "s" : ""} à corriger</h3> : <h3>La fiche est prête.</h3>}
      {count > 0 && <ol>
        {nameFault && <li><a href="#nom-du-fichier" onClick={(event) => { event.preventDefault(); document.getElementById("nom-du-fichier").focus(); }}>Nom du fichier</a> : {nameFault}.</li>}
        {errors.map((one) => <Told key={one.field + one.message} one={one} />)}
      </ol>}
      {advice.length > 0 && <><p>Conseils, qui n'empêchent pas l'envoi :</p><ul>{advice.map((one) => <Told key={one.field + one.message} one={one} />)}</ul></>}
      {(later.length > 0 || !nameSeen) && <><p>Vérifié à l'envoi :</p><ul>
        {!nameSeen && <li>Nom du fichier : « {name} » n'est peut-être plus libre.</li>}
        {later.filter((one, index) => later.findIndex((other) => other.message === one.message) === index).map((one) => <li key={one.field}>{where(one.path)} : {one.message}.</li>)}
      </ul></>}
    </div>
  );
}

export function Outputs({ text, name, setName, nameFault, problems, verify, existing, lists, fresh, documents, today, verified }) {
  const [copied, setCopied] = useState("");
  const ready = !nameFault && !problems.some((one) => one.level === "erreur");
  const extra = declarations(documents, today);
  const guarded = (action) => (event) => {
    if (ready) return action(event);
    event.preventDefault();
    return verify();
  };
  const download = () => {
    const address = URL.createObjectURL(new Blob([text], { type: "text/yaml" }));
    const link = Object.assign(document.createElement("a"), { href: address, download: `${name}.yml` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 5000);
  };
  const copy = (what, said) => navigator.clipboard.writeText(what).then(() => setCopied(said), () => setCopied("La copie a été refusée : sélectionnez le texte ci-dessous."));
  const github = `${lists?.depot}/new/main/cases?filename=${encodeURIComponent(`${name}.yml`)}&value=${encodeURIComponent(text)}`;
  const whole = extra ? `${text}\n# À ajouter à references/sources-exterieures.yml :\n${extra}` : text;
  const body = whole.length <= LONGEST_MESSAGE ? `Bonjour,\n\nVoici la fiche « ${name} » :\n\n${whole}` : `Bonjour,\n\nVoici la fiche « ${name} ». Le fichier ${name}.yml est joint à ce message.\n\n(Pensez à joindre le fichier téléchargé.)${extra ? `\n\nDocument à déclarer :\n\n${extra}` : ""}`;
  const mail = `mailto:${lists?.courriel}?subject=${encodeURIComponent(`Une fiche de cas : ${name}`)}&body=${encodeURIComponent(body)}`;
  return (
    <section class="formulaire__partie" aria-labelledby="envoi">
      <h2 id="envoi">Vérifier et envoyer</h2>
      <div class="formulaire__champ">
        <label for="nom-du-fichier">Nom du fichier</label>
        <p class="formulaire__aide" id="nom-du-fichier-aide">Il devient l'adresse de la page et ne change plus. Minuscules, sans accent, avec des tirets. <span>Exemple : histoire-de-bulles</span></p>
        <input id="nom-du-fichier" type="text" autocomplete="off" spellcheck={false} value={name} readOnly={Boolean(existing)} aria-describedby="nom-du-fichier-aide" onInput={(event) => setName(event.currentTarget.value)} onBlur={() => !existing && setName(slug(name))} />
        {verified && nameFault && <div class="formulaire__fautes"><p><strong>{nameFault}.</strong></p></div>}
      </div>
      <p><button type="button" class="bouton bouton--principal" onClick={verify}>Vérifier la fiche</button></p>
      {verified && <Summary id="bilan" {...{ problems, name, nameFault }} nameSeen={Boolean(existing || lists || fresh)} />}
      <div class="actions">
        <button type="button" class="bouton" onClick={guarded(download)}>Télécharger {name || "la fiche"}.yml</button>
        <button type="button" class="bouton" onClick={guarded(() => copy(text, "La fiche est copiée."))}>Copier la fiche</button>
        {existing
          ? <a class="bouton" href={`${lists?.depot}/edit/main/cases/${name}.yml`} onClick={guarded(() => copy(text, ""))}>Copier et ouvrir la fiche sur le dépôt</a>
          : github.length <= LONGEST_ADDRESS
            ? <a class="bouton" href={github} onClick={guarded(() => undefined)}>Ouvrir sur le site du dépôt</a>
            : <a class="bouton" href={`${lists?.depot}/new/main/cases?filename=${encodeURIComponent(`${name}.yml`)}`} onClick={guarded(() => copy(text, ""))}>Copier et ouvrir le site du dépôt</a>}
        {lists?.courriel && <a class="bouton" href={mail}>Envoyer par courriel</a>}
      </div>
      {!existing && github.length > LONGEST_ADDRESS && <p class="discret">La fiche est trop longue pour tenir dans une adresse : elle est copiée, vous la collez dans la grande zone qui s'ouvre.</p>}
      <p class="discret">Par courriel, vous pouvez envoyer même une fiche incomplète : quelqu'un la finira avec vous.{whole.length > LONGEST_MESSAGE && " La fiche est longue : téléchargez-la et joignez-la au message."}</p>
      <p role="status">{copied}</p>
      <details><summary>Voir le fichier</summary><textarea class="formulaire__fichier" aria-label="Le fichier de la fiche" readOnly rows={14} value={text} spellcheck={false} /></details>
      {extra && <div class="formulaire__champ"><p>Votre document n'est pas encore connu du site. Envoyez aussi ces lignes : elles vont à la fin de <code>references/sources-exterieures.yml</code>.</p>
        <textarea class="formulaire__fichier" aria-label="Les documents à déclarer" readOnly rows={8} value={extra} spellcheck={false} />
        <button type="button" class="bouton" onClick={() => copy(extra, "Les lignes sont copiées.")}>Copier ces lignes</button></div>}
    </section>
  );
}
