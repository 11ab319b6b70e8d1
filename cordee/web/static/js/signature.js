/* Signing with a finger, a pen or a mouse: strokes of whole points on a surface of 1000 × 400, sent as they are. */
(() => {
  "use strict";
  const zone = document.querySelector("[data-signature]");
  if (!zone) return;
  const svg = zone.querySelector("svg");
  const trace = svg.querySelector("path");
  const champ = zone.closest("form").querySelector("[name=trait]");
  const etat = zone.querySelector("[data-signature-etat]");
  const LARGEUR = 1000;
  const HAUTEUR = 400;
  let traits = [];
  let courant = null;

  const borner = (valeur, maximum) => Math.max(0, Math.min(maximum, Math.round(valeur)));
  function point(evenement) {
    const cadre = svg.getBoundingClientRect();
    return [borner(((evenement.clientX - cadre.left) / cadre.width) * LARGEUR, LARGEUR),
      borner(((evenement.clientY - cadre.top) / cadre.height) * HAUTEUR, HAUTEUR)];
  }
  function dessiner() {
    trace.setAttribute("d", traits.map((t) => `M${t[0].join(" ")}${t.slice(1).map((p) => `L${p.join(" ")}`).join("")}`).join(""));
    champ.value = traits.length ? JSON.stringify(traits) : "";
  }
  svg.addEventListener("pointerdown", (e) => {
    if (e.button) return;
    e.preventDefault();
    svg.setPointerCapture(e.pointerId);
    courant = [point(e)];
    traits.push(courant);
    etat.textContent = "";
    dessiner();
  });
  svg.addEventListener("pointermove", (e) => {
    if (!courant) return;
    const p = point(e);
    const [x, y] = courant[courant.length - 1];
    if (Math.abs(p[0] - x) + Math.abs(p[1] - y) < 4) return;
    courant.push(p);
    dessiner();
  });
  const lever = () => { if (courant) { courant = null; etat.textContent = "Signature tracée."; } };
  svg.addEventListener("pointerup", lever);
  svg.addEventListener("pointercancel", lever);
  zone.querySelector("[data-signature-effacer]").addEventListener("click", () => {
    traits = [];
    dessiner();
    etat.textContent = "Le cadre est vide.";
  });
})();
