// A fiche of the site, fetched to be read among others: its own page is left alone, this copy is made fit for company.
const REFERENCES = ["for", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"];
const INUTILES = "script, style, .actions, .sommaire, .pied-de-fiche ul, .puce--lecture, .reemploi";

// A heading one level lower: the page already has its title.
const abaisser = (titre) => {
  const plusBas = document.createElement(`h${Math.min(Number(titre.tagName[1]) + 1, 6)}`);
  for (const { name, value } of titre.attributes) plusBas.setAttribute(name, value);
  plusBas.append(...titre.childNodes);
  titre.replaceWith(plusBas);
};

const alleger = (fiche) => {
  for (const inutile of fiche.querySelectorAll(INUTILES)) inutile.remove();
  for (const cote of fiche.querySelectorAll(".fiche__cote")) if (!cote.firstElementChild) cote.remove();
  for (const titre of [...fiche.querySelectorAll("h1, h2, h3, h4, h5")].reverse()) abaisser(titre);
  // A named section is a landmark: « Sources » twice in a page would be two places with one name.
  for (const section of fiche.querySelectorAll("section[aria-labelledby]")) section.removeAttribute("aria-labelledby");
};

// Two fiches may use the same identifiers: each copy gets its own.
const distinguer = (fiche, prefixe) => {
  for (const element of fiche.querySelectorAll("[id]")) element.id = prefixe + element.id;
  for (const nom of REFERENCES) {
    for (const element of fiche.querySelectorAll(`[${nom}]`)) {
      element.setAttribute(nom, element.getAttribute(nom).split(/\s+/).map((cible) => prefixe + cible).join(" "));
    }
  }
};

// Links were written for the fiche's own address. Inside the site they stay without a host, as on every page: paper spells out only those that leave it.
const depuis = (cible, adresse) => {
  const trouvee = new URL(cible, adresse);
  return trouvee.origin === adresse.origin ? trouvee.pathname + trouvee.search + trouvee.hash : trouvee.href;
};
const relier = (fiche, adresse, prefixe) => {
  for (const lien of fiche.querySelectorAll("[href]")) {
    const cible = lien.getAttribute("href");
    lien.setAttribute("href", cible.startsWith("#") ? `#${prefixe}${cible.slice(1)}` : depuis(cible, adresse));
  }
  for (const image of fiche.querySelectorAll("[src]")) image.setAttribute("src", depuis(image.getAttribute("src"), adresse));
};

const lire = async (adresse) => {
  const reponse = await fetch(adresse);
  if (!reponse.ok) throw new Error(`${reponse.status} ${adresse}`);
  return { adresse: new URL(reponse.url), page: new DOMParser().parseFromString(await reponse.text(), "text/html") };
};

// Where a page that only forwards leads, one hop away.
const renvoi = (page) => page.querySelector("link[rel=canonical][data-chemin]")?.dataset.chemin;

// Name of a fiche ("cas/anstaing") → its title and its copy; a fiche that moved is followed, one that was split or withdrawn says so itself.
// Fails when there is no such fiche, or no connection.
export const chercher = async (nom, racine) => {
  let { adresse, page } = await lire(new URL(`${nom}/`, racine));
  if (renvoi(page)) ({ adresse, page } = await lire(new URL(renvoi(page), adresse)));
  const trouvee = page.querySelector("main .fiche") ?? page.querySelector("main .prose");
  if (!trouvee) throw new Error(`aucune fiche à ${adresse}`);
  const fiche = document.importNode(trouvee, true);
  const prefixe = `${nom.replace("/", "-")}--`;
  const titre = fiche.querySelector("h1").textContent.trim();
  alleger(fiche);
  distinguer(fiche, prefixe);
  relier(fiche, adresse, prefixe);
  return { titre, fiche };
};
