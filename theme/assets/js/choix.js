// Cases set aside to be compared: the « Comparer » buttons, and the bar that shows the choice.
// The choice lasts as long as the tab (sessionStorage). The list of cases and the comparison also keep it in their address: ?cas=a,b
(() => {
  const MAXIMUM = 4;
  const CLE = "comparer";
  const PAGE = new URL("../../comparer/", import.meta.url);
  const IDENTIFIANT = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  const gardeAdresse = document.querySelector("[data-explorer], [data-comparer-page]") !== null;
  const boutons = () => [...document.querySelectorAll("[data-comparer]")];
  const annonce = document.getElementById("annonce");
  const suivre = [];

  const nettoyer = (liste) => [...new Set(liste.filter((cas) => IDENTIFIANT.test(cas)))].slice(0, MAXIMUM);

  // null when the address says nothing: the choice made earlier in this tab then stands.
  const lireAdresse = () => {
    const texte = new URLSearchParams(location.search).get("cas");
    return gardeAdresse && texte !== null ? nettoyer(texte.split(",")) : null;
  };
  const lireMemoire = () => {
    try {
      const { cas = [], noms = {} } = JSON.parse(sessionStorage.getItem(CLE)) ?? {};
      return { cas: nettoyer(cas), noms };
    } catch {
      return { cas: [], noms: {} };
    }
  };

  const memoire = lireMemoire();
  const noms = { ...memoire.noms };
  const lireLesNoms = () => {
    for (const { dataset } of boutons()) noms[dataset.comparer] = dataset.nom;
  };
  lireLesNoms();
  let choisis = lireAdresse() ?? memoire.cas;

  // Commas stay as they are, so that the address can be read aloud.
  const avecCas = (adresse) => {
    const parametres = new URLSearchParams(adresse.search);
    parametres.delete("cas");
    const reste = parametres.toString();
    const cas = choisis.length ? `cas=${choisis.join(",")}` : "";
    adresse.search = [reste, cas].filter(Boolean).join("&");
    return adresse;
  };
  const garder = () => {
    try {
      const connus = Object.fromEntries(choisis.filter((cas) => noms[cas]).map((cas) => [cas, noms[cas]]));
      sessionStorage.setItem(CLE, JSON.stringify({ cas: choisis, noms: connus }));
    } catch {
      // Storage refused: the choice holds for this page, and in its address.
    }
  };
  const ecrireAdresse = (nouvelleEtape) => {
    if (!gardeAdresse) return;
    const adresse = avecCas(new URL(location.href));
    if (adresse.href === location.href) return;
    history[nouvelleEtape ? "pushState" : "replaceState"](null, "", adresse);
  };

  const nom = (cas) => noms[cas] ?? cas;
  const enToutesLettres = () => `${choisis.length} cas à comparer\u202f: ${choisis.map(nom).join(", ")}`;

  // The bar is part of the page, after its text: it sticks to the bottom of the window and covers nothing at the end.
  const barre = document.createElement("section");
  barre.className = "barre";
  barre.hidden = true;
  barre.setAttribute("aria-label", "Cas à comparer");
  const texte = document.createElement("p");
  const lien = Object.assign(document.createElement("a"), { className: "bouton bouton--principal", textContent: "Comparer" });
  const vider = Object.assign(document.createElement("button"), { type: "button", className: "bouton", textContent: "Vider" });
  barre.append(texte, lien, vider);
  vider.addEventListener("click", () => {
    changer([]);
    annonce.textContent = "Plus aucun cas à comparer.";
    document.getElementById("contenu").focus();
  });
  const avecBarre = boutons().length > 0 && !document.querySelector("[data-comparer-page]");
  if (avecBarre) document.querySelector(".contenu .page").append(barre);

  const montrer = () => {
    for (const bouton of boutons()) {
      bouton.hidden = false;
      bouton.setAttribute("aria-pressed", String(choisis.includes(bouton.dataset.comparer)));
    }
    barre.hidden = choisis.length === 0;
    document.documentElement.classList.toggle("avec-barre", avecBarre && choisis.length > 0);
    texte.textContent = choisis.length === 1 ? `${enToutesLettres()}. Choisissez-en un autre.` : enToutesLettres();
    lien.href = avecCas(new URL(PAGE)).href;
    lien.hidden = choisis.length < 2;
  };

  const changer = (liste, { nouvelleEtape = false } = {}) => {
    choisis = nettoyer(liste);
    garder();
    ecrireAdresse(nouvelleEtape);
    montrer();
    for (const suite of suivre) suite(choisis);
  };

  const basculer = (cas) => {
    if (choisis.includes(cas)) {
      changer(choisis.filter((autre) => autre !== cas), { nouvelleEtape: !avecBarre });
      annonce.textContent = `${nom(cas)} retiré. ${choisis.length ? enToutesLettres() : "Plus aucun cas à comparer."}`;
    } else if (choisis.length >= MAXIMUM) {
      annonce.textContent = "Quatre cas au plus\u202f: retirez-en un d’abord.";
      texte.textContent = `${enToutesLettres()}. Quatre cas au plus\u202f: retirez-en un d’abord.`;
      for (const suite of suivre) suite(choisis, { plein: true });
    } else {
      changer([...choisis, cas], { nouvelleEtape: !avecBarre });
      annonce.textContent = `${nom(cas)} ajouté. ${enToutesLettres()}`;
    }
  };
  document.addEventListener("click", ({ target }) => {
    const bouton = target.closest("[data-comparer]");
    if (bouton) basculer(bouton.dataset.comparer);
  });
  // The list of cases brings others (« contenu-ajoute »).
  document.addEventListener("contenu-ajoute", () => {
    lireLesNoms();
    montrer();
  });

  // Going back in the list of cases undoes a filter, not the choice; in the comparison, it undoes the choice.
  addEventListener("popstate", () => {
    if (avecBarre) ecrireAdresse(false);
    else changer(lireAdresse() ?? []);
  });

  if (choisis.length) garder();
  ecrireAdresse(false);
  montrer();

  // What comparer.js needs.
  window.choixDeCas = {
    lire: () => choisis,
    basculer,
    suivre: (suite) => suivre.push(suite),
    nommer: (cas, texte) => {
      noms[cas] = texte;
    },
  };
})();
