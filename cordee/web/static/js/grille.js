// The arrows go from box to box of a grid, as in a spreadsheet; Enter goes down. Without script, Tab does it.
(() => {
  const cases = (ligne) => [...ligne.querySelectorAll("input.case-heures")];
  for (const table of document.querySelectorAll("[data-grille]")) {
    table.addEventListener("keydown", (evenement) => {
      const boite = evenement.target;
      if (!(boite instanceof HTMLInputElement) || !boite.classList.contains("case-heures")) return;
      const ligne = boite.closest("tr");
      const rang = cases(ligne).indexOf(boite);
      const pas = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[evenement.key];
      const bout = evenement.key === "ArrowRight" ? boite.value.length : evenement.key === "ArrowLeft" ? 0 : -1;
      let suivante = null;
      if (pas) suivante = cases(pas > 0 ? ligne.nextElementSibling ?? ligne : ligne.previousElementSibling ?? ligne)[rang];
      else if (bout >= 0 && boite.selectionStart === bout && boite.selectionEnd === bout)
        suivante = cases(ligne)[rang + (evenement.key === "ArrowRight" ? 1 : -1)];
      if (!suivante || suivante === boite) return;
      evenement.preventDefault();
      suivante.focus();
      suivante.select();
    });
  }
})();
