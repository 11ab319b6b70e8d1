/* Drafts: what is typed in <form data-brouillon="clé"> survives a cut connection, a closed tab, an expired session.
   Kept on this computer for twelve hours at most, per agent, wiped once the server has accepted the form or on sign-out.
   Passwords, files and hidden fields are never kept. */
(() => {
  "use strict";
  const PREFIXE = "cordee:brouillon:";
  const DUREE = 12 * 3600 * 1000;
  const agent = document.body.dataset.agent || "";
  const cle = (form) => `${PREFIXE}${agent}:${form.dataset.brouillon}`;
  const formulaires = (racine) => [...racine.querySelectorAll("form[data-brouillon]")];
  const saisies = (form) => [...form.elements].filter((e) => e.name && !["hidden", "password", "file", "submit", "button"].includes(e.type));
  const estCase = (e) => e.type === "checkbox" || e.type === "radio";

  const lire = (k) => { try { return JSON.parse(localStorage.getItem(k)); } catch { return null; } };
  const ecrire = (k, v) => { try { localStorage.setItem(k, JSON.stringify(v)); return true; } catch { return false; } };
  const oublier = (k) => { try { localStorage.removeItem(k); } catch { /* storage refused: nothing was kept */ } };
  const cles = () => { try { return Object.keys(localStorage).filter((k) => k.startsWith(PREFIXE)); } catch { return []; } };
  const heure = (t) => new Date(t).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });

  const version = (form) => form.querySelector("[data-version]");
  const photo = (form) => saisies(form).map((e) => [e.name, estCase(e) ? e.value : null, estCase(e) ? e.checked : e.value]);

  function dire(form, texte, effacer) {
    const zone = form.querySelector("[data-brouillon-etat]");
    if (!zone) return;
    zone.textContent = texte;
    if (!effacer) return;
    const bouton = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-link", textContent: "Effacer ce brouillon" });
    bouton.addEventListener("click", () => { clearTimeout(form._attente); form._attente = null; oublier(cle(form)); form.reset(); form._modifie = false; dire(form, "Brouillon effacé."); });
    zone.append(" ", bouton);
  }

  function ecrireMaintenant(form) {
    if (!form._attente) return;
    clearTimeout(form._attente);
    form._attente = null;
    const le = Date.now();
    if (ecrire(cle(form), { le, champs: photo(form), version: version(form)?.value })) dire(form, `Brouillon gardé sur cet ordinateur à ${heure(le)}.`);
  }
  function garder(form) {
    form._modifie = true;
    clearTimeout(form._attente);
    form._attente = setTimeout(() => ecrireMaintenant(form), 600);
  }

  function reprendre(form) {
    if (form._suivi) return;
    form._suivi = true;
    form.addEventListener("input", () => garder(form));
    form.addEventListener("change", () => garder(form));
    form.addEventListener("submit", () => {
      clearTimeout(form._attente);
      form._attente = null;
      form._modifie = false;
      ecrire(cle(form), { le: Date.now(), champs: photo(form), version: version(form)?.value, envoye: true });
    });
    form.addEventListener("brouillon:recu", () => {  // the server holds it all: this device need not
      clearTimeout(form._attente);
      form._attente = null;
      form._modifie = false;
      oublier(cle(form));
      dire(form, "");
    });
    const garde = lire(cle(form));
    if (!garde || form.querySelector("[data-erreurs]")) return;
    const restes = garde.champs.slice();
    for (const e of saisies(form)) {
      const i = restes.findIndex(([nom, valeur]) => nom === e.name && (!estCase(e) || valeur === e.value));
      if (i < 0) continue;
      const [[, , contenu]] = restes.splice(i, 1);
      if (estCase(e)) e.checked = contenu; else e.value = contenu;
    }
    form._modifie = true;
    if (version(form) && garde.version !== undefined) version(form).value = garde.version;  // what it was typed over
    dire(form, `Votre saisie de ${heure(garde.le)} a été retrouvée.`, true);
  }

  /* A page the server drew proves that what was sent before arrived, unless people came back or reloaded. */
  function trier() {
    const retour = ["back_forward", "reload"].includes(performance.getEntriesByType("navigation")[0]?.type);
    for (const k of cles()) {
      const garde = lire(k);
      const erreurs = formulaires(document).some((f) => cle(f) === k && f.querySelector("[data-erreurs]"));
      if (!garde || Date.now() - garde.le > DUREE || (garde.envoye && agent && !retour && !erreurs)) oublier(k);
    }
  }

  if (!document.body.classList.contains("page-erreur")) trier();
  formulaires(document).forEach(reprendre);
  document.addEventListener("htmx:after:swap", () => formulaires(document).forEach(reprendre));
  document.addEventListener("htmx:after:request", (evenement) => {
    const { ctx } = evenement.detail;
    const form = ctx.sourceElement;
    if (form.matches?.("form[data-brouillon]") && ctx.response.status < 400) oublier(cle(form));
  });
  document.addEventListener("submit", (evenement) => {
    if (evenement.target.matches("[data-deconnexion]")) cles().forEach(oublier);
  });
  window.addEventListener("pagehide", () => formulaires(document).forEach(ecrireMaintenant));
  window.addEventListener("beforeunload", (evenement) => {
    const perdu = [...document.querySelectorAll("form[data-garde]")].some((f) => f._modifie);
    if (perdu) evenement.preventDefault();
  });
  document.addEventListener("input", (evenement) => {
    const form = evenement.target.form;
    if (form?.matches("[data-garde]")) form._modifie = true;
  });
  document.addEventListener("submit", (evenement) => { evenement.target._modifie = false; });
})();
