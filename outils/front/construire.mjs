// Copies the few vendor files the site serves, and draws the sprite of the icons it uses.
// An explicit list on purpose: whole "dist" folders would hash thousands of files at deployment.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const racine = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const modules = join(racine, "node_modules");
const sortie = join(racine, "cordee", "web", "static", "fournisseurs");
const police = "@fontsource-variable/atkinson-hyperlegible-next";
const graisse = "atkinson-hyperlegible-next";

/** Source under node_modules → name under static/fournisseurs. */
const FICHIERS = {
  "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
  "bootstrap/LICENSE": "bootstrap.LICENCE.txt",
  "htmx.org/dist/htmx.min.js": "htmx.min.js",
  "htmx.org/LICENSE": "htmx.LICENCE.txt",
  "bootstrap-icons/LICENSE": "bootstrap-icons.LICENCE.txt",
  "vega/build/vega.min.js": "vega.min.js",
  "vega/LICENSE": "vega.LICENCE.txt",
  "vega-lite/build/vega-lite.min.js": "vega-lite.min.js",
  "vega-lite/LICENSE": "vega-lite.LICENCE.txt",
  "vega-embed/build/vega-embed.min.js": "vega-embed.min.js",
  "vega-embed/LICENSE": "vega-embed.LICENCE.txt",
  [`${police}/LICENSE`]: "police.LICENCE.txt",
  [`${police}/files/${graisse}-latin-wght-normal.woff2`]: "police-latin.woff2",
  [`${police}/files/${graisse}-latin-ext-wght-normal.woff2`]: "police-latin-ext.woff2",
  [`${police}/files/${graisse}-latin-wght-italic.woff2`]: "police-latin-italique.woff2",
  [`${police}/files/${graisse}-latin-ext-wght-italic.woff2`]: "police-latin-ext-italique.woff2",
};

/** One <symbol> per icon of cordee/web/composants/icones.json (our French name → its file). */
function planche() {
  const noms = JSON.parse(readFileSync(join(racine, "cordee", "web", "composants", "icones.json"), "utf8"));
  const symboles = Object.entries(noms).map(([nom, fichier]) => {
    const svg = readFileSync(join(modules, "bootstrap-icons", "icons", `${fichier}.svg`), "utf8");
    const [, vue] = svg.match(/viewBox="([^"]+)"/);
    const dessin = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
    return `<symbol id="${nom}" viewBox="${vue}" fill="currentColor">${dessin}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symboles.join("\n")}\n</svg>\n`;
}

rmSync(sortie, { recursive: true, force: true });
mkdirSync(sortie, { recursive: true });
for (const [source, cible] of Object.entries(FICHIERS)) {
  copyFileSync(join(modules, source), join(sortie, cible));
}
writeFileSync(join(sortie, "icones.svg"), planche());
console.log(`${Object.keys(FICHIERS).length + 1} fichiers dans cordee/web/static/fournisseurs/`);
