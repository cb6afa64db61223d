// The reader's file: a list of fiches ("cas/anstaing"), kept in this browser only. No other script touches it.
const CLE = "dossier";
const FICHE = /^(cas|leviers)\/[a-z0-9]+(-[a-z0-9]+)*$/;
export const MAXIMUM = 30;

// Text of an address → fiches: unknown shapes and repeats are dropped, whatever was typed.
export const lue = (texte) => [...new Set((texte ?? "").split(",").filter((nom) => FICHE.test(nom)))].slice(0, MAXIMUM);

// null when the browser refuses to keep anything (private browsing, storage blocked).
export const gardee = () => {
  try {
    return lue(localStorage.getItem(CLE));
  } catch {
    return null;
  }
};

// Whether the list could be kept.
export const garder = (fiches) => {
  try {
    if (fiches.length) localStorage.setItem(CLE, fiches.join(","));
    else localStorage.removeItem(CLE);
    return true;
  } catch {
    return false;
  }
};

// Address of a file, from the address of the page that shows it.
export const adresse = (page, fiches) => {
  const trouvee = new URL(page);
  trouvee.hash = "";
  trouvee.search = fiches.length ? `?f=${fiches.join(",")}` : "";
  return trouvee.href;
};

// Says it to screen readers. The text changes even when the same thing is said twice.
export const annoncer = (texte) => {
  const zone = document.getElementById("annonce");
  zone.textContent = zone.textContent === texte ? `${texte}\u00a0` : texte;
};

export const accord = (nombre) => `${nombre} fiche${nombre > 1 ? "s" : ""}`;
