// The comparison of cases (/comparer/?cas=a,b) and the choice of columns in the comparison of modes (/modes/?mode=a&mode=b).
(() => {
  const page = document.querySelector("[data-comparer-page]");
  if (page) comparerDesCas(page, window.choixDeCas);
  const modes = document.querySelector("[data-modes]");
  if (modes) choisirDesModes(modes);

  function comparerDesCas(racine, choix) {
    const bloc = racine.querySelector(".comparer__tableau");
    const zone = bloc.querySelector(".tableau-zone");
    const puces = bloc.querySelector(".comparer__choisis");
    const bilan = racine.querySelector(".comparer__bilan");
    const titre = document.title;
    const fiches = new Map();
    let demande = 0;

    // A case as it is published: its name, and its lines as [title, content] pairs; null if there is none of that name.
    const lire = async (cas) => {
      if (!fiches.has(cas)) {
        const reponse = await fetch(`cas/${cas}.json`);
        if (reponse.status === 404) return null;
        if (!reponse.ok) throw new Error(reponse.statusText);
        const { nom, lignes } = await reponse.json();
        const fragment = new DOMParser().parseFromString(lignes, "text/html");
        for (const actif of fragment.querySelectorAll("script, style, iframe, object, embed, form")) actif.remove();
        const sections = [...fragment.querySelectorAll("section")].map((section) => {
          const [entete, ...contenu] = section.children;
          return [entete.textContent, contenu];
        });
        fiches.set(cas, { cas, nom, lignes: new Map(sections) });
      }
      return fiches.get(cas);
    };

    const cellule = (balise, portee, contenu) => {
      const element = document.createElement(balise);
      if (portee) element.scope = portee;
      element.append(...contenu);
      return element;
    };

    // On a phone CSS stacks the cells; the roles keep it a table for screen readers, as tableaux.js does elsewhere.
    const avecRole = (element, role) => {
      element.setAttribute("role", role);
      return element;
    };
    const tableau = (colonnes) => {
      const table = avecRole(document.createElement("table"), "table");
      table.className = "tableau tableau--empile comparaison";
      const legende = table.createCaption();
      legende.className = "hors-vue";
      legende.textContent = `Comparaison\u202f: ${colonnes.map(({ nom }) => nom).join(", ")}`;
      const tete = avecRole(table.createTHead(), "rowgroup");
      const entetes = avecRole(tete.insertRow(), "row");
      const coin = document.createElement("span");
      coin.className = "hors-vue";
      coin.textContent = "Question";
      for (const contenu of [coin, ...colonnes.map(({ nom }) => nom)]) entetes.append(avecRole(cellule("th", "col", [contenu]), "columnheader"));
      const corps = avecRole(table.createTBody(), "rowgroup");
      for (const question of colonnes[0].lignes.keys()) {
        const rang = avecRole(corps.insertRow(), "row");
        rang.append(avecRole(cellule("th", "row", [question]), "rowheader"));
        for (const { nom, lignes } of colonnes) {
          const reponse = cellule("td", "", (lignes.get(question) ?? []).map((noeud) => document.importNode(noeud, true)));
          reponse.dataset.label = nom;
          rang.append(avecRole(reponse, "cell"));
        }
      }
      return table;
    };

    const puce = ({ cas, nom }) => {
      const bouton = document.createElement("button");
      bouton.type = "button";
      bouton.className = "puce puce--retirer";
      bouton.textContent = nom;
      bouton.setAttribute("aria-label", `Retirer ${nom}`);
      bouton.addEventListener("click", () => {
        choix.basculer(cas);
        bilan.focus();
      });
      const element = document.createElement("li");
      element.append(bouton);
      return element;
    };

    const dire = (choisis, connus, plein) => {
      if (plein) return "Quatre cas au plus\u202f: retirez-en un d’abord.";
      const noms = connus.map(({ nom }) => nom).join(", ");
      if (connus.length > 1) return `${connus.length} cas comparés\u202f: ${noms}.`;
      if (connus.length === 1) return `${noms} est choisi\u202f: choisissez-en un autre pour comparer.`;
      return "De deux à quatre cas, côte à côte.";
    };

    const montrer = async (choisis, { plein = false } = {}) => {
      const tour = ++demande;
      let lues;
      try {
        lues = await Promise.all(choisis.map(lire));
      } catch {
        bilan.textContent = "Les fiches n’ont pas pu être chargées\u202f: vérifiez la connexion, puis rechargez la page.";
        return;
      }
      if (tour !== demande) return;
      const connus = lues.filter(Boolean);
      const inconnus = choisis.filter((cas) => !connus.some((fiche) => fiche.cas === cas));
      for (const { cas, nom } of connus) choix.nommer(cas, nom);
      bloc.hidden = connus.length === 0;
      puces.replaceChildren(...connus.map(puce));
      zone.replaceChildren(...(connus.length ? [tableau(connus)] : []));
      const perdus = inconnus.length ? ` Aucun cas ne s’appelle «\u202f${inconnus.join(", ")}\u202f».` : "";
      bilan.textContent = dire(choisis, connus, plein) + perdus;
      document.title = connus.length > 1 ? `Comparer ${connus.map(({ nom }) => nom).join(", ")} – ${titre.split(" – ").at(-1)}` : titre;
    };

    choix.suivre(montrer);
    montrer(choix.lire());
  }

  function choisirDesModes(racine) {
    const formulaire = racine.querySelector("form");
    const cases = [...formulaire.querySelectorAll("[name=mode]")];
    const bilan = racine.querySelector(".modes__bilan");
    const tous = racine.querySelector(".modes__tous");
    const bilanEntier = bilan.textContent;
    const nom = (coche) => coche.parentElement.querySelector(".filtre__nom").textContent;

    const montrer = () => {
      const gardes = cases.filter((coche) => coche.checked);
      const visibles = new Set(gardes.map((coche) => coche.value));
      for (const cellule of racine.querySelectorAll("[data-mode]")) cellule.hidden = visibles.size > 0 && !visibles.has(cellule.dataset.mode);
      tous.hidden = visibles.size === 0;
      bilan.textContent = gardes.length ? `${gardes.length > 1 ? `${gardes.length} modes comparés` : "Un seul mode"}\u202f: ${gardes.map(nom).join(", ")}` : bilanEntier;
    };
    const lireAdresse = () => {
      const demandes = new URLSearchParams(location.search).getAll("mode");
      for (const coche of cases) coche.checked = demandes.includes(coche.value);
      montrer();
    };
    const ecrireAdresse = () => {
      const adresse = new URL(location.href);
      adresse.searchParams.delete("mode");
      for (const coche of cases) if (coche.checked) adresse.searchParams.append("mode", coche.value);
      history.pushState(null, "", adresse);
      montrer();
    };
    formulaire.addEventListener("change", ecrireAdresse);
    formulaire.addEventListener("submit", (evenement) => evenement.preventDefault());
    tous.addEventListener("click", () => {
      for (const coche of cases) coche.checked = false;
      ecrireAdresse();
      bilan.focus();
    });
    addEventListener("popstate", lireAdresse);
    lireAdresse();
  }
})();
