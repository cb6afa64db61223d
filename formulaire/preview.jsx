// The fiche as it will read, simplified: title, in brief, identity card, what was done, supports, steps, unknowns.
import model from "generated:model";

const list = (value) => (Array.isArray(value) ? value.filter((item) => item && (typeof item === "string" ? item.trim() : Object.keys(item).length)) : []);
const MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

function date(text = "") {
  const found = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text);
  return found ? `${found[3] ? `${Number(found[3]) === 1 ? "1er" : Number(found[3])} ` : ""}${MONTHS[Number(found[2]) - 1] ?? ""} ${found[1]}` : text;
}

const amount = (text) => (/^\d+$/.test(text ?? "") ? `${Number(text).toLocaleString("fr-FR")}\u00a0€` : text);

export function Preview({ data, lists }) {
  const word = (group, key) => lists?.vocabulaires[group]?.[key]?.nom ?? key;
  const named = (table, key) => lists?.tables[table][key] ?? key;
  const known = (name) => list(data[name]).filter((item) => item.valeur).map((item) => (name === "forme" ? word("formes", item.valeur) : name === "creation" || name === "ouverture" ? date(item.valeur) : `${item.precision && item.precision !== "exact" ? `${model.mots[item.precision] ?? ""} ` : ""}${item.valeur}`)).join(" ou ");
  const place = list(data.lieux).map((item) => item.commune ? `${item.commune} (${item.departement ?? "?"})` : lists?.departements[item.departement]?.[0] ?? lists?.regions[item.region] ?? "").filter(Boolean).join(", ");
  const without = list(data.sans_objet);
  return (
    <section class="formulaire__apercu" aria-labelledby="apercu" tabIndex={0}>
      <h2 id="apercu">Aperçu de la fiche</h2>
      <p class="surtitre">Cas <span class="surtitre__lieu">{place || "Lieu à préciser"}</span></p>
      <p class="formulaire__titre-apercu">{data.titre || "Sans titre"}</p>
      {list(data.en_bref).map((item, index) => <p key={index} class="chapo">{item.texte}</p>)}
      <ul class="puces">{list(data.accueils).map((key) => <li key={key}><span class="puce puce--accueil">{word("accueils", key)}</span></li>)}</ul>
      <dl class="formulaire__carte">
        {model.carte.filter((name) => !without.includes(name)).map((name) => <div key={name}><dt>{model.libelles[name]}</dt><dd class={known(name) ? undefined : "inconnu"}>{known(name) || "non précisé par les sources"}</dd></div>)}
      </dl>
      {list(data.leviers).map((shown, index) => (
        <div key={index}>
          <h3>{named("leviers", shown.levier) || "Levier"}</h3>
          <dl class="faits">{list(shown.actions).map((action, rank) => <div key={rank}><dt>{action.verbe}</dt><dd>{action.texte}</dd></div>)}</dl>
        </div>
      ))}
      {list(data.soutiens).length > 0 && <><h3>Soutiens publics</h3><ul>{list(data.soutiens).map((item, index) => (
        <li key={index}>{item.financeur || "…"} : {word("natures_de_soutien", item.nature) || "…"}{item.objet && `, ${item.objet}`}, {amount(item.montant) || <span class="inconnu">montant non précisé</span>}{item.annee && ` (${date(item.annee)})`}</li>
      ))}</ul></>}
      {list(data.acteurs).length > 0 && <><h3>Qui prend part</h3><ul>{list(data.acteurs).map((item, index) => <li key={index}>{item.nom}{list(item.roles).length > 0 && ` : ${list(item.roles).map((role) => word("roles", role).toLowerCase()).join(", ")}`}</li>)}</ul></>}
      {list(data.jalons).length > 0 && <><h3>Étapes</h3><ul>{list(data.jalons).map((item, index) => <li key={index}><strong>{date(item.date)}</strong> {item.texte}</li>)}</ul></>}
      {list(data.inconnues).length > 0 && <><h3>Ce qu'on ne sait pas</h3><ul>{list(data.inconnues).map((item, index) => <li key={index}>{item}</li>)}</ul></>}
    </section>
  );
}
