// The list of cases: filters, sort, cards or table, address, file to take away. Without this script, every case is in the page, or one
// link away from it when they are too many.
import { ajouter, aucun, compterDans, contient, enTexte, garder, lesCas, lesReponses, montrerLesCas, ordreDe, TOTAL, tous, zone } from "./explorer-cas.js";
import { csv } from "./explorer-csv.js";

const formulaire = zone.querySelector(".filtres");
const bouton = zone.querySelector(".explorer__ouvrir");
const bilan = zone.querySelector(".explorer__bilan");
const ignores = zone.querySelector(".explorer__ignores");
const choix = zone.querySelector(".explorer__choix");
const vide = zone.querySelector(".explorer__vide");
const cartes = zone.querySelector(".explorer__cartes");
const tableau = zone.querySelector(".explorer__tableau");
const suite = zone.querySelector(".explorer__suite");
const envoi = formulaire.querySelector("[type=submit]");
const emporter = zone.querySelector(".explorer__csv");
const { tri, vue } = formulaire.elements;
const NOMBRE = new Intl.NumberFormat("fr");
const PROPRES = ["tri", "vue"];
const TRIS = ["source", "date", "lieu", "nom"];
const PAS = cartes.querySelectorAll("[data-cas]").length; // as many at a time as the page shows when it opens

const facettes = [...formulaire.querySelectorAll("[data-facette]")].map((bloc) => ({
  nom: bloc.dataset.facette,
  titre: bloc.querySelector(".filtre__titre").textContent,
  un: bloc.dataset.un.replaceAll("'", "’"),
  choisis: bloc.querySelector(".filtre__choisis"),
  valeurs: [...bloc.querySelectorAll(".filtre__valeur")].map((ligne) => ({
    ligne,
    coche: ligne.querySelector("input"),
    texte: ligne.querySelector(".filtre__nom").textContent,
    nombre: ligne.querySelector(".filtre__nombre"),
    compte: ligne.querySelector(".filtre__nombre").textContent,
  })),
}));
const nomDuLevier = (levier) => facettes[0].valeurs.find(({ coche }) => coche.value === levier).texte;

const compter = (nombre) => `${NOMBRE.format(nombre)}\u00a0cas`;
const cochees = (facette) => facette.valeurs.filter(({ coche }) => coche.checked);
const actives = () => facettes.filter((facette) => cochees(facette).length > 0);

// Values of a same filter add up, filters narrow down.
const trouver = (reponses, sauf) => {
  const ensemble = tous();
  for (const facette of actives()) {
    if (facette === sauf) continue;
    const permis = aucun();
    for (const { coche } of cochees(facette)) ajouter(permis, reponses[facette.nom].ensembles.get(coche.value));
    garder(ensemble, permis);
  }
  return ensemble;
};

// Beside each value: how many cases one would see with it, the other filters staying as they are.
const ecrireLesComptes = (reponses) => {
  for (const facette of facettes) {
    const ensemble = reponses && trouver(reponses, facette);
    for (const { ligne, coche, nombre, compte } of facette.valeurs) {
      const combien = ensemble ? compterDans(ensemble, reponses[facette.nom].ensembles.get(coche.value)) : 1;
      const texte = ensemble ? NOMBRE.format(combien) : compte;
      if (nombre.textContent !== texte) nombre.textContent = texte;
      ligne.classList.toggle("filtre__valeur--nulle", combien === 0);
    }
    const combien = cochees(facette).length;
    facette.choisis.hidden = combien === 0;
    facette.choisis.textContent = combien > 1 ? `${combien} choisis` : "1 choisi";
  }
};

const boutonDe = (texte, classe, action) => {
  const element = document.createElement("button");
  element.type = "button";
  element.className = classe;
  element.textContent = texte;
  element.addEventListener("click", () => {
    action();
    changer();
    bilan.focus();
  });
  return element;
};
const decocher = (valeurs) => {
  for (const { coche } of valeurs) coche.checked = false;
};
const toutDecocher = () => facettes.forEach(({ valeurs }) => decocher(valeurs));

const ecrireLeChoix = () => {
  const puces = actives().flatMap((facette) =>
    cochees(facette).map((valeur) => {
      const puce = boutonDe(`${facette.titre}\u202f: ${valeur.texte}`, "puce puce--retirer", () => decocher([valeur]));
      puce.setAttribute("aria-label", `Retirer le filtre ${puce.textContent}`);
      const element = document.createElement("li");
      element.append(puce);
      return element;
    }),
  );
  choix.hidden = puces.length === 0;
  choix.querySelector("ul").replaceChildren(...puces);
};

// No dead end: each filter that brings cases back once dropped is offered, with how many.
const ecrireLeConseil = (reponses) => {
  const retraits = actives()
    .map((facette) => {
      const ensemble = trouver(reponses, facette);
      return [facette, compterDans(ensemble, ensemble)];
    })
    .filter(([, nombre]) => nombre > 0)
    .map(([facette, nombre]) => {
      const valeurs = cochees(facette).map(({ texte }) => texte).join(" ou ");
      return boutonDe(`Retirer ${facette.un} (${valeurs})\u202f: ${compter(nombre)}`, "bouton", () => decocher(facette.valeurs));
    });
  vide.querySelector(".explorer__conseil").textContent = retraits.length
    ? "Chacun de ces boutons retire un filtre et dit combien de cas reviennent."
    : "Retirer un seul filtre ne suffit pas ici.";
  vide.querySelector(".actions").replaceChildren(...retraits, boutonDe(`Tout effacer\u202f: ${compter(TOTAL)}`, "bouton", toutDecocher));
};

let resultat = [];
let montres = 0;
let tour = 0;

const ecrireLaSuite = () => {
  const reste = resultat.length - montres;
  suite.hidden = reste <= 0;
  suite.querySelector("span").textContent = `${NOMBRE.format(montres)} sur ${NOMBRE.format(resultat.length)}`;
};
const etaler = (cas) => {
  montres = cas.length;
  montrerLesCas(cas);
  ecrireLaSuite();
  document.dispatchEvent(new Event("contenu-ajoute"));
};

// Nothing is written before everything is there: the number said is always that of the cases seen.
const montrer = async () => {
  const ici = ++tour;
  zone.ariaBusy = "true";
  const filtre = actives().length > 0;
  const reponses = filtre ? await lesReponses() : null;
  const ordre = await ordreDe(tri.value);
  const ensemble = filtre ? trouver(reponses) : null;
  const trouves = ensemble ? ordre.filter((cas) => contient(ensemble, cas)) : ordre;
  const cas = await lesCas(trouves.slice(0, PAS), nomDuLevier);
  if (ici !== tour) return;
  zone.ariaBusy = null;
  resultat = trouves;
  etaler(cas);
  ecrireLesComptes(reponses);
  ecrireLeChoix();
  cartes.hidden = resultat.length === 0 || vue.value !== "cartes";
  tableau.hidden = resultat.length === 0 || vue.value !== "tableau";
  vide.hidden = resultat.length > 0;
  emporter.hidden = resultat.length === 0;
  if (resultat.length === 0) ecrireLeConseil(reponses);
  bilan.textContent = resultat.length === 0 ? "Aucun cas" : filtre ? `${compter(resultat.length)} sur ${NOMBRE.format(TOTAL)}` : compter(resultat.length);
  envoi.textContent = resultat.length === 0 ? "Aucun cas" : `Voir ${resultat.length > 1 ? "les " : "le "}${compter(resultat.length)}`.replace("le 1\u00a0", "le ");
};
const tenter = (action) =>
  action().catch(() => {
    zone.ariaBusy = null;
    bilan.textContent = "Les cas n’ont pas pu être chargés\u202f: vérifiez la connexion, puis recommencez.";
  });

const lireAdresse = () => {
  const parametres = new URLSearchParams(location.search);
  const inconnus = [];
  for (const { nom, valeurs } of facettes) {
    const voulues = parametres.getAll(nom);
    for (const { coche } of valeurs) coche.checked = voulues.includes(coche.value);
    inconnus.push(...voulues.filter((voulue) => !valeurs.some(({ coche }) => coche.value === voulue)).map((voulue) => `${nom} = ${voulue}`));
  }
  tri.value = TRIS.includes(parametres.get("tri")) ? parametres.get("tri") : "source";
  vue.value = parametres.get("vue") === "tableau" ? "tableau" : "cartes";
  ignores.hidden = inconnus.length === 0;
  ignores.textContent = inconnus.length ? `Aucun cas ne répond à ce que l’adresse demande (${inconnus.join(", ")})\u202f: ce filtre est laissé de côté.` : "";
};

const ecrireAdresse = () => {
  const adresse = new URL(location.href);
  const parametres = adresse.searchParams;
  for (const nom of [...facettes.map((facette) => facette.nom), ...PROPRES]) parametres.delete(nom);
  for (const facette of facettes) for (const { coche } of cochees(facette)) parametres.append(facette.nom, coche.value);
  if (tri.value !== "source") parametres.set("tri", tri.value);
  if (vue.value !== "cartes") parametres.set("vue", vue.value);
  adresse.search = adresse.search.replaceAll("%2C", ",");
  if (adresse.href !== location.href) history.pushState(null, "", adresse);
};

const changer = () => {
  ignores.hidden = true;
  ecrireAdresse();
  tenter(montrer);
};
const deplier = (ouvert) => bouton.setAttribute("aria-expanded", String(ouvert));

formulaire.addEventListener("change", changer);
for (const champ of [tri, ...vue]) champ.addEventListener("change", changer);
// What the filters need comes while the reader is still choosing.
for (const zoneActive of [formulaire, bouton]) {
  for (const annonce of ["pointerover", "focusin"]) zoneActive.addEventListener(annonce, () => lesReponses().catch(() => {}), { once: true });
}
formulaire.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  deplier(false);
  bilan.focus();
});
formulaire.querySelector(".filtres__effacer").addEventListener("click", () => {
  toutDecocher();
  changer();
});
bouton.addEventListener("click", () => deplier(bouton.getAttribute("aria-expanded") !== "true"));
suite.querySelector("button").addEventListener("click", () =>
  tenter(async () => {
    const [ici, premier] = [tour, montres];
    const cas = await lesCas(resultat.slice(0, premier + PAS), nomDuLevier);
    if (ici !== tour) return;
    etaler(cas);
    (vue.value === "cartes" ? cartes : tableau).querySelectorAll("[data-cas]")[premier].querySelector("a").focus();
    document.getElementById("annonce").textContent = `${NOMBRE.format(montres)} cas montrés sur ${NOMBRE.format(resultat.length)}.`;
  }),
);
emporter.addEventListener("click", () =>
  tenter(async () => {
    const texte = emporter.textContent;
    emporter.disabled = true;
    try {
      const reponses = await lesReponses();
      const cas = await lesCas(resultat, nomDuLevier, (venus, total) => {
        emporter.textContent = `Préparation\u202f: ${Math.round((100 * venus) / total)}\u202f%`;
      });
      const lignes = cas.map((un, place) => ({ ...enTexte(un), reponses: (filtre) => reponses[filtre].de(resultat[place]) }));
      const adresse = URL.createObjectURL(new Blob([csv(facettes, lignes)], { type: "text/csv;charset=utf-8" }));
      Object.assign(document.createElement("a"), { href: adresse, download: "cas-petite-enfance.csv" }).click();
      setTimeout(() => URL.revokeObjectURL(adresse), 1000);
    } finally {
      emporter.textContent = texte;
      emporter.disabled = false;
    }
  }),
);
addEventListener("popstate", () => {
  lireAdresse();
  tenter(montrer);
});

lireAdresse();
tenter(montrer);
