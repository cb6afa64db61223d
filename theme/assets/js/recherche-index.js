// A query → the records that answer it, best first.
//
// A lead (« piste ») is one way to understand the words from `de` to `a`: a key of the index, how much it is worth, and whether it is a
// proper name. A record is worth the best lead for each word, the rare words more than the common ones, and much more when its name is there.
import { ouvrir } from "./recherche-fichiers.js";
import { analyse, ecart, enUnMot } from "./recherche-mots.js";

const LONGUEUR = 12; // words taken from a query
const NOM_ENTIER = 6; // what it is worth that the whole query is the name of a page…
const NOM_FAIBLE = 0.4; // … and not only a name met in it
const ASSEZ = 0.6; // part of what the best record answers, under which a record is left out

const envers = (texte) => [...texte].reverse().join("");
const couvre = ({ de, a }, rang) => de <= rang && rang <= a;
const couvreTout = (piste, mots) => mots.every(({ racine }, rang) => !racine || couvre(piste, rang));

export async function moteur(racineDuSite) {
  const fichiers = await ouvrir(racineDuSite);
  const { index } = fichiers;
  const langue = analyse(index);
  const synonymes = new Map(Object.entries(index.synonymes));
  const expressions = new Set([...synonymes].flatMap(([cle, autres]) => [cle, ...Object.keys(autres)]));
  const articles = new Set(index.articles);

  const lues = async (pistes) => {
    const toutes = await Promise.all(pistes.map(async (piste) => ({ ...piste, entrees: await fichiers.lire(piste.cle) })));
    return toutes.filter(({ entrees }) => entrees.length);
  };

  const enUn = (suite, de, a) => ({ cle: langue.racine(suite.map(({ mot }) => mot).join("")), de, a, poids: 1 });

  // Runs of words, of at most `longueur`: [from, to, words].
  function* suites(mots, longueur) {
    for (let de = 0; de < mots.length; de++) {
      for (let a = de; a < Math.min(mots.length, de + longueur); a++) yield [de, a, mots.slice(de, a + 1)];
    }
  }

  // Words as they are spelt: names, words, known expressions, and what the list of synonyms adds.
  function pistesExactes(mots) {
    const pistes = [];
    for (const [de, a, suite] of suites(mots, 8)) {
      const pleins = suite.filter(({ racine }) => racine);
      if (!pleins.length) continue;
      if (suite[0].racine || articles.has(suite[0].mot)) pistes.push({ cle: `=${enUnMot(suite.map(({ mot }) => mot))}`, de, a, poids: 1, nom: true });
      if (!suite[0].racine || !suite.at(-1).racine) continue;
      const cle = pleins.map(({ racine }) => racine).join("_");
      if (de === a || expressions.has(cle)) pistes.push({ cle, de, a, poids: 1 });
      for (const [autre, poids] of Object.entries(synonymes.get(cle) ?? {})) pistes.push({ cle: autre, de, a, poids });
      if (a > de && a < de + 3 && suite.slice(1).every(({ lie }) => lie)) pistes.push(enUn(suite, de, a));
    }
    return pistes;
  }

  // A key that begins like what was typed, or is a slip away from it: what it is worth, 0 if it is too far.
  function proximite(tape, cle) {
    if (cle.startsWith(tape)) return 0.8 * Math.sqrt(tape.length / cle.length);
    const permis = tape.length < 4 ? 0 : tape.length < 9 || Math.abs(tape.length - cle.length) > 1 ? 1 : 2;
    const distance = ecart(tape, cle);
    return distance <= permis ? 0.8 - distance / 5 : 0;
  }

  async function nomsProches(nom, de, a) {
    // One slip, even two letters swapped in the middle, leaves one end of a name intact: names are kept spelt both ways.
    const moitie = Math.max(2, Math.floor((nom.length - 1) / 2));
    const noter = (noms) => noms.map((cle) => ({ cle: `=${cle}`, de, a, poids: proximite(nom, cle), nom: true })).filter(({ poids }) => poids);
    const debuts = noter((await fichiers.commencant(`=${nom.slice(0, moitie)}`)).map((cle) => cle.slice(1)));
    if (debuts.length || nom.length < 5) return debuts;
    return noter((await fichiers.commencant(`<${envers(nom).slice(0, moitie)}`)).map((cle) => envers(cle.slice(1))));
  }

  async function motsProches({ mot, racine }, rang) {
    const cles = mot.length < 3 ? [] : await fichiers.commencant(mot.slice(0, 3));
    const valeur = (cle) => (cle.startsWith(mot) || racine.length < 5 ? proximite(mot, cle) : proximite(racine, cle));
    return cles.map((cle) => ({ cle, de: rang, a: rang, poids: valeur(cle) })).filter(({ poids }) => poids);
  }

  // For words that no page writes, alone or with their neighbours; and for the whole query, which may be a name misspelt.
  async function pistesProches(mots, inconnus) {
    const cherchees = [];
    for (const [de, a, suite] of suites(mots, 6)) {
      const entier = a > de && de === 0 && a === mots.length - 1;
      const nom = enUnMot(suite.map(({ mot }) => mot));
      if (nom.length < 3 || (!entier && !inconnus.some((rang) => couvre({ de, a }, rang)))) continue;
      cherchees.push(nomsProches(nom, de, a));
      if (de === a) cherchees.push(motsProches(mots[de], de));
      else if (a < de + 3) cherchees.push([enUn(suite, de, a)]);
    }
    const pistes = (await Promise.all(cherchees)).flat();
    // A name of one word is also found where it is only met.
    return [...pistes, ...pistes.filter(({ nom, de, a }) => nom && de === a).map(({ cle, de, a, poids }) => ({ cle: langue.racine(cle.slice(1)), de, a, poids }))];
  }

  // → numbers of the records, best first; runs of stems to mark in the excerpts; words that no page writes, found nearby or not at all.
  async function chercher(requete) {
    const mots = langue.mots(requete).slice(0, LONGUEUR);
    const [{ nature }, pistes] = await Promise.all([fichiers.filtres(), lues(pistesExactes(mots))]);
    const sans = () => [...mots.keys()].filter((rang) => mots[rang].racine && !pistes.some((piste) => couvre(piste, rang)));
    const inconnus = sans();
    const nomme = pistes.some((piste) => piste.nom && couvreTout(piste, mots));
    if (inconnus.length || (!nomme && mots.length > 1)) pistes.push(...(await lues(await pistesProches(mots, inconnus))));
    const absents = sans();
    const tapes = (rangs) => rangs.map((rang) => mots[rang].lu);
    return {
      numeros: classer(mots, pistes, nature),
      marques: [...mots.map(({ racine }) => [racine]), ...pistes.filter(({ nom }) => !nom).map(({ cle }) => cle.split("_"))].filter(([premiere]) => premiere),
      approches: tapes(inconnus.filter((rang) => !absents.includes(rang))),
      absents: tapes(absents),
    };
  }

  function classer(mots, pistes, natures) {
    const valeurs = mots.map(() => new Map()); // for each word: record → how well it answers
    const noms = mots.map(() => new Map()); // the same, for proper names only
    const entiers = new Map(); // record → how well the whole query is its name
    const garder = (table, numero, valeur) => valeur > (table.get(numero) ?? 0) && table.set(numero, valeur);
    for (const piste of pistes) {
      const { de, a, poids, nom, entrees } = piste;
      const entier = nom && couvreTout(piste, mots);
      for (const [numero, part] of entrees) {
        for (let rang = de; rang <= a; rang++) {
          garder(valeurs[rang], numero, poids * part);
          if (nom) garder(noms[rang], numero, poids * part ** 2);
        }
        if (entier && part > NOM_FAIBLE) garder(entiers, numero, poids * part ** 2);
      }
    }
    const rarete = valeurs.map(({ size }, rang) => (mots[rang].racine && size ? Math.log(1 + (index.total - size + 0.5) / (size + 0.5)) : 0));
    const total = rarete.reduce((somme, valeur) => somme + valeur, 0) || 1;
    const poidsDe = (numero) => index.poids[natures.find(({ numeros }) => numeros.has(numero)).valeur];
    const resultats = [...new Set(valeurs.flatMap((table) => [...table.keys()]))].map((numero) => {
      let score = NOM_ENTIER * (entiers.get(numero) ?? 0);
      let repondu = 0;
      for (const rang of mots.keys()) {
        const valeur = valeurs[rang].get(numero) ?? 0;
        if (valeur) repondu += rarete[rang] / total;
        score += rarete[rang] * (valeur + (noms[rang].get(numero) ?? 0));
      }
      return { numero, repondu, score: score * repondu ** 2 * poidsDe(numero) };
    });
    const mieux = resultats.reduce((haut, { repondu }) => Math.max(haut, repondu), 0);
    return resultats
      .filter(({ repondu }) => repondu > ASSEZ * mieux)
      .sort((x, y) => y.score - x.score || x.numero - y.numero)
      .map(({ numero }) => numero);
  }

  return { chercher, filtres: fichiers.filtres, fiche: fichiers.fiche, langue };
}
