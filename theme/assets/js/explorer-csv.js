// The cases shown, as a file for a spreadsheet.

// A spreadsheet runs a cell that starts like a formula: an apostrophe makes it a text.
const cellule = (texte) => {
  const sur = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(texte) ? `'${texte}` : texte;
  return `"${sur.replaceAll('"', '""')}"`;
};

// Semicolons and the mark at the start are what a French spreadsheet expects.
export const csv = (facettes, cas) => {
  const noms = new Map(facettes.map(({ nom, valeurs }) => [nom, new Map(valeurs.map(({ coche, texte }) => [coche.value, texte]))]));
  const entete = ["Identifiant", "Titre", "Lieu", "Ouverture ou création", ...facettes.map(({ titre }) => titre), "Adresse"];
  const lignes = cas.map(({ identifiant, nom, lieu, date, reponses, adresse }) => [
    identifiant,
    nom,
    lieu,
    date,
    ...facettes.map((facette) => reponses(facette.nom).map((valeur) => noms.get(facette.nom).get(valeur)).join(" | ")),
    adresse,
  ]);
  return `\ufeff${[entete, ...lignes].map((ligne) => ligne.map(cellule).join(";")).join("\r\n")}\r\n`;
};
