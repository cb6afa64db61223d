// On a phone, CSS stacks the cells of .tableau--empile; some browsers then forget that it is a table. Naming each part again
// keeps its rows and headers for screen readers. It is done here because HTML forbids writing these roles on table tags.
// Tables that another script adds to the page are treated when it says so (« contenu-ajoute »).
(() => {
  const ROLES = { THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const nommer = () => {
    for (const table of document.querySelectorAll(".tableau--empile:not([role])")) {
      table.setAttribute("role", "table");
      for (const part of table.querySelectorAll("thead, tbody, tr, td, th")) {
        part.setAttribute("role", ROLES[part.tagName] ?? (part.scope === "row" ? "rowheader" : "columnheader"));
      }
    }
  };
  nommer();
  document.addEventListener("contenu-ajoute", nommer);

  // A link half outside a wide table is « in view » for browsers, which then leave it there when the keyboard reaches it.
  document.addEventListener("focusin", ({ target }) => {
    if (target.closest(".tableau-zone > *")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
})();
