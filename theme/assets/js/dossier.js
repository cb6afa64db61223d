// The page « Mon dossier »: the list of fiches, in the reader's order, then the fiches themselves, to read, print or share.
// The address of the page always tells the whole file: copying it is sharing it.
import { chercher } from "./dossier-fiche.js";
import { accord, adresse, annoncer, garder, gardee, lue } from "./dossier-liste.js";

const zone = document.getElementById("dossier");
const racine = new URL("..", location.href);
const recues = lue(new URLSearchParams(location.search).get("f"));
const copies = new Map(); // name of a fiche → its place in the page
let fiches = recues.length ? recues : gardee() ?? [];
let mien = !recues.length || String(recues) === String(gardee());

const element = (nom, proprietes = {}, ...contenu) => {
  const cree = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(proprietes)) {
    if (cle in cree) cree[cle] = valeur;
    else cree.setAttribute(cle, valeur);
  }
  cree.append(...contenu);
  return cree;
};
const bouton = (texte, action, proprietes = {}) => {
  const cree = element("button", { type: "button", className: "bouton", ...proprietes }, texte);
  cree.addEventListener("click", action);
  return cree;
};

// What stands on the page: built once, filled by `montrer`.
const origine = element("div", { className: "dossier__origine" });
const titre = element("h2", { id: "dossier-titre", tabIndex: -1 });
const vide = element("div", { className: "dossier__vide" },
  element("p", {}, "Ouvrez une fiche, puis «\u202fAjouter à mon dossier\u202f»."),
  element("ul", { className: "liste-liens" },
    ...[["par-ou-commencer/", "Par où commencer\u202f?"], ["leviers/", "Les leviers"], ["cas/", "Les cas"]].map(([vers, texte]) =>
      element("li", {}, element("a", { href: new URL(vers, racine).href }, texte)))));
const liste = element("ol", { className: "dossier__liste" });
const champ = element("input", { className: "champ", id: "dossier-adresse", readOnly: true });
const courriel = element("a", { className: "bouton" }, "Envoyer par courriel");
const outils = element("div", { className: "dossier__outils" },
  element("div", { className: "actions" }, bouton("Imprimer", () => print(), { className: "bouton bouton--principal" }), courriel,
    bouton("Vider le dossier", () => confirmation.showModal())),
  element("p", { className: "dossier__partage" },
    element("label", { htmlFor: "dossier-adresse" }, "L’adresse de ce dossier, à copier\u202f:"), champ, bouton("Copier", () => copier())));
const imprimee = element("p", { className: "dossier__imprimee" });
const ensemble = element("div", { className: "dossier__fiches" });
const question = element("p", { id: "dossier-question" });
const confirmation = element("dialog", { className: "dossier__confirmation", "aria-labelledby": "dossier-question" }, question,
  element("div", { className: "actions" },
    bouton("Vider", () => { confirmation.close(); changer([], "Le dossier est vide."); titre.focus(); }, { className: "bouton bouton--principal" }),
    bouton("Annuler", () => confirmation.close())));

const copier = async () => {
  champ.select();
  try {
    await navigator.clipboard.writeText(champ.value);
    annoncer("Adresse copiée.");
  } catch {
    annoncer("Adresse sélectionnée\u202f: copiez-la.");
  }
};

// Another list, said aloud. A file received from somebody else never replaces the reader's own.
const changer = (suite, dit) => {
  fiches = suite;
  if (mien) garder(fiches);
  montrer();
  annoncer(dit);
};
const geste = (nom, action) => liste.querySelector(`[data-fiche="${nom}"] [data-geste="${action}"]:not(:disabled)`);
const deplacer = (nom, pas) => {
  const suite = fiches.filter((autre) => autre !== nom);
  const place = fiches.indexOf(nom) + pas;
  suite.splice(place, 0, nom);
  changer(suite, `${intitule(nom)}\u202f: place ${place + 1} sur ${suite.length}.`);
  (geste(nom, pas < 0 ? "monter" : "descendre") ?? geste(nom, pas < 0 ? "descendre" : "monter")).focus();
};
const retirer = (nom) => {
  const place = fiches.indexOf(nom);
  const suite = fiches.filter((autre) => autre !== nom);
  changer(suite, `${intitule(nom)}\u202f: fiche retirée. ${suite.length ? accord(suite.length) : "Le dossier est vide"}.`);
  (suite.length ? geste(suite[Math.min(place, suite.length - 1)], "retirer") : titre).focus();
};

const intitule = (nom) => copies.get(nom)?.dataset.titre ?? nom;
const ligne = (nom, rang) => element("li", { "data-fiche": nom },
  element("a", { href: `#fiche-${nom.replace("/", "-")}` }, intitule(nom)),
  element("span", { className: "dossier__gestes" },
    bouton("Monter", () => deplacer(nom, -1), { "data-geste": "monter", disabled: rang === 0, "aria-label": `Monter\u202f: ${intitule(nom)}` }),
    bouton("Descendre", () => deplacer(nom, 1), { "data-geste": "descendre", disabled: rang === fiches.length - 1, "aria-label": `Descendre\u202f: ${intitule(nom)}` }),
    bouton("Retirer", () => retirer(nom), { "data-geste": "retirer", "aria-label": `Retirer\u202f: ${intitule(nom)}` })));

const expliquerOrigine = () => {
  const propres = gardee();
  const messages = [];
  if (!mien) {
    messages.push(element("p", {}, element("strong", {}, "Ce dossier tient dans l’adresse de la page. "), "Ce que vous y changez ne touche pas à votre propre dossier."));
    if (propres) {
      const actions = element("div", { className: "actions" }, bouton("Garder ces fiches dans mon dossier", adopter));
      if (propres.length) actions.append(element("a", { className: "bouton", href: adresse(location.href, []) }, `Voir mon dossier (${propres.length})`));
      messages.push(actions);
    }
  }
  if (!propres) messages.push(element("p", {}, "Ce navigateur ne garde rien\u202f: pour retrouver ce dossier, notez l’adresse de la page."));
  origine.replaceChildren(...messages);
  origine.classList.toggle("bandeau", messages.length > 0);
};
const adopter = () => {
  const reunies = lue([...(gardee() ?? []), ...fiches].join(","));
  if (!garder(reunies)) {
    annoncer("Ce navigateur ne garde rien\u202f: notez l’adresse de la page.");
    return;
  }
  mien = true;
  changer(reunies, `C’est votre dossier\u202f: ${accord(reunies.length)}.`);
  charger();
  titre.focus();
};

const montrer = () => {
  const ici = adresse(location.href, fiches);
  history.replaceState(null, "", ici + location.hash);
  titre.textContent = fiches.length ? `${accord(fiches.length)} dans ${mien ? "mon" : "ce"} dossier` : `${mien ? "Mon" : "Ce"} dossier est vide`;
  for (const partie of [liste, outils, imprimee]) partie.hidden = !fiches.length;
  vide.hidden = fiches.length > 0;
  champ.value = ici;
  imprimee.textContent = `Dossier à retrouver à l’adresse\u202f: ${ici}`;
  courriel.href = `mailto:?subject=${encodeURIComponent("Un dossier sur la petite enfance")}&body=${encodeURIComponent(`${accord(fiches.length)}\u202f: ${fiches.map(intitule).join("\u202f; ")}\n\n${ici}\n`)}`;
  question.textContent = `Vider le dossier\u202f? ${fiches.length > 1 ? `Les ${fiches.length} fiches en seront retirées.` : "La fiche en sera retirée."}`;
  expliquerOrigine();
  liste.replaceChildren(...fiches.map(ligne));
  const presentes = fiches.filter((nom) => copies.has(nom)).map((nom) => copies.get(nom));
  if (String([...ensemble.children].map((copie) => copie.id)) !== String(presentes.map((copie) => copie.id))) ensemble.replaceChildren(...presentes);
};

const charger = async () => {
  const absentes = fiches.filter((nom) => !copies.has(nom));
  await Promise.all(absentes.map(async (nom) => {
    const place = element("div", { id: `fiche-${nom.replace("/", "-")}`, className: "dossier__fiche" });
    try {
      const { titre, fiche } = await chercher(nom, racine);
      place.dataset.titre = titre;
      place.append(fiche);
    } catch {
      place.append(element("p", { className: "bandeau" }, `La fiche ${nom} n’a pas pu être chargée\u202f: elle n’existe pas, ou la connexion manque.`));
    }
    copies.set(nom, place);
  }));
  montrer();
  document.dispatchEvent(new Event("contenu-ajoute"));
  if (absentes.length) annoncer(`${accord(fiches.length)} dans le dossier.`);
};

const relire = () => {
  if (!mien) return;
  fiches = gardee() ?? fiches;
  montrer();
  charger();
};
addEventListener("storage", relire); // the file changed in another tab
addEventListener("pageshow", ({ persisted }) => persisted && relire());

zone.replaceChildren(origine, titre, vide, liste, outils, imprimee, ensemble, confirmation);
montrer();
charger();
