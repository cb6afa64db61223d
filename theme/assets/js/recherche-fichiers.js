// The files of the index (written by macros/search/files.py), each fetched once, when a search needs it.

// « c 3 5 1|4 2 » → [[record, weight between 0 and 1]…]: for each step, the records as gaps in base 36.
function entrees(texte) {
  return (texte ? texte.split("|") : []).flatMap((groupe) => {
    const [pas, ...ecarts] = groupe.split(" ");
    return numeros(ecarts).map((numero) => [numero, parseInt(pas, 36) / 12]);
  });
}

function numeros(ecarts) {
  let numero = 0;
  return ecarts.map((ecart) => (numero += parseInt(ecart, 36)));
}

export async function ouvrir(racineDuSite) {
  const deja = new Map();
  const une = (nom, lire) => {
    if (!deja.has(nom)) deja.set(nom, lire());
    return deja.get(nom);
  };
  const recuperer = async (nom, options) => {
    const reponse = await fetch(new URL(`assets/recherche/${nom}`, racineDuSite), options);
    if (!reponse.ok) throw new Error(`${nom} : ${reponse.status}`);
    return reponse.json();
  };

  // The only file whose name never changes: the browser asks whether it is still the right one.
  const index = await recuperer("index.json", { cache: "no-cache" });
  const fichier = (nom) => recuperer(`${index.dossier}/${nom}`);

  // Keys stand in order: a piece goes from its first key to the first key of the next.
  const rang = (cle) => Math.max(0, index.pieces.findLastIndex((debut) => debut <= cle));
  const piece = (numero) => une(`mots-${numero}`, async () => new Map(Object.entries(await fichier(`mots-${numero}.json`))));

  return {
    index,
    lire: async (cle) => entrees((await piece(rang(cle))).get(cle)),
    // The keys that begin alike; a beginning too common is not worth more than three pieces.
    async commencant(debut) {
      const lues = [];
      for (let numero = rang(debut); numero <= Math.min(rang(`${debut}~`), rang(debut) + 2); numero++) lues.push(piece(numero));
      return (await Promise.all(lues)).flatMap((lue) => [...lue.keys()]).filter((cle) => cle.startsWith(debut));
    },
    // Filter → for each of its values, the label and the records.
    filtres: () =>
      une("filtres", async () => {
        const lire = ([valeur, libelle, ecarts]) => ({ valeur, libelle, numeros: new Set(numeros(ecarts.split(" "))) });
        return Object.fromEntries(Object.entries(await fichier("filtres.json")).map(([nom, valeurs]) => [nom, valeurs.map(lire)]));
      }),
    fiche: (numero) => une(`fiches/${numero}`, () => fichier(`fiches/${numero}.json`)),
  };
}
