/* Files received: print the report, copy the text of a reminder. Without this script the text can be selected by hand. */
(() => {
  "use strict";
  for (const bouton of document.querySelectorAll("[data-imprimer]")) {
    bouton.hidden = false;
    bouton.addEventListener("click", () => window.print());
  }
  for (const bouton of document.querySelectorAll("[data-copier]")) {
    bouton.hidden = false;
    bouton.addEventListener("click", async () => {
      const texte = document.getElementById(bouton.dataset.copier);
      texte.select();
      try {
        await navigator.clipboard.writeText(texte.value);
      } catch {
        document.execCommand("copy");
      }
      bouton.textContent = "Copié";
    });
  }
})();
