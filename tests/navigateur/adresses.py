"""The addresses of every page that shows people, and the role that opens each: what ``test_accessibilite`` walks."""

from __future__ import annotations

from django.urls import resolve, reverse

from cordee.echanges.fichiers.models import ElementRejete, FichierRecu
from cordee.metier.courriers.models import Courrier, LotImpression
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.models import ArreteCriteres, LigneAffectation, PropositionAffectation
from cordee.metier.parcours.enums import Etat, GenreEtape
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import ContactPropose, Personne
from cordee.metier.rendezvous.models import Campagne
from cordee.web.parcours import table
from cordee.web.personnes.panneaux import PANNEAUX
from tests.navigateur.agenda import pages_de_l_agenda
from tests.navigateur.caisse import pages_de_la_caisse
from tests.navigateur.contrats import pages_des_contrats
from tests.navigateur.devoirs import pages_des_devoirs
from tests.navigateur.equipe import pages_de_l_equipe
from tests.navigateur.equipe_pluri import pages_de_l_equipe_pluri
from tests.navigateur.monde import une_comparaison, une_mesure_en_euros
from tests.navigateur.suivi import pages_du_suivi
from tests.web.acces_codes import ACTES, PAR_ACTE, ROLES
from tests.web.acces_pages import PAGES

# Not pages: a piece of one, a file, a POST; or nothing to see without what only a journey makes.
PAS_DES_PAGES = {
    "verification", "proposition", "personne_identite", "courrier_pdf", "contrat_pdf", "modele_en_vigueur_pdf",
    "delais_service_alerte", "pilotage_cohortes_apercu", *(nom for nom in PAGES if nom.endswith("_export")),
}  # fmt: skip
COMPTES = [
    ("", "account_login"), ("", "account_reset_password"), ("", "account_reset_password_done"),
    ("", "account_inactive"), ("", "account_signup"), ("plat", "account_change_password"),
    ("plat", "account_logout"), ("plat", "account_reauthenticate"), ("plat", "mfa_index"),
]  # fmt: skip
Adresse = tuple[str, str]


def referente_de(suivie: Personne) -> tuple[Structure, Agent]:
    """The structure and the référente of somebody who is accompanied."""
    s = Situation.objects.select_related("referent_structure", "referent_agent").get(personne=suivie)
    assert s.referent_structure is not None
    assert s.referent_agent is not None
    return s.referent_structure, s.referent_agent


def qui(reponses: str, *, prefere: str = "chef") -> str:
    """A role that opens the page: the one of a structure's head first, whose reach is all the people of the tests."""
    ouvrent = [cle for cle, code in zip(ROLES, reponses.split(), strict=True) if code == "200"]
    return prefere if prefere in ouvrent else next(iter(ouvrent), "")


def adresses(gens: list[Personne]) -> list[Adresse]:
    """(role, address) of every page."""
    suivie = gens[-1]
    pages = [
        *_de_la_table(),
        *_des_personnes(gens),
        *_des_actes(gens),
        *((role, reverse(nom)) for role, nom in COMPTES),
        *_des_fichiers(),
        *_des_orientations(suivie),
        *pages_de_l_agenda(),
        *pages_des_contrats(),
        *pages_de_l_equipe(*referente_de(suivie)),
        *pages_de_la_caisse(),
        *pages_des_devoirs(),
        *pages_de_l_equipe_pluri(),
        *pages_du_suivi(suivie),
        *_du_pilotage(),
        *_des_campagnes(),
        *_des_courriers(gens),
    ]
    return list(dict.fromkeys(pages))


def _de_la_table() -> list[Adresse]:
    """Those that need nobody to fill their blanks."""
    return [
        *((role, reverse("accueil")) for role in ROLES),
        *(
            (qui(page.reponses), reverse(nom, args=page.args) + page.suite)
            for nom, page in PAGES.items()
            if page.methode == "get" and nom not in PAS_DES_PAGES and qui(page.reponses)
            and "personne" not in page.args
        ),
    ]  # fmt: skip


def _des_personnes(gens: list[Personne]) -> list[Adresse]:
    suivie = gens[-1]
    referente = referente_de(suivie)[1]
    return [
        *(("chef", f"{reverse('personne', args=[suivie.pk])}?onglet={cle}") for cle in PANNEAUX),
        *((qui(PAGES["personne"].reponses), reverse("personne", args=[p.pk])) for p in gens),
        ("chef", reverse("entretiens", args=[suivie.pk])),
        *(("chef", reverse(nom, args=[suivie.pk])) for nom in ("personne_estimations", "personne_autres_droits")),
        ("chef", une_mesure_en_euros(suivie, referente)),
        ("chef", une_comparaison(referente)),
        ("chef", reverse("arrivee_creneau", args=[suivie.pk])),
        ("chef", reverse("seance", args=[Structure.objects.get(nom="EDS des essais").pk, "2026-02-17-0800"])),
        ("plat", reverse("recherche") + "?q=vandenfictif"),
        ("plat", reverse("recherche")),
        ("plat", reverse("personnes") + "?urgence=retard&moi=on"),
        ("plat", reverse("personnes") + "?nom=personne-de-ce-nom"),
        ("plat", reverse("personne", args=[10_000_000])),
        ("elu", reverse("personnes")),
    ]


def _des_actes(gens: list[Personne]) -> list[Adresse]:
    return [
        (qui(ACTES[permission]), reverse("acte", args=[personne_pour(cle, gens).pk, cle]))
        for permission, cles in PAR_ACTE.items()
        for cle in cles
    ]


def _des_fichiers() -> list[Adresse]:
    fichiers = list(FichierRecu.objects.order_by("pk"))
    return [
        *(("donn", reverse("rejet", args=[e.pk])) for e in ElementRejete.objects.all()),
        ("donn", reverse("rejets") + "?statut=tous"),
        ("chef", reverse("rapprochements") + "?sujet=fermeture"),
        ("devo", reverse("rapprochements") + "?sujet=decision"),
        *(("chef", reverse("rapprochement_contact", args=[c.pk])) for c in ContactPropose.objects.all()),
        *(("donn", reverse("import", args=[fichier.pk])) for fichier in fichiers),
        ("donn", reverse("import_lot") + "?" + "&".join(f"f={fichier.pk}" for fichier in fichiers)),
        ("donn", reverse("import_personnes", args=[fichiers[0].pk, "sortie", "clos_ECH"])),
        ("donn", reverse("import_attendu", args=["contacts", 0, 0])),
    ]


def _des_orientations(suivie: Personne) -> list[Adresse]:
    return [
        ("enca", reverse("orientations")),
        ("chef", reverse("orientation_explication", args=[suivie.pk])),
        *(
            ("enca", reverse(nom, args=[a.pk]))
            for a in ArreteCriteres.objects.all()
            for nom in ("orientation_arrete", "orientation_arrete_modifier")
        ),
        *(
            ("enca", reverse(nom, args=[p.pk]))
            for p in PropositionAffectation.objects.all()
            for nom in ("affectation", "affectation_comparer")
        ),
        *(
            ("enca", reverse("affectation_ligne", args=[ligne.proposition_id, ligne.pk]))
            for ligne in LigneAffectation.objects.all()[:1]
        ),
    ]


def _du_pilotage() -> list[Adresse]:
    return [
        ("pilo", reverse("pilotage")),
        ("elu", reverse("pilotage") + "?mois=2026-01"),
        ("pilo", reverse("pilotage_indicateur", args=["taux_contrat"]) + "?periode=0&tri=mois"),
        ("pilo", reverse("pilotage_indicateur", args=["entrants"]) + "?niveau=structure"),
        ("pilo", reverse("pilotage_officiels")),
        *(("pilo", reverse(f"pilotage_{n}")) for n in ("instantanes", "instantane_prendre", "instantanes_comparer")),
        ("pilo", reverse("pilotage_echeance") + "?niveau=structure"),
        ("pilo", reverse("pilotage_cohortes")),
        ("pilo", reverse("pilotage_cohortes_composer") + "?origine=stock&sexe=femme"),
        ("pilo", reverse("pilotage_cohortes_resultats") + "?c=origine%3Dstock%26du%3D2025-06"),
        ("pilo", reverse("pilotage_cohortes_fichier") + "?c=origine%3Dstock%26du%3D2025-06"),
        *(("pilo", reverse(f"pilotage_{n}")) for n in ("evaluation", "evaluation_nouvelle", "ordre_nouveau")),
        ("pilo", reverse("pilotage_evaluation_puissance") + "?taux=10&traites=300&temoins=900"),
        ("elu", reverse("pilotage_cibles")),
        ("elu", reverse("pilotage_page_pdf") + "?mois=2026-01"),
        ("pilo", reverse("pilotage_vues")),
        ("enca", reverse("pilotage_personnes", args=["personnes_sdd"])),
        ("enca", reverse("pilotage_personnes", args=["sorties"])),
        ("chef", reverse("pilotage_structures_file_personnes") + "?ligne=en_tout&colonne=toutes"),
    ]


def _des_campagnes() -> list[Adresse]:
    partie, preparee = Campagne.objects.earliest("pk").pk, Campagne.objects.latest("pk").pk
    etapes = ("campagne", "campagne_quand", "campagne_comment", "campagne_verifier", "campagne_personnes")
    return [
        *(("plat", reverse(nom, args=[partie])) for nom in ("campagne", "campagne_personnes")),
        *(("plat", reverse(nom, args=[preparee])) for nom in etapes),
        ("plat", reverse("campagne_nouvelle") + "?etape=convoquer&convocation=jamais"),
        ("plat", reverse("campagnes_stock") + "?file=jamais"),
    ]


def _des_courriers(gens: list[Personne]) -> list[Adresse]:
    suivie = gens[-1]
    ecrit = Courrier.objects.filter(personne__in=gens).order_by("pk")
    return [
        *(("chef", reverse("lot", args=[x.pk])) for x in LotImpression.objects.all()),
        *(("chef", reverse("lettre", args=[c.pk])) for c in (ecrit[0], ecrit.filter(moyen="lrar")[0])),
        ("chef", reverse("lettre_excuses", args=[ecrit[0].pk])),
        ("chef", reverse("courriers_de_la_personne", args=[suivie.pk])),
        ("chef", reverse("preferences_de_contact", args=[suivie.pk])),
        ("chef", reverse("courriers") + "?vue=recommandes"),
        ("enca", reverse("modele", args=["convocation", "courrier", "fr"])),
    ]


def personne_pour(cle: str, gens: list[Personne]) -> Personne:
    """Somebody on whom the act is offered, else the one with the fullest file."""
    for s in Situation.objects.select_related("etape").filter(personne__in=gens).order_by("-pk"):
        etape = GenreEtape(s.etape.genre) if s.etape else None
        offerts = [table.ETAPES.get(etape) if etape else None, *table.SELON_L_ETAT.get(Etat(s.etat), ())]
        if cle in offerts:
            return next(p for p in gens if p.pk == s.personne_id)
    return gens[-1]


def pages_oubliees(toutes: list[Adresse]) -> list[str]:
    """Pages of the table of roles that are opened nowhere here, and not said to be no page."""
    vues = {resolve(adresse.split("?")[0]).url_name for _, adresse in toutes}
    a_voir = {nom for nom, page in PAGES.items() if page.methode == "get" and qui(page.reponses)}
    return sorted(a_voir - PAS_DES_PAGES - vues)
