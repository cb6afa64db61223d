// The list of cases: filters, sort, cards or table, address, file to take away. Without this script, everything is in the page.
(() => {
  const zone = document.querySelector("[data-explorer]");
  const formulaire = zone.querySelector(".filtres");
  const bouton = zone.querySelector(".explorer__ouvrir");
  const bilan = zone.querySelector(".explorer__bilan");
  const ignores = zone.querySelector(".explorer__ignores");
  const choix = zone.querySelector(".explorer__choix");
  const vide = zone.querySelector(".explorer__vide");
  const cartes = zone.querySelector(".explorer__cartes");
  const tableau = zone.querySelector(".explorer__tableau");
  const envoi = formulaire.querySelector("[type=submit]");
  const csv = zone.querySelector(".explorer__csv");
  const { tri, vue } = formulaire.elements;
  const ordre = new Intl.Collator("fr", { numeric: true });
  const NOMBRE = new Intl.NumberFormat("fr");
  const PROPRES = ["tri", "vue"];

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
    })),
  }));

  // The only place that knows where the cases come from: today, the cards and the rows of the page.
  const lireLesCas = () => {
    const rangs = new Map([...tableau.querySelectorAll("tr[data-cas]")].map((rang) => [rang.dataset.cas, rang]));
    return [...cartes.querySelectorAll("[data-cas]")].map((carte, place) => {
      const lien = carte.querySelector(".carte__titre a");
      const rang = rangs.get(carte.dataset.cas);
      return {
        identifiant: carte.dataset.cas,
        place,
        carte,
        rang,
        nom: lien.textContent,
        adresse: lien.href,
        lieu: carte.querySelector(".carte__lieu").textContent,
        date: carte.dataset.date,
        dateEcrite: rang.querySelector("[data-label=Date]").textContent,
        reponses: Object.fromEntries(facettes.map(({ nom }) => [nom, carte.dataset[nom].split(" ")])),
      };
    });
  };
  const tousLesCas = lireLesCas();

  const TRIS = {
    source: (a, b) => a.place - b.place,
    // Cases without a date come last.
    date: (a, b) => b.date.localeCompare(a.date) || a.place - b.place,
    lieu: (a, b) => ordre.compare(a.lieu, b.lieu) || a.place - b.place,
    nom: (a, b) => ordre.compare(a.nom, b.nom),
  };

  const compter = (nombre) => `${NOMBRE.format(nombre)}\u00a0cas`;
  const cochees = (facette) => facette.valeurs.filter(({ coche }) => coche.checked);
  const actives = () => facettes.filter((facette) => cochees(facette).length > 0);

  // Values of a same filter add up, filters narrow down.
  const demandes = () => actives().map((facette) => [facette.nom, new Set(cochees(facette).map(({ coche }) => coche.value))]);
  const trouver = (demande, sauf) =>
    tousLesCas.filter(({ reponses }) => demande.every(([nom, valeurs]) => nom === sauf || reponses[nom].some((valeur) => valeurs.has(valeur))));

  // Beside each value: how many cases one would see with it, the other filters staying as they are.
  const ecrireLesComptes = (demande) => {
    for (const facette of facettes) {
      const comptes = new Map();
      for (const { reponses } of trouver(demande, facette.nom)) {
        for (const valeur of reponses[facette.nom]) comptes.set(valeur, (comptes.get(valeur) ?? 0) + 1);
      }
      for (const { ligne, coche, nombre } of facette.valeurs) {
        const compte = comptes.get(coche.value) ?? 0;
        nombre.textContent = NOMBRE.format(compte);
        ligne.classList.toggle("filtre__valeur--nulle", compte === 0);
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
  const ecrireLeConseil = (demande) => {
    const retraits = actives()
      .map((facette) => [facette, trouver(demande, facette.nom).length])
      .filter(([, nombre]) => nombre > 0)
      .map(([facette, nombre]) => {
        const valeurs = cochees(facette).map(({ texte }) => texte).join(" ou ");
        return boutonDe(`Retirer ${facette.un} (${valeurs})\u202f: ${compter(nombre)}`, "bouton", () => decocher(facette.valeurs));
      });
    vide.querySelector(".explorer__conseil").textContent = retraits.length
      ? "Chacun de ces boutons retire un filtre et dit combien de cas reviennent."
      : "Retirer un seul filtre ne suffit pas ici.";
    vide.querySelector(".actions").replaceChildren(...retraits, boutonDe(`Tout effacer\u202f: ${compter(tousLesCas.length)}`, "bouton", toutDecocher));
  };

  let resultat = [];
  const montrer = () => {
    const demande = demandes();
    resultat = trouver(demande).sort(TRIS[tri.value]);
    const gardes = new Set(resultat);
    for (const cas of tousLesCas) cas.carte.hidden = cas.rang.hidden = !gardes.has(cas);
    cartes.querySelector("ul").append(...resultat.map(({ carte }) => carte));
    tableau.querySelector("tbody").append(...resultat.map(({ rang }) => rang));
    cartes.hidden = resultat.length === 0 || vue.value !== "cartes";
    tableau.hidden = resultat.length === 0 || vue.value !== "tableau";
    vide.hidden = resultat.length > 0;
    csv.hidden = resultat.length === 0;
    if (resultat.length === 0) ecrireLeConseil(demande);
    ecrireLesComptes(demande);
    ecrireLeChoix();
    bilan.textContent = resultat.length === 0 ? "Aucun cas" : demande.length ? `${compter(resultat.length)} sur ${NOMBRE.format(tousLesCas.length)}` : compter(resultat.length);
    envoi.textContent = resultat.length === 0 ? "Aucun cas" : `Voir ${resultat.length > 1 ? "les " : "le "}${compter(resultat.length)}`.replace("le 1\u00a0", "le ");
  };

  const lireAdresse = () => {
    const parametres = new URLSearchParams(location.search);
    const inconnus = [];
    for (const { nom, valeurs } of facettes) {
      const voulues = parametres.getAll(nom);
      for (const { coche } of valeurs) coche.checked = voulues.includes(coche.value);
      inconnus.push(...voulues.filter((voulue) => !valeurs.some(({ coche }) => coche.value === voulue)).map((voulue) => `${nom} = ${voulue}`));
    }
    tri.value = Object.hasOwn(TRIS, parametres.get("tri") ?? "") ? parametres.get("tri") : "source";
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
    montrer();
  };
  const deplier = (ouvert) => bouton.setAttribute("aria-expanded", String(ouvert));

  // A spreadsheet runs a cell that starts like a formula: an apostrophe makes it a text.
  const cellule = (texte) => {
    const sur = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(texte) ? `'${texte}` : texte;
    return `"${sur.replaceAll('"', '""')}"`;
  };
  // Semicolons and the mark at the start are what a French spreadsheet expects.
  const enCsv = () => {
    const noms = new Map(facettes.map(({ nom, valeurs }) => [nom, new Map(valeurs.map(({ coche, texte }) => [coche.value, texte]))]));
    const entete = ["Identifiant", "Titre", "Lieu", "Ouverture ou création", ...facettes.map(({ titre }) => titre), "Adresse"];
    const lignes = resultat.map(({ identifiant, nom, lieu, dateEcrite, reponses, adresse }) => [
      identifiant,
      nom,
      lieu,
      dateEcrite,
      ...facettes.map((facette) => reponses[facette.nom].map((valeur) => noms.get(facette.nom).get(valeur)).join(" | ")),
      adresse,
    ]);
    return `\ufeff${[entete, ...lignes].map((ligne) => ligne.map(cellule).join(";")).join("\r\n")}\r\n`;
  };

  formulaire.addEventListener("change", changer);
  for (const champ of [tri, ...vue]) champ.addEventListener("change", changer);
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
  csv.addEventListener("click", () => {
    const adresse = URL.createObjectURL(new Blob([enCsv()], { type: "text/csv;charset=utf-8" }));
    Object.assign(document.createElement("a"), { href: adresse, download: "cas-petite-enfance.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(adresse), 1000);
  });
  addEventListener("popstate", () => {
    lireAdresse();
    montrer();
  });

  lireAdresse();
  montrer();
})();
