// The menu of narrow screens, the groups of the menu, and the switch of appearance.
(() => {
  const racine = document.documentElement;
  const entete = document.querySelector(".entete");
  const boutonMenu = entete.querySelector(".bouton-menu");
  const groupes = [...entete.querySelectorAll(".menu__groupe")];

  // CSS shows the panel according to aria-expanded: setting it is all there is to do.
  const montrerMenu = (ouvert) => boutonMenu.setAttribute("aria-expanded", String(ouvert));
  const menuOuvert = () => boutonMenu.getAttribute("aria-expanded") === "true";
  boutonMenu.addEventListener("click", () => montrerMenu(!menuOuvert()));

  // Escape closes the innermost thing open and gives the focus back to what opened it.
  document.addEventListener("keydown", (evenement) => {
    if (evenement.key !== "Escape") return;
    const groupe = groupes.findLast((candidat) => candidat.open && candidat.contains(document.activeElement));
    if (groupe) {
      groupe.open = false;
      groupe.querySelector("summary").focus();
    } else if (menuOuvert()) {
      montrerMenu(false);
      boutonMenu.focus();
    }
  });

  // On a wide screen an open group covers the page: it closes as soon as the reader goes elsewhere.
  const quitter = (cible) => {
    for (const groupe of groupes) if (cible && !groupe.contains(cible)) groupe.open = false;
  };
  document.addEventListener("click", ({ target }) => quitter(target));
  entete.addEventListener("focusout", ({ relatedTarget }) => quitter(relatedTarget));

  // Appearance: system, light, dark, in turn. The choice stays in this browser.
  const ORDRE = ["système", "clair", "sombre"];
  const bouton = entete.querySelector(".bouton-apparence");
  const texte = bouton.querySelector(".bouton-apparence__texte");
  const apparence = () => racine.dataset.theme ?? "système";
  const ecrire = () => {
    texte.textContent = `Apparence\u202f: ${apparence()}`;
  };

  bouton.addEventListener("click", () => {
    const choix = ORDRE[(ORDRE.indexOf(apparence()) + 1) % ORDRE.length];
    if (choix === "système") delete racine.dataset.theme;
    else racine.dataset.theme = choix;
    try {
      localStorage.setItem("apparence", choix);
    } catch {
      // Storage refused: the choice holds for this page only.
    }
    ecrire();
    document.getElementById("annonce").textContent = texte.textContent;
  });
  ecrire();
})();
