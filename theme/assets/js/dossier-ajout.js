// On a fiche: the button that puts it in the reader's file, or takes it out, and the way to the file.
import { accord, adresse, annoncer, garder, gardee, MAXIMUM } from "./dossier-liste.js";

const rang = document.querySelector("[data-dossier]");
const fiche = rang.dataset.dossier;
const page = new URL(rang.dataset.page, location.href);

const bouton = document.createElement("button");
bouton.type = "button";
bouton.className = "bouton";
const lien = document.createElement("a");
lien.className = "bouton dossier-lien";

// The browser keeps nothing: the file lives in its address, and the button is a link to it.
const sansMemoire = () => {
  bouton.remove();
  lien.href = adresse(page, [fiche]);
  lien.textContent = "Ouvrir un dossier avec cette fiche";
  rang.append(lien);
};

const montrer = () => {
  const fiches = gardee();
  if (!fiches) {
    sansMemoire();
    return;
  }
  bouton.textContent = fiches.includes(fiche) ? "Retirer de mon dossier" : "Ajouter à mon dossier";
  lien.href = page.href;
  lien.textContent = `Voir mon dossier (${fiches.length})`;
  if (fiches.length) rang.append(lien);
  else lien.remove();
};

bouton.addEventListener("click", () => {
  const fiches = gardee() ?? [];
  const retirer = fiches.includes(fiche);
  if (!retirer && fiches.length >= MAXIMUM) {
    lien.textContent = `Mon dossier est plein (${accord(MAXIMUM)})`;
    annoncer(`Votre dossier est plein\u202f: ${accord(MAXIMUM)} au plus.`);
    return;
  }
  const suite = retirer ? fiches.filter((autre) => autre !== fiche) : [...fiches, fiche];
  if (!garder(suite)) {
    sansMemoire();
    lien.focus();
    annoncer("Ce navigateur ne garde rien\u202f: le lien ouvre un dossier qui tient dans son adresse.");
    return;
  }
  montrer();
  annoncer(retirer ? `Fiche retirée de votre dossier\u202f: ${accord(suite.length)}.` : `Fiche ajoutée à votre dossier\u202f: ${accord(suite.length)}.`);
});

rang.append(bouton);
montrer();
addEventListener("storage", montrer); // the file changed in another tab
addEventListener("pageshow", montrer); // back from the file
