/* Draws the charts of a page from their descriptions. Without it, the sentence and the table say the same. */
(() => {
  "use strict";
  const MOIS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
  const COURTS = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
  const JOURS = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];
  const OPTIONS = {
    mode: "vega-lite", ast: true, renderer: "svg", actions: false, defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
    logLevel: 1, /* errors: a width of the container with our own margins is meant, whatever vega-lite warns of */
    formatLocale: { decimal: ",", thousands: "\u202f", grouping: [3], currency: ["", "\u00a0€"], percent: "\u00a0%" },
    timeFormatLocale: { dateTime: "%A %e %B %Y à %X", date: "%d/%m/%Y", time: "%H:%M:%S", periods: ["", ""], days: JOURS, shortDays: JOURS.map((j) => j.slice(0, 3)), months: MOIS, shortMonths: COURTS },
  };
  async function dessiner(cadre) {
    const dit = cadre.getAttribute("aria-label");
    try {
      await vegaEmbed(cadre, cadre.dataset.graphique, OPTIONS);
      /* vega names the frame its own way: we keep ours, an image said in one sentence */
      cadre.setAttribute("role", "img");
      cadre.setAttribute("aria-label", dit);
      cadre.removeAttribute("aria-roledescription");
      cadre.querySelector("svg").setAttribute("aria-hidden", "true");
      cadre.dataset.dessine = "oui";
    } catch (erreur) {
      console.error(erreur);
      cadre.textContent = "Le graphique n'a pas pu être dessiné. Les mêmes chiffres sont dans le tableau.";
      cadre.removeAttribute("role");
      cadre.removeAttribute("aria-label");
    }
  }
  const NEUFS = "[data-graphique]:not([data-dessine])";
  document.querySelectorAll(NEUFS).forEach(dessiner);
  /* newer figures came into the page: their charts are drawn again */
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll(NEUFS).forEach(dessiner));
})();
