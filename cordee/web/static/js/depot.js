/* Sending a large file shows how far it is. Without this script the form is sent all the same. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-depot]");
  if (!form) return;
  const zone = form.querySelector("[data-depot-envoi]");
  const barre = zone.querySelector("progress");
  const pourcent = zone.querySelector("[data-depot-pourcent]");
  const detail = zone.querySelector("[data-depot-detail]");
  const bouton = form.querySelector("[type='submit']");
  const mo = (octets) => `${(octets / 1e6).toLocaleString("fr-FR", { maximumFractionDigits: 1 })} Mo`;

  function finir(phrase) {
    detail.textContent = phrase;
    bouton.disabled = false;
  }
  form.addEventListener("submit", (evenement) => {
    if (!form.querySelector("[type='file']").files.length) return;
    evenement.preventDefault();
    const envoi = new XMLHttpRequest();
    envoi.open("POST", form.action);
    envoi.upload.addEventListener("progress", (e) => {
      if (!e.lengthComputable) return;
      const part = Math.floor((100 * e.loaded) / e.total);
      barre.value = part;
      pourcent.textContent = `${part} %`;
      if (e.loaded < e.total) detail.textContent = `${mo(e.loaded)} sur ${mo(e.total)}`;
    });
    envoi.upload.addEventListener("load", () => { detail.textContent = "Fichier envoyé. Vérification en cours…"; barre.removeAttribute("value"); });
    envoi.addEventListener("load", () => {
      if (envoi.status < 400) { location.assign(envoi.responseURL); return; }
      const reponse = new DOMParser().parseFromString(envoi.responseText, "text/html");
      const erreurs = reponse.querySelector("[data-erreurs]");
      const anciennes = form.querySelector("[data-erreurs]");
      if (erreurs) {
        anciennes?.remove();
        form.prepend(erreurs);
        zone.hidden = true;
        bouton.disabled = false;
        erreurs.focus();
      } else finir(envoi.status === 413 ? "Ce fichier est trop gros : compressez-le (.gz)." : "Le fichier n'a pas été accepté. Rechargez la page, puis réessayez.");
    });
    envoi.addEventListener("error", () => finir("L'envoi s'est interrompu. Vérifiez votre connexion, puis réessayez."));
    bouton.disabled = true;
    zone.hidden = false;
    envoi.send(new FormData(form));
  });
})();
