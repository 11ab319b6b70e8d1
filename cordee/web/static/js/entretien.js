/* The interview saves itself: on each answer and every few seconds, and holds on when the connection is cut.
   Three nets: the draft on the server, this page, this device (brouillons.js). What is typed is never overwritten. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-entretien]");
  const zone = document.getElementById("etat-entretien");
  if (!form || !zone) return;
  const APRES_SAISIE = 1500;
  const REESSAI = 4000;
  let modifie = false;
  let enCours = false;
  let attente = null;
  let bouton = null;
  let arrete = false;  // the session ended: nothing more is sent from this page

  const conflit = () => zone.querySelector("[data-etat=conflit]");
  const cache = (nom) => zone.querySelector(`input[name=${nom}]`);

  function dire(texte, etat) {
    let phrase = zone.querySelector(".etat-saisie");
    if (!phrase) { phrase = document.createElement("p"); phrase.className = "etat-saisie"; zone.append(phrase); }
    phrase.dataset.etat = etat;
    phrase.textContent = texte;
  }
  function couper() {
    modifie = true;
    dire("Connexion coupée : votre saisie est gardée sur cet appareil et partira dès son retour.", "coupe");
    programmer(REESSAI);
  }
  function programmer(delai) {
    clearTimeout(attente);
    attente = setTimeout(sauver, delai);
  }
  function sauver() {
    attente = null;
    if (!modifie || enCours || arrete || conflit()) return;
    if (!navigator.onLine) { couper(); return; }
    modifie = false;
    enCours = true;
    zone.dispatchEvent(new CustomEvent("sauver"));
  }
  function noter(evenement) {
    if (!evenement.target.name) return;
    modifie = true;
    if (!conflit()) programmer(APRES_SAISIE);
  }
  function finir() {
    enCours = false;
    if (bouton) { const choisi = bouton; bouton = null; form.requestSubmit(choisi); return; }
    if (modifie && !attente) programmer(APRES_SAISIE);
  }

  form.addEventListener("input", noter);
  form.addEventListener("change", noter);
  window.addEventListener("online", () => { if (modifie) programmer(0); });
  window.addEventListener("offline", () => { if (modifie || enCours) couper(); });

  zone.addEventListener("htmx:error", (evenement) => { evenement.stopPropagation(); couper(); });
  zone.addEventListener("htmx:before:swap", (evenement) => {
    const brute = evenement.detail.ctx.response?.raw;
    if (!brute?.redirected) return;  // the session ended: the page stays, with what is typed
    evenement.preventDefault();
    evenement.stopPropagation();
    modifie = true;
    arrete = true;
    dire("Votre session a expiré : votre saisie est gardée sur cet appareil. Rechargez la page pour vous reconnecter.", "coupe");
  });
  zone.addEventListener("htmx:after:request", ({ detail }) => {
    const statut = detail.ctx.response?.status ?? 0;
    if (statut >= 500 || statut === 0) { couper(); return; }
    if (statut >= 400 && ![409, 422].includes(statut)) {
      modifie = true;
      arrete = true;
      dire("Votre saisie n'a pas pu être enregistrée ici : elle est gardée sur cet appareil. Rechargez la page.", "refus");
    }
    if (statut === 200 && !detail.ctx.response.raw?.redirected && !modifie) form.dispatchEvent(new CustomEvent("brouillon:recu"));
  });
  zone.addEventListener("htmx:finally:request", finir);

  /* « Entrée » in a field of the conversation decides nothing. */
  form.addEventListener("keydown", (evenement) => {
    if (evenement.key === "Enter" && evenement.target.matches("input")) evenement.preventDefault();
  });

  /* A save on its way ends before the page is sent: the version sent is then the right one. */
  form.addEventListener("submit", (evenement) => {
    if (!navigator.onLine) {
      evenement.preventDefault();
      evenement.stopImmediatePropagation();
      couper();
    } else if (enCours) {
      evenement.preventDefault();
      evenement.stopImmediatePropagation();
      bouton = evenement.submitter;
    } else {
      clearTimeout(attente);
      attente = null;
      modifie = false;
    }
  }, true);

  zone.addEventListener("click", (evenement) => {
    const garder = evenement.target.closest("[data-garder]");
    if (garder) {
      for (const nom of ["diagnostic", "version", "seance"]) cache(nom).value = garder.dataset[nom];
      conflit().remove();
      modifie = true;
      dire("Votre saisie s'enregistre…", "pret");
      sauver();
    } else if (evenement.target.closest("[data-relire]")) {
      form.dispatchEvent(new CustomEvent("brouillon:recu"));
      location.assign(location.href);
    }
  });
  if (form._modifie) { modifie = true; programmer(0); }  // found again on this device
})();
