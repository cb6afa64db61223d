import { readFileSync } from "node:fs";
import markdownIt from "markdown-it";

// Shared by all pages. Frozen: Eleventy gives it to each page as it is, instead of a deep copy.
const commun = Object.freeze(JSON.parse(readFileSync(new URL("commun.json", import.meta.url), "utf8")));
const markdown = markdownIt();

// Dates: 2009, 2018-12, 2025-10-22, 2021-T1, 2013-2016, « début 2021 », « vers 2012-2013 »

const MOIS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
const TRIMESTRES = ["premier", "deuxième", "troisième", "quatrième"];
const MOIS_VAGUES = { début: 2, fin: 11, mi: 6, vers: 6, avant: 1, après: 12, hiver: 1, printemps: 4, été: 7, automne: 10 };
const JOUR_OU_MOIS = /^(\d{4})-(\d\d)(?:-(\d\d))?$/;
const TRIMESTRE = /^(\d{4})-T([1-4])$/;

/** Remembers what a function of one text gave: the same dates come again and again. */
function retenu(fonction) {
  const connus = new Map();
  return (texte) => {
    let resultat = connus.get(texte);
    if (resultat === undefined) connus.set(texte, (resultat = fonction(texte)));
    return resultat;
  };
}

const dateEnMots = retenu((texte) => {
  if (!texte) return "date non précisée";
  const exacte = JOUR_OU_MOIS.exec(texte);
  if (exacte) {
    const [, annee, mois, jour] = exacte;
    return `${jour ? `${jour === "01" ? "1er" : Number(jour)} ` : ""}${MOIS[mois - 1]} ${annee}`;
  }
  const trimestre = TRIMESTRE.exec(texte);
  if (trimestre) return `${TRIMESTRES[trimestre[2] - 1]} trimestre ${trimestre[1]}`;
  return texte.replace(/^(\d{4})-(\d{4})$/, "$1 à $2").replace("mi ", "mi-");
});

/** AAAA-MM-JJ, to sort by; the middle of the period when the date is vague. */
const cleDeDate = retenu((texte) => {
  const exacte = JOUR_OU_MOIS.exec(texte);
  if (exacte) return `${exacte[1]}-${exacte[2]}-${exacte[3] ?? "01"}`;
  if (/^\d{4}$/.test(texte)) return `${texte}-06-15`;
  const annee = /\d{4}/.exec(texte)[0];
  const trimestre = TRIMESTRE.exec(texte);
  const mois = trimestre ? trimestre[2] * 3 - 2 : (MOIS_VAGUES[texte.split(" ")[0]] ?? 1);
  return `${annee}-${String(mois).padStart(2, "0")}-01`;
});

/** For `sort` and `toSorted`: ascending order of a key. */
const par = (cle) => (un, autre) => {
  const a = cle(un), b = cle(autre);
  return a < b ? -1 : a > b ? 1 : 0;
};

const parDate = par((jalon) => cleDeDate(jalon.date));

// Numbers and texts

const PRECISIONS = { environ: "environ ", "plus-de": "plus de ", "pres-de": "près de " };
const ENTRE_MILLIERS = /\B(?=(?:\d{3})+$)/g;
const DU_MARKDOWN = /[*_[`<\n]/;
const ENTITES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** `15000` → « 15 000 », `4.70` → « 4,7 ». */
function nombre(valeur) {
  const [entier, decimales = ""] = valeur.replace(",", ".").split(".");
  const suite = decimales.replace(/0+$/, "");
  return entier.replace(ENTRE_MILLIERS, "\u202f") + (suite && `,${suite}`);
}

/** A value with its precision: « plus de 8 400 ». */
const quantite = ({ precision, valeur }) => (PRECISIONS[precision] ?? "") + nombre(valeur);

const majuscule = (texte) => texte[0].toUpperCase() + texte.slice(1);
const echappe = (texte) => texte.replace(/[&<>"]/g, (signe) => ENTITES[signe]);
const enumeration = new Intl.ListFormat("fr", { type: "conjunction" });

/** A text, and the little Markdown it may hold; Nunjucks escapes the others. */
function texteEnLigne(texte) {
  return DU_MARKDOWN.test(texte) ? this.env.getFilter("safe")(markdown.renderInline(texte)) : texte;
}

/** A text inside an address: encodeURIComponent leaves the apostrophe. */
const dansUneAdresse = (texte) => encodeURIComponent(texte).replace(/[!'()*]/g, (signe) => `%${signe.charCodeAt(0).toString(16).toUpperCase()}`);

// Numbered notes: each source gets its number where it is first cited

const STATUTS = { deduit: "déduit", calcule: "calculé", redaction: "choix de la rédaction" };
const HORS_DOCUMENTS = ' <span class="ext">hors des cinq documents</span>';
const estExterieure = (cle) => commun.sources[cle].fonds === "exterieur";

/** 1 → a, 26 → z, 27 → aa. */
function lettres(rang) {
  let suite = "";
  for (; rang > 0; rang = Math.floor((rang - 1) / 26)) suite = String.fromCharCode(97 + ((rang - 1) % 26)) + suite;
  return suite;
}

class Notes {
  #citees = new Map();

  /** The small number after a fact, a link to the list of sources. */
  marque(cle) {
    let citee = this.#citees.get(cle);
    if (!citee) this.#citees.set(cle, (citee = { cle, source: commun.sources[cle], numero: this.#citees.size + 1, retours: [] }));
    const { numero, retours } = citee;
    const ancre = `note-${numero}${lettres(retours.length + 1)}`;
    retours.push(ancre);
    return `<sup class="note"><a href="#source-${numero}" id="${ancre}" aria-label="source ${numero} : ${echappe(citee.source.court)}">${numero}</a></sup>`;
  }

  /** Those of a fact. */
  marques({ source, aussi }) {
    if (!aussi) return this.marque(source);
    return [...new Set([source, ...aussi])].map((cle) => this.marque(cle)).join("");
  }

  /** Those of several facts, each once. */
  deToutes(faits) {
    return [...new Set(faits.flatMap(({ source, aussi = [] }) => [source, ...aussi]))].map((cle) => this.marque(cle)).join("");
  }

  /** All that follows a fact: whether it is deduced, its caution, whether it comes from elsewhere, its notes. */
  fait(x) {
    const dit = [STATUTS[x.statut], x.reserve].filter(Boolean).join(" ; ");
    const dehors = estExterieure(x.source) || x.aussi?.some(estExterieure);
    return (dit && ` <span class="discret">(${echappe(dit)})</span>`) + (dehors ? HORS_DOCUMENTS : "") + this.marques(x);
  }

  /** The sources in the order of their numbers, with the anchors that cite them. */
  get liste() {
    return [...this.#citees.values()];
  }
}

// What is worked out from a case

const ailleurs = Object.keys(commun.sources).filter((cle) => !commun.ordre.includes(cle)).sort(par((cle) => commun.sources[cle].cle)).reverse();

/** The starting documents, then the other sources, the latest first. */
const SOURCES_RECENTES = [...commun.ordre, ...ailleurs];

/** Whether a record, or a fact inside it, rests on a source. */
const cite = (x, cle) => x.source === cle || x.aussi?.includes(cle) || Object.values(x).some((valeur) => typeof valeur === "object" && cite(valeur, cle));

/** The latest source of a case, among the starting documents if it cites one. */
const derniereSource = (fiche) => commun.sources[SOURCES_RECENTES.find((cle) => cite(fiche, cle))];

const derniereVerification = (fiche) => fiche.verifications?.toSorted(par((v) => cleDeDate(v.date))).at(-1);

function etat(fiche) {
  const derniere = derniereVerification(fiche);
  if (derniere) return `Vérifié : ${dateEnMots(derniere.date)}, par ${derniere.par}`;
  const { annee } = derniereSource(fiche);
  return `Source ${/^\d/.test(annee) ? "de " : ""}${annee}, pas encore vérifié`;
}

function etatDeVerification(fiche) {
  const derniere = derniereVerification(fiche);
  return derniere ? `vérifiée : ${dateEnMots(derniere.date)}` : "pas encore vérifiée auprès des personnes concernées";
}

function nomDuLieu({ commune, departement, epci, region }) {
  if (commune) return `${commune} (${departement})`;
  if (departement) return `${commun.departements[departement][0]} (${departement})`;
  return epci ? commun.epci[epci] : commun.regions[region];
}

/** Name of the région of a place, unless the place is the région itself. */
function regionDuLieu({ departement, epci, region }) {
  return departement || epci ? commun.regions[region ?? commun.departements[departement]?.[1]] : undefined;
}

const lieuCourt = ({ lieux }) => (lieux?.length ? [...new Set(lieux.slice(0, 3).map(nomDuLieu))].join(", ") : "Lieu non précisé");

/** The communes of a case, as in the official register. */
const communes = ({ lieux = [] }) => lieux.map(({ insee }) => commun.communes[insee]).filter(Boolean);

/** Names of the groupings of communes of a case. */
function groupements({ lieux = [] }) {
  const codes = lieux.map(({ epci, insee }) => epci ?? commun.communes[insee]?.epci);
  return [...new Set(codes.filter(Boolean))].map((siren) => commun.epci[siren]);
}

const CHAMPS_COMPARES = Object.entries({
  habitants: "Nombre d'habitants", forme: "Forme juridique", capacite: "Nombre de places", surface: "Surface", creation: "Date de création", ouverture: "Date d'ouverture",
});
const EN_MOTS = { forme: (valeur) => commun.libelles.formes[valeur], creation: dateEnMots, ouverture: dateEnMots };
const parSource = par((x) => commun.sources[x.source].cle);

/** Every disagreement of a case: fields with several values, the latest source first, then those told in words. */
function divergences(fiche) {
  const trouvees = [];
  for (const [champ, sujet] of CHAMPS_COMPARES) {
    const dites = fiche[champ] ?? [];
    if (!dites.some((x) => x.valeur !== dites[0].valeur)) continue;
    const enMots = EN_MOTS[champ] ?? String;
    trouvees.push({ sujet, valeurs: dites.toSorted((un, autre) => parSource(autre, un)).map((x) => ({ ...x, valeur: enMots(x.valeur) })) });
  }
  return trouvees.concat(fiche.divergences ?? []);
}

const ROLES_DE_CONFIANCE = ["gestionnaire", "porteur", "pilote", "initiateur", "fondateur", "accompagnateur", "financeur"];
const PAS_INTERROGES = new Set(["habitants", "personne"]);

/** At most three actors who may confirm a case, those who run it first. */
function peuventConfirmer({ acteurs = [] }) {
  const joignables = acteurs.filter((acteur) => !acteur.anonyme && !PAS_INTERROGES.has(acteur.type));
  const noms = ROLES_DE_CONFIANCE.flatMap((role) => joignables.filter((acteur) => acteur.roles.includes(role)).map((acteur) => acteur.nom));
  return [...new Set(noms)].slice(0, 3);
}

// What the list of a département shows of its cases

/** Their records, in that order, each with its identifier. */
const dansLaCollection = (cles, fiches) => cles.map((cle) => ({ cle, ...fiches[cle] }));

/** When a case opened, else was created, according to its latest source. */
function evenement({ ouverture, creation }) {
  const dites = ouverture ?? creation ?? [];
  return dites.length ? dites.reduce((une, autre) => (parSource(une, autre) < 0 ? autre : une)).valeur : undefined;
}

const sansAccent = (texte) => texte.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

/** The public supports of several cases, the largest amount first. */
function tousLesSoutiens(fiches) {
  const lignes = fiches.flatMap(({ cle, nom, titre, soutiens = [] }) => soutiens.map((soutien) => ({ ...soutien, cas: cle, nom: nom ?? titre })));
  return lignes.sort((un, autre) => Number(autre.montant ?? 0) - Number(un.montant ?? 0) || par((s) => sansAccent(s.financeur))(un, autre));
}

/** The cases that were never verified first, those of the oldest sources before. */
const duPlusAncien = (fiches) => fiches.map((fiche) => [`${derniereVerification(fiche)?.date ?? ""} ${derniereSource(fiche).cle} ${fiche.cle}`, fiche]).sort(par(([cle]) => cle)).map(([, fiche]) => fiche);

// To cite a case, to show it elsewhere

const pourTex = (texte) => texte.replace(/[{}&%$#_]/g, "\\$&").replace(/\\(?![{}&%$#_])/g, "\\textbackslash{}").replaceAll("~", "\\textasciitilde{}").replaceAll("^", "\\textasciicircum{}");

function bibtex(fiche, cle) {
  const mois = JOUR_OU_MOIS.exec(fiche.redige_le)?.[2];
  const champs = {
    title: `{${pourTex(fiche.titre)}}`,
    author: `{${pourTex(commun.nom)}}`,
    year: /\d{4}/.exec(fiche.redige_le)[0],
    howpublished: pourTex(`Site « ${commun.nom} »`),
    url: `${commun.adresse}cas/${cle}/`,
    language: "french",
    note: pourTex(`Fiche ${etatDeVerification(fiche)}`),
    ...(mois && { month: Number(mois) }),
  };
  return `@misc{cas-${cle},\n${Object.entries(champs).map(([nom, valeur]) => `  ${nom} = {${valeur}}`).join(",\n")}\n}\n`;
}

function codeAColler(fiche, cle) {
  const titre = echappe(`${fiche.titre} – ${commun.nom}`);
  return `<iframe src="${commun.adresse}integrer/cas/${cle}/" title="${titre}" width="100%" height="360" loading="lazy" style="border:0;max-width:480px"></iframe>`;
}

const FILTRES = {
  date: dateEnMots, parDate: (jalons) => jalons.toSorted(parDate), nombre, quantite, majuscule, texte: texteEnLigne, dansUneAdresse, enumeration: (mots) => enumeration.format(mots),
  etat, etatDeVerification, lieu: nomDuLieu, region: regionDuLieu, lieuCourt, communes, groupements, divergences, peuventConfirmer, bibtex, codeAColler,
  dansLaCollection, evenement, tousLesSoutiens, duPlusAncien, verbes: (actions) => actions.map(({ verbe }) => verbe).join(", "), toutesDeduites: (actions) => actions.every(({ statut }) => statut === "deduit"),
};

export default function (config) {
  config.setQuietMode(true);
  config.setNunjucksEnvironmentOptions({ autoescape: true, trimBlocks: true, lstripBlocks: true });
  config.addGlobalData("commun", commun);
  config.addCollection("fiches", (api) => Object.fromEntries(api.getFilteredByGlob("contenu/cas/*.html").map(({ data }) => [data.cle, data.fiche])));
  config.addNunjucksGlobal("nouvellesNotes", () => new Notes());
  for (const [nom, filtre] of Object.entries(FILTRES)) config.addFilter(nom, filtre);
  return { dir: { input: "contenu", includes: "../gabarits", output: "site" }, htmlTemplateEngine: false };
}
