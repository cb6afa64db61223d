// From the sentences of a page, the one that answers best, with the words of the query marked.
import { plie } from "./recherche-mots.js";

const LONGUEUR = 240;

// The words of a text and, among them, the runs that answer: [[from, to]…] in characters.
function reponses(texte, marques, langue) {
  const mots = [...texte.matchAll(/[\p{L}\p{N}\p{M}]+/gu)]
    .map(({ 0: mot, index }) => ({ debut: index, fin: index + mot.length, racine: langue.mots(plie(mot))[0]?.racine }))
    .filter(({ racine }) => racine);
  const trouves = [];
  const lesquelles = new Set();
  for (let rang = 0; rang < mots.length; rang++) {
    for (const marque of marques) {
      if (!marque.every((racine, pas) => mots[rang + pas]?.racine === racine)) continue;
      trouves.push([mots[rang].debut, mots[rang + marque.length - 1].fin]);
      lesquelles.add(marque.join("_"));
    }
  }
  return { trouves, combien: lesquelles.size };
}

// A window of the text around its first answer, cut between words.
function fenetre(texte, debut) {
  if (texte.length <= LONGUEUR) return [0, texte.length];
  const de = debut < LONGUEUR * 0.7 ? 0 : texte.indexOf(" ", debut - LONGUEUR / 3) + 1;
  const a = de + LONGUEUR >= texte.length ? texte.length : texte.lastIndexOf(" ", de + LONGUEUR);
  return [de, a];
}

// → nodes to put in the paragraph of the excerpt.
export function extrait({ resume, passages }, marques, langue) {
  let mieux = { texte: resume, ...reponses(resume, marques, langue) };
  for (const { sujet, texte: dit } of passages) {
    const texte = sujet === undefined ? dit : `${sujet}\u202f: ${dit}`;
    const lu = { texte, ...reponses(texte, marques, langue) };
    if (lu.combien > mieux.combien) mieux = lu;
  }
  const { texte, trouves } = mieux;
  const [de, a] = fenetre(texte, trouves[0]?.[0] ?? 0);
  const noeuds = [de ? "… " : ""];
  let ici = de;
  for (const [debut, fin] of trouves) {
    if (debut < ici || fin > a) continue;
    const marque = document.createElement("mark");
    marque.textContent = texte.slice(debut, fin);
    noeuds.push(texte.slice(ici, debut), marque);
    ici = fin;
  }
  return [...noeuds, texte.slice(ici, a), a < texte.length ? "…" : ""];
}
