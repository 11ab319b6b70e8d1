/* The few gestures HTML alone does not know. Everything here has a page that works without it. */
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const ecoute = (nom, geste) => document.addEventListener(nom, geste);
  const tiroir = $("tiroir");

  /* ---- messages ---- */
  function annoncer(texte, ton = "danger") {
    const avis = document.createElement("div");
    avis.className = `avis ton-${ton}`;
    const phrase = Object.assign(document.createElement("p"), { textContent: texte });
    const fermer = Object.assign(document.createElement("button"), { type: "button", className: "btn-close" });
    fermer.setAttribute("aria-label", "Fermer ce message");
    fermer.addEventListener("click", () => avis.remove());
    avis.append(phrase, fermer);
    const dialogue = document.querySelector("dialog[open]");
    if (dialogue) (dialogue.querySelector(".tiroir-corps, .dialogue-corps") || dialogue).prepend(avis);
    else { $("annonces").replaceChildren(avis); }
  }
  const PHRASES = {
    401: "Votre session a expiré. Rechargez la page pour vous reconnecter : votre saisie est gardée.",
    403: "Vous n'avez pas le droit de faire cela. Demandez à votre responsable si vous en avez besoin.",
    404: "Ce que vous cherchez n'existe plus ou ne vous est pas ouvert. Rechargez la page.",
    429: "Trop de demandes en peu de temps. Patientez une minute puis réessayez.",
  };
  ecoute("htmx:response:error", ({ detail }) => {
    const { status } = detail.ctx.response;
    if (PHRASES[status]) annoncer(PHRASES[status]);
    else if (status >= 500) annoncer("Le serveur a rencontré une erreur. Rien n'a été enregistré : réessayez dans un instant.");
  });
  ecoute("htmx:error", ({ detail }) => {
    if (detail.ctx?.sourceElement?.matches?.("[data-discret]")) return;  // a help that nobody asked for says nothing
    console.error(detail.error);
    if (detail.ctx && !detail.ctx.response) annoncer("Le serveur ne répond pas. Vérifiez votre connexion puis réessayez : votre saisie est toujours à l'écran.");
  });
  /* An expired session answers with the sign-in page: show it whole, not inside a panel. */
  ecoute("htmx:before:swap", (evenement) => {
    const brute = evenement.detail.ctx.response?.raw;
    const connexion = document.body.dataset.connexion;
    if (brute?.redirected && connexion && new URL(brute.url).pathname === connexion) {
      evenement.preventDefault();
      location.assign(brute.url);
    }
  });

  /* ---- keyboard: "/" goes to the search box ---- */
  ecoute("keydown", (evenement) => {
    const saisie = evenement.target.closest("input, textarea, select, [contenteditable]");
    if (evenement.key !== "/" || evenement.ctrlKey || evenement.metaKey || evenement.altKey || saisie) return;
    const champ = $("recherche-globale");
    if (champ) { evenement.preventDefault(); champ.focus(); champ.select(); }
  });

  /* ---- dialogs and the drawer ---- */
  ecoute("click", (evenement) => {
    const ouvre = evenement.target.closest("[data-ouvre]");
    if (ouvre) { $(ouvre.dataset.ouvre)?.showModal(); return; }
    const lien = evenement.target.closest("a[data-tiroir]");
    if (lien && !evenement.ctrlKey && !evenement.metaKey && !evenement.shiftKey) { evenement.preventDefault(); ouvrirTiroir(lien.href); return; }
    const ferme = evenement.target.closest("[data-ferme]");
    const dialogue = evenement.target.closest("dialog");
    if (dialogue && ferme) { evenement.preventDefault(); fermer(dialogue); }
    else if (dialogue && evenement.target === dialogue) fermer(dialogue); /* a click on the backdrop */
  });
  function fermer(dialogue) {
    const modifie = [...dialogue.querySelectorAll("form")].some((f) => f._modifie && !f.dataset.brouillon);
    if (!modifie || confirm("Fermer sans enregistrer ? Votre saisie sera perdue.")) dialogue.close();
  }
  tiroir?.addEventListener("cancel", (evenement) => { evenement.preventDefault(); fermer(tiroir); });
  tiroir?.addEventListener("input", (evenement) => { if (evenement.target.form) evenement.target.form._modifie = true; });
  tiroir?.addEventListener("close", () => $("tiroir-contenu").replaceChildren());
  async function ouvrirTiroir(url) {
    await htmx.ajax("GET", url, { source: "#tiroir-contenu", swap: "innerHTML" });
    if ($("tiroir-contenu").childElementCount && !tiroir.open) tiroir.showModal();
  }

  /* A choice made in a popover closes it, once its form has left. */
  ecoute("click", ({ target }) => {
    const bulle = target.closest("button[type=submit], button:not([type])")?.closest("[popover]");
    if (bulle) requestAnimationFrame(() => bulle.hidePopover());
  });

  /* ---- grouped acts ---- */
  const cases = (id) => [...document.querySelectorAll(`input[type="checkbox"][name][form="${CSS.escape(id)}"]`)];
  function compter(form, tout = false) {
    const lignes = cases(form.id);
    const cochees = lignes.filter((c) => c.checked).length;
    const total = Number(form.dataset.total);
    const maitre = document.querySelector(`[data-tout-cocher="${CSS.escape(form.id)}"]`);
    const phrase = form.querySelector("[data-compte]");
    form._phrase ??= phrase.textContent;
    form.querySelector("[data-tout]").value = tout ? "1" : "";
    form.classList.toggle("active", cochees > 0);
    const n = tout ? total : cochees;
    phrase.textContent = cochees ? `${n.toLocaleString("fr-FR")} sélectionnée${n > 1 ? "s" : ""}` : form._phrase;
    if (maitre) { maitre.checked = cochees > 0 && cochees === lignes.length; maitre.indeterminate = cochees > 0 && cochees < lignes.length; }
    form.querySelector("[data-etendre]").hidden = tout || !maitre?.checked || total <= lignes.length;
  }
  ecoute("change", ({ target }) => {
    const form = target.form;
    if (!form?.matches("[data-selection]")) return;
    if (target.dataset.toutCocher) cases(form.id).forEach((c) => { c.checked = target.checked; });
    compter(form);
  });
  ecoute("click", ({ target }) => {
    const bouton = target.closest("[data-etendre]");
    if (bouton) compter(bouton.form, true);
  });

  /* ---- focus what needs an answer ---- */
  const viser = (racine) => racine.querySelector?.("form[method='post'] [data-erreurs]")?.focus();
  function demarrer() {
    if (innerWidth < 700) document.querySelectorAll(".filtres > details").forEach((d) => { d.open = false; });
    document.querySelectorAll("form[data-selection]").forEach((f) => compter(f));
    viser(document);
  }
  ecoute("htmx:after:swap", ({ detail }) => { const cible = detail.ctx.target; if (cible?.isConnected) viser(cible); });
  /* ---- one field, Enter, the next one: emptied once sent, it keeps the keyboard ---- */
  ecoute("htmx:after:request", ({ detail: { ctx } }) => {
    const saisie = ctx.sourceElement?.matches?.("form[data-saisie-rapide]") && ctx.sourceElement.querySelector("[autofocus]");
    if (saisie && ctx.response?.status < 400) { saisie.value = ""; saisie.focus(); }
  });
  ecoute("click", ({ target }) => { if (target.closest?.("[data-imprimer]")) print(); });
  demarrer();
})();
