// Runs before the first paint: says that scripts work, and applies the appearance chosen earlier, if any.
(() => {
  const racine = document.documentElement;
  racine.classList.add("js");
  try {
    const choix = localStorage.getItem("apparence");
    if (choix === "clair" || choix === "sombre") racine.dataset.theme = choix;
  } catch {
    // Storage may be refused (private browsing): the system's choice stands.
  }
})();
