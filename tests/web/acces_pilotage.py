"""The table of addresses, pages of steering: one line per page (``acces_pages``)."""

from __future__ import annotations

from tests.web.acces_codes import (
    ACTUALISER,
    ANALYSER,
    DERRIERE,
    EXPORT,
    NEUTRALITE,
    PILOTER,
    SOURCES,
    STRUCTURES,
    SUIVRE,
    VOIR,
    Page,
)

PAGES_DU_PILOTAGE: dict[str, Page] = {
    "pilotage": Page(PILOTER),
    "pilotage_methode": Page(PILOTER),
    "pilotage_indicateur": Page(PILOTER, ("personnes_sdd",)),
    **{
        nom: Page(PILOTER.replace("200", "409"), ("personnes_sdd",))
        for nom in ("pilotage_graphique", "pilotage_export")
    },
    **{nom: Page(DERRIERE, ("personnes_sdd",)) for nom in ("pilotage_personnes", "pilotage_personnes_export")},
    "pilotage_actualiser": Page(ACTUALISER, methode="post"),
    **{
        nom: Page(STRUCTURES)
        for nom in ("pilotage_structures", "pilotage_structures_temps", "pilotage_structures_dossiers")
    },
    "pilotage_structure": Page(STRUCTURES, ("S0",)),
    **{
        nom: Page(STRUCTURES.replace("200", "409"))
        for nom in (
            "pilotage_structures_graphique",
            "pilotage_structures_export",
            "pilotage_structures_temps_graphique",
            "pilotage_structures_temps_export",
            "pilotage_structures_dossiers_export",
        )
    },
    "pilotage_structures_sources": Page(SOURCES),
    "pilotage_structures_file": Page(SUIVRE),
    "pilotage_structures_file_personnes": Page(VOIR.replace("200", "404")),
    "pilotage_structures_file_export": Page(EXPORT.replace("200", "404")),
    "pilotage_officiels": Page(ANALYSER),
    **{f"pilotage_{n}": Page(ANALYSER) for n in ("instantanes", "instantane_prendre", "instantanes_comparer")},
    "pilotage_instantane": Page(ANALYSER.replace("200", "404"), (0,)),
    "pilotage_officiels_export": Page(ANALYSER.replace("200", "409")),
    "pilotage_echeance": Page(PILOTER),
    **{f"pilotage_cohortes{nom}": Page(ANALYSER) for nom in ("", "_composer", "_apercu", "_resultats")},
    **{f"pilotage_cohortes_{nom}": Page(ANALYSER.replace("200", "409")) for nom in ("graphique", "export")},
    **{f"pilotage_cohortes_{nom}": Page(ANALYSER, suite="?c=du%3D2022-01") for nom in ("garder", "fichier")},
    **{nom: Page(ANALYSER.replace("200", "404"), (0,)) for nom in ("pilotage_cohorte", "pilotage_cohorte_modifier")},
    **{
        f"pilotage_cohorte_{nom}": Page(ANALYSER.replace("200", "404"), (0,), methode="post")
        for nom in ("dupliquer", "supprimer")
    },
    "pilotage_evaluation": Page(NEUTRALITE),
    **{
        nom: Page(NEUTRALITE.replace("200", "404"), ("x",))
        for nom in ("pilotage_experience", "pilotage_experience_graphique", "pilotage_experience_export")
    },
    **{f"pilotage_experience_{nom}": Page(NEUTRALITE.replace("200", "404"), ("x",)) for nom in ("pdf", "pdf_etat")},
    "pilotage_experience_pdf_preparer": Page(NEUTRALITE.replace("200", "404"), ("x",), methode="post"),
    **{f"pilotage_{nom}": Page(ANALYSER) for nom in ("evaluation_nouvelle", "evaluation_puissance", "ordre_nouveau")},
    **{
        f"pilotage_experience_{nom}": Page(ANALYSER.replace("200", "404"), ("x",))
        for nom in ("modifier", "amender", "explorer", "abandonner")
    },
    "pilotage_experience_resultats": Page(ANALYSER.replace("200", "404"), ("x",), methode="post"),
    "pilotage_experience_acte": Page(ANALYSER.replace("200", "404"), ("x", "clore"), methode="post"),
    **{
        nom: Page(ANALYSER.replace("200", "404"), (0,))
        for nom in ("pilotage_ordre", "pilotage_ordre_experience", "pilotage_ordre_export")
    },
    "pilotage_ordre_tirer": Page(ANALYSER.replace("200", "404"), (0,), methode="post"),
    "pilotage_cibles": Page(NEUTRALITE),
    "pilotage_cible_nouvelle": Page(ANALYSER),
    "pilotage_cible_retirer": Page(ANALYSER.replace("200", "404"), (0,)),
    "pilotage_vues": Page(PILOTER),
    "pilotage_vue_garder": Page(PILOTER, suite="?adresse=/pilotage/"),
    "pilotage_vue_ouvrir": Page(PILOTER.replace("200", "302"), (0,)),
    **{nom: Page(PILOTER.replace("200", "404"), (0,)) for nom in ("pilotage_vue_modifier", "pilotage_vue_envois")},
    **{
        nom: Page(PILOTER.replace("200", "404"), (0,), methode="post")
        for nom in ("pilotage_vue_premiere", "pilotage_vue_supprimer", "pilotage_vue_arreter")
    },
    "pilotage_etude": Page(PILOTER.replace("200", "404"), (0,)),
    **{nom: Page(NEUTRALITE) for nom in ("pilotage_rapports", "pilotage_page_pdf")},
    "pilotage_page_graphique": Page(NEUTRALITE.replace("200", "409")),
    "pilotage_page_preparer": Page(NEUTRALITE.replace("200", "409"), methode="post"),
}
