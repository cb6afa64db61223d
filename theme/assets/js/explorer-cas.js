// The cases of the list: those the page holds, and those it fetches by small groups when it shows them; what each answers to each
// filter, as sets of bits, so that ten thousand cases are counted in a few milliseconds.

export const zone = document.querySelector("[data-explorer]");
export const TOTAL = Number(zone.dataset.explorer);
const DOSSIER = zone.dataset.dossierDesCas;
const PAR_FICHIER = Number(zone.dataset.parFichier);
const listeDeCartes = zone.querySelector(".explorer__cartes ul");
const corpsDuTableau = zone.querySelector(".explorer__tableau tbody");
const INCLUS = zone.querySelector('script[type="application/json"]');
const dansLaPage = INCLUS && JSON.parse(INCLUS.textContent);

const memoire = new Map();
const lire = (nom) => {
  if (!memoire.has(nom)) {
    const attendu = fetch(`${DOSSIER}${nom}.json`).then((reponse) => {
      if (!reponse.ok) throw new Error(`${reponse.status} ${nom}`);
      return reponse.json();
    });
    attendu.catch(() => memoire.delete(nom)); // the next attempt may succeed
    memoire.set(nom, attendu);
  }
  return memoire.get(nom);
};

// Sets of cases.
const MOTS = Math.ceil(TOTAL / 32);
export const aucun = () => new Uint32Array(MOTS);
export const tous = () => {
  const ensemble = aucun().fill(0xffffffff);
  if (TOTAL % 32) ensemble[MOTS - 1] = 2 ** (TOTAL % 32) - 1;
  return ensemble;
};
export const ajouter = (ensemble, autre) => autre.forEach((mot, rang) => (ensemble[rang] |= mot));
export const garder = (ensemble, autre) => autre.forEach((mot, rang) => (ensemble[rang] &= mot));
export const contient = (ensemble, cas) => (ensemble[cas >>> 5] >>> (cas & 31)) & 1;
const bits = (mot) => {
  mot -= (mot >>> 1) & 0x55555555;
  mot = (mot & 0x33333333) + ((mot >>> 2) & 0x33333333);
  return (((mot + (mot >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
};
export const compterDans = (ensemble, autre) => {
  let nombre = 0;
  for (let rang = 0; rang < MOTS; rang += 1) nombre += bits(ensemble[rang] & autre[rang]);
  return nombre;
};

// Filter → value → the cases that give it; filter → case → its values. One filter at a time, so that the page answers meanwhile.
const preparer = async (filtres) => {
  const pretes = {};
  for (const [filtre, { valeurs, reponses: possibles, codes, cas }] of Object.entries(filtres)) {
    const ensembles = valeurs.map(aucun);
    const parCode = [];
    for (let rang = 0; rang < codes.length; rang += 1) parCode[codes.charCodeAt(rang)] = possibles[rang];
    for (let numero = 0; numero < TOTAL; numero += 1) {
      const places = parCode[cas.charCodeAt(numero)];
      for (let rang = 0; rang < places.length; rang += 1) ensembles[places[rang]][numero >>> 5] |= 1 << (numero & 31);
    }
    pretes[filtre] = {
      ensembles: new Map(valeurs.map((valeur, place) => [valeur, ensembles[place]])),
      de: (numero) => parCode[cas.charCodeAt(numero)].map((place) => valeurs[place]),
    };
    if (DOSSIER) await new Promise((suite) => setTimeout(suite));
  }
  return pretes;
};
let reponses;
export const lesReponses = () => {
  reponses ??= (dansLaPage ? Promise.resolve(dansLaPage) : lire("filtres")).then((donnees) => preparer(dansLaPage ? donnees.filtres : donnees));
  reponses.catch(() => (reponses = undefined));
  return reponses;
};

// The list as it comes is sorted by source; the other orders are lists of places in it.
const parSource = Array.from({ length: TOTAL }, (_, numero) => numero);
export const ordreDe = async (tri) => (tri === "source" ? parSource : dansLaPage ? dansLaPage.tris[tri] : lire(`tri-${tri}`));

// Cards and lines: those of the page, then those made on their model.
const faits = new Map();
listeDeCartes.querySelectorAll("[data-cas]").forEach((carte, numero) => faits.set(numero, { carte, rang: corpsDuTableau.rows[numero] }));
const [modele] = [...faits.values()].map(({ carte, rang }) => ({ carte: carte.cloneNode(true), rang: rang.cloneNode(true) }));
const RACINE = new URL(".", location.href);

const texteDans = (classe, texte) => Object.assign(document.createElement("span"), { className: classe, textContent: texte });
const lienVers = (adresse, texte) => {
  const lien = Object.assign(document.createElement("a"), { textContent: texte });
  lien.setAttribute("href", adresse);
  return lien;
};
const inconnu = () => texteDans("inconnu", "non précisé par les sources");

const faire = ([cas, titre, lieu, texte, court, puces, date, creation, forme, leviers, editions], nomDuLevier) => {
  const carte = modele.carte.cloneNode(true);
  carte.dataset.cas = cas;
  carte.querySelector(".carte__lieu").textContent = lieu;
  carte.querySelector(".carte__titre").replaceChildren(lienVers(`../cas/${cas}/`, titre));
  carte.querySelector(".carte__texte").textContent = texte;
  carte.querySelector(".puces").replaceChildren(
    ...puces.map(([classe, mot]) => {
      const puce = document.createElement("li");
      puce.append(texteDans(classe, mot));
      return puce;
    }),
  );
  const bouton = carte.querySelector("[data-comparer]");
  Object.assign(bouton.dataset, { comparer: cas, nom: court });
  bouton.querySelector(".hors-vue").textContent = `\u202f: ${court}`;

  const rang = modele.rang.cloneNode(true);
  rang.dataset.cas = cas;
  rang.querySelector("th").replaceChildren(lienVers(`../cas/${cas}/`, titre));
  const ecrire = (nom, ...contenu) => rang.querySelector(`[data-label="${nom}"]`).replaceChildren(...contenu);
  ecrire("Lieu", lieu);
  ecrire("Date", ...(date ? [date, ...(creation ? [" ", texteDans("discret", "(création)")] : [])] : [inconnu()]));
  ecrire("Forme", forme || inconnu());
  ecrire("Leviers", ...(leviers.length ? leviers.flatMap((levier, place) => [...(place ? [", "] : []), lienVers(`../leviers/${levier}/`, nomDuLevier(levier))]) : [texteDans("inconnu", "aucun")]));
  ecrire("Éditions", editions || texteDans("inconnu", "hors de la fiche"));
  return { carte, rang };
};

// The cards and lines of these cases, in their order. `avance` hears how many files are there, of how many.
export const lesCas = async (numeros, nomDuLevier, avance = () => {}) => {
  const fichiers = [...new Set(numeros.filter((numero) => !faits.has(numero)).map((numero) => Math.floor(numero / PAR_FICHIER)))];
  let venus = 0;
  const suivant = async () => {
    for (let fichier = fichiers.shift(); fichier !== undefined; fichier = fichiers.shift()) {
      const lignes = await lire(String(fichier));
      lignes.forEach((ligne, place) => {
        const numero = fichier * PAR_FICHIER + place;
        if (!faits.has(numero)) faits.set(numero, faire(ligne, nomDuLevier));
      });
      venus += 1;
      avance(venus, venus + fichiers.length);
    }
  };
  await Promise.all(Array.from({ length: 8 }, suivant));
  return numeros.map((numero) => faits.get(numero));
};

export const enTexte = ({ carte, rang }) => ({
  identifiant: carte.dataset.cas,
  nom: carte.querySelector(".carte__titre a").textContent,
  adresse: new URL(carte.querySelector(".carte__titre a").getAttribute("href"), RACINE).href,
  lieu: carte.querySelector(".carte__lieu").textContent,
  date: rang.querySelector("[data-label=Date]").textContent,
});

export const montrerLesCas = (cas) => {
  listeDeCartes.replaceChildren(...cas.map(({ carte }) => carte));
  corpsDuTableau.replaceChildren(...cas.map(({ rang }) => rang));
};
