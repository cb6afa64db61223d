// What the reader types → the words it is found by: the same steps as macros/search/words.py, with the tables that travel in the index.

const SEUL = /([b-df-hj-np-tv-z])\1+/g;
const ABREGES = new Map([["st", "saint"], ["ste", "sainte"]]);
const simple = (mot) => ABREGES.get(mot) ?? mot.replace(SEUL, "$1");

export const plie = (texte) =>
  texte
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replace(/(\d) (?=\d{3}(?!\d))/g, "$1");

export const enUnMot = (mots) => mots.join("").replace(SEUL, "$1");

// Damerau's distance: letters added, dropped, changed or swapped. Words here have at most some thirty letters.
export function ecart(a, b) {
  let avant = [];
  let ligne = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const suite = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      suite[j] = Math.min(ligne[j] + 1, suite[j - 1] + 1, ligne[j - 1] + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) suite[j] = Math.min(suite[j], avant[j - 2] + 1);
    }
    [avant, ligne] = [ligne, suite];
  }
  return ligne[b.length];
}

export function analyse({ pluriels, fins, vides }) {
  const vide = new Set(vides);

  function racine(mot) {
    if (/\d/.test(mot)) return mot;
    for (const table of [pluriels, fins]) {
      const trouve = table.find(([fin, , reste]) => mot.length - fin.length >= reste && mot.endsWith(fin));
      if (trouve) mot = mot.slice(0, mot.length - trouve[0].length) + trouve[1];
    }
    return mot;
  }

  // Words in order: as typed, simple, its stem (empty for a word that says nothing), tied or not to the one before by a hyphen.
  function mots(texte) {
    return [...plie(texte).matchAll(/[a-z0-9]+/g)].map(({ 0: lu, index, input }) => {
      const mot = simple(lu);
      const muet = vide.has(mot) || (mot.length === 1 && !/\d/.test(mot));
      return { lu, mot, racine: muet ? "" : racine(mot), lie: /[a-z0-9][-\u2010]$/.test(input.slice(0, index)) };
    });
  }

  return { mots, racine: (mot) => racine(simple(mot)) };
}
