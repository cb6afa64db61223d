// What an acronym means, beside it: on hover, on focus, on a first tap. A second tap, a click or Enter follow the link to the glossary.
// The bubble stays while the pointer or the focus is on the acronym or on the bubble, and Escape puts it away (WCAG 1.4.13).
const bulle = document.createElement("div");
bulle.id = "bulle-sigle";
bulle.className = "bulle-sigle";
bulle.setAttribute("role", "tooltip");
bulle.hidden = true;
document.querySelector("main").append(bulle);

const ATTENTE = 250; // milliseconds to cross from the acronym to the bubble
let ouvert = null; // the link that is explained
let fermeture = 0;
let doigt = false; // whether the click to come is a first tap

const sigle = (cible) => (cible instanceof Element && cible.closest("a.sigle")?.querySelector("abbr") ? cible.closest("a.sigle") : null);

const placer = () => {
  const { left, bottom, top } = ouvert.getBoundingClientRect();
  const { width, height } = bulle.getBoundingClientRect();
  const marge = 8;
  const gauche = Math.max(marge, Math.min(left, document.documentElement.clientWidth - width - marge));
  const dessous = bottom + height + marge < innerHeight || top < height + marge;
  bulle.style.left = `${gauche + scrollX}px`;
  bulle.style.top = `${(dessous ? bottom + 2 : top - height - 2) + scrollY}px`;
};

const ouvrir = (lien) => {
  clearTimeout(fermeture);
  if (ouvert === lien) return;
  fermer();
  const abreviation = lien.querySelector("abbr");
  if (abreviation.title) {
    abreviation.dataset.sens = abreviation.title; // the browser's own bubble would come on top of this one
    abreviation.removeAttribute("title");
  }
  ouvert = lien;
  bulle.textContent = abreviation.dataset.sens;
  bulle.hidden = false;
  lien.setAttribute("aria-describedby", bulle.id);
  placer();
};

const fermer = () => {
  clearTimeout(fermeture);
  ouvert?.removeAttribute("aria-describedby");
  ouvert = null;
  bulle.hidden = true;
};

const fermerBientot = () => {
  clearTimeout(fermeture);
  fermeture = setTimeout(() => {
    if (document.activeElement !== ouvert) fermer();
  }, ATTENTE);
};

document.addEventListener("pointerover", ({ target, pointerType }) => {
  const lien = sigle(target);
  if (lien && pointerType === "mouse") ouvrir(lien);
  else if (bulle.contains(target)) clearTimeout(fermeture);
  else if (ouvert && pointerType === "mouse") fermerBientot();
});
document.addEventListener("focusin", ({ target }) => {
  const lien = sigle(target);
  if (lien) ouvrir(lien);
  else if (ouvert) fermer();
});
document.addEventListener("focusout", ({ target }) => target === ouvert && fermerBientot());
document.addEventListener("pointerdown", ({ target, pointerType }) => {
  const lien = sigle(target);
  doigt = lien !== null && pointerType !== "mouse" && lien !== ouvert;
  if (!lien && !bulle.contains(target)) fermer();
});
document.addEventListener("click", (evenement) => {
  const lien = sigle(evenement.target);
  if (!lien || !doigt) return;
  doigt = false;
  evenement.preventDefault();
  ouvrir(lien);
});
document.addEventListener("keydown", (evenement) => {
  if (evenement.key !== "Escape" || !ouvert) return;
  evenement.stopPropagation();
  fermer();
}, true);
addEventListener("scroll", () => ouvert && placer(), true);
addEventListener("resize", () => ouvert && placer());
