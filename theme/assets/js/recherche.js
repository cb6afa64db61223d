// The search page: the query and its filters stand in the address; everything shown follows from it.
import { extrait } from "./recherche-extrait.js";
import { moteur } from "./recherche-index.js";

const PAR_PAGE = 10;
const FILTRES = ["nature", "levier", "departement", "forme"];

const racineDuSite = new URL("../../", import.meta.url);
const trouver = (choix) => document.querySelector(choix);
const formulaire = trouver("#recherche");
const zoneFiltres = trouver(".recherche__filtres");
const etat = trouver(".recherche__etat");
const impasse = trouver(".recherche__impasse");
const titreListe = trouver(".recherche__titre");
const liste = trouver(".resultats");
const suite = trouver(".recherche__suite");
const titreDePage = document.title;

const entre = (texte) => `«\u202f${texte}\u202f»`;
const combien = (nombre) => (nombre ? `${nombre.toLocaleString("fr")} résultat${nombre > 1 ? "s" : ""}` : "Aucun résultat");

function element(nom, classe, ...contenu) {
  const cree = document.createElement(nom);
  if (classe) cree.className = classe;
  cree.append(...contenu);
  return cree;
}

function bouton(texte, action) {
  const cree = element("button", "bouton", texte);
  cree.type = "button";
  cree.addEventListener("click", action);
  return cree;
}

// What the address asks for.
function demande() {
  const lus = new URLSearchParams(location.search);
  return { q: (lus.get("q") ?? "").trim().slice(0, 200), choix: Object.fromEntries(FILTRES.map((nom) => [nom, lus.get(nom) ?? ""])) };
}

function aller({ q, choix }) {
  const lus = new URLSearchParams({ q });
  for (const nom of FILTRES) if (choix[nom]) lus.set(nom, choix[nom]);
  history.pushState(null, "", `?${lus}`);
  chercher();
}

let enMarche;
let derniere = 0; // number of the latest search: an answer that comes late is dropped

async function chercher() {
  const moi = ++derniere;
  const { q, choix } = demande();
  formulaire.q.value = q;
  document.title = q ? `${q} – ${titreDePage}` : titreDePage;
  if (!q) {
    vider();
    if (new URLSearchParams(location.search).has("q")) etat.replaceChildren(element("p", "", "Écrivez un mot, un lieu ou un nom, puis cherchez."));
    return;
  }
  const attente = setTimeout(() => etat.replaceChildren(element("p", "", "Recherche en cours…")), 400);
  try {
    enMarche ??= moteur(racineDuSite);
    const { chercher: repondre, filtres, fiche, langue } = await enMarche;
    const [reponse, groupes] = [await repondre(q), await filtres()];
    const gardes = reponse.numeros.filter((numero) => FILTRES.every((nom) => passe(groupes, nom, choix[nom], numero)));
    const montrer = async (de, nombre) => {
      const fiches = await Promise.all(gardes.slice(de, de + nombre).map(fiche));
      return fiches.map((lue) => resultat(lue, reponse.marques, langue));
    };
    const premiers = await montrer(0, Math.max(PAR_PAGE, history.state?.montres ?? 0));
    if (moi !== derniere) return;
    clearTimeout(attente);
    liste.replaceChildren(...premiers);
    titreListe.hidden = liste.hidden = !premiers.length;
    annoncer(q, gardes.length, reponse, FILTRES.some((nom) => choix[nom]));
    remplirFiltres(groupes, choix, reponse.numeros);
    sortirDImpasse(groupes, choix, reponse.numeros, gardes.length);
    proposerLaSuite(gardes.length, montrer);
  } catch (erreur) {
    console.warn(erreur);
    enMarche = undefined; // the site may have been published anew since: the next try starts from scratch
    clearTimeout(attente);
    if (moi !== derniere) return;
    vider();
    etat.replaceChildren(element("p", "", "La recherche n’a pas pu être chargée. Vérifiez votre connexion."));
    impasse.replaceChildren(bouton("Réessayer", chercher));
  }
}

function vider() {
  liste.replaceChildren();
  etat.replaceChildren();
  impasse.replaceChildren();
  titreListe.hidden = liste.hidden = zoneFiltres.hidden = suite.hidden = true;
}

const passe = (groupes, nom, valeur, numero) => !valeur || (groupes[nom].find((groupe) => groupe.valeur === valeur)?.numeros.has(numero) ?? false);

function resultat({ adresse, nature, titre, lieu, resume, passages }, marques, langue) {
  const lien = element("a", "", titre);
  lien.href = new URL(adresse, racineDuSite);
  const tete = element("p", "resultat__nature", element("span", "resultat__sorte", nature));
  if (lieu) tete.append(" ", element("span", "resultat__lieu", lieu));
  return element("li", "resultat", tete, element("h3", "resultat__titre", lien), element("p", "resultat__extrait", ...extrait({ resume, passages }, marques, langue)));
}

// Said aloud by screen readers: how many, for what, and which words were not found.
function annoncer(q, nombre, { absents, approches }, filtre) {
  const dits = [element("p", "", `${combien(nombre)} pour ${entre(q)}${filtre ? " avec ces filtres" : ""}`)];
  if (approches.length) dits.push(element("p", "recherche__note", `Aucune page n’écrit ${approches.map(entre).join(", ")}\u00a0: voici ce qui s’en approche.`));
  if (absents.length) dits.push(element("p", "recherche__note", `Aucune page ne contient ${absents.map(entre).join(", ")}.`));
  etat.replaceChildren(...dits);
}

// Each filter counts what it would leave, the others being kept.
function remplirFiltres(groupes, choix, numeros) {
  zoneFiltres.hidden = zoneFiltres.disabled = !numeros.length;
  for (const nom of FILTRES) {
    const liste = formulaire[nom];
    const restants = numeros.filter((numero) => FILTRES.every((autre) => autre === nom || passe(groupes, autre, choix[autre], numero)));
    const options = [new Option("Tout", "")];
    for (const { valeur, libelle, numeros: ceux } of groupes[nom]) {
      const nombre = restants.filter((numero) => ceux.has(numero)).length;
      if (nombre || valeur === choix[nom]) options.push(new Option(`${libelle} – ${nombre}`, valeur));
    }
    liste.replaceChildren(...options);
    liste.value = choix[nom];
    liste.closest(".recherche__filtre").hidden = options.length === 1;
  }
}

// No dead end: when filters leave nothing, say what each of them hides.
function sortirDImpasse(groupes, choix, numeros, nombre) {
  impasse.replaceChildren();
  if (nombre || !numeros.length) return;
  for (const nom of FILTRES.filter((candidat) => choix[candidat])) {
    const sans = { ...choix, [nom]: "" };
    const restants = numeros.filter((numero) => FILTRES.every((autre) => passe(groupes, autre, sans[autre], numero))).length;
    const libelle = groupes[nom].find(({ valeur }) => valeur === choix[nom])?.libelle ?? choix[nom];
    if (restants) impasse.append(bouton(`Retirer le filtre ${entre(libelle)}\u00a0: ${combien(restants)}`, () => aller({ q: formulaire.q.value, choix: sans })));
  }
  if (!impasse.children.length) impasse.append(bouton(`Retirer tous les filtres\u00a0: ${combien(numeros.length)}`, () => aller({ q: formulaire.q.value, choix: {} })));
}

function proposerLaSuite(nombre, montrer) {
  const reste = nombre - liste.children.length;
  suite.hidden = reste <= 0;
  suite.textContent = `Afficher ${Math.min(reste, PAR_PAGE)} résultat${reste > 1 ? "s" : ""} de plus`;
  suite.onclick = async () => {
    const ajoutes = await montrer(liste.children.length, PAR_PAGE);
    liste.append(...ajoutes);
    ajoutes[0].querySelector("a").focus();
    history.replaceState({ montres: liste.children.length }, "");
    proposerLaSuite(nombre, montrer);
  };
}

formulaire.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  aller({ q: formulaire.q.value.trim(), choix: {} });
});
zoneFiltres.addEventListener("change", () => aller({ q: demande().q, choix: Object.fromEntries(FILTRES.map((nom) => [nom, formulaire[nom].value])) }));
addEventListener("popstate", chercher);
chercher();
