"""Loading a beneficiaries file: read, staged, merged once, told.

Nothing is written before the whole file has been read; the merge is one transaction. Killed at any moment, an import
leaves nothing half done and can be run again. Two imports wait for each other.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from cordee.echanges.caf import transit
from cordee.echanges.caf.controles import (
    AUTRE_DEPARTEMENT,
    ETRANGERS,
    AutreDepartement,
    code_du_departement,
    controler,
)
from cordee.echanges.caf.depot import DEPARTEMENT_ACCEPTE, annonce_partie, departement_installe
from cordee.echanges.caf.deroulement import carte_au, contexte_de, derouler
from cordee.echanges.caf.lots import Lot, lire_par_lots
from cordee.echanges.caf.mois import situer
from cordee.echanges.caf.points import noter_illisibles
from cordee.echanges.caf.rapport import Rapport, RejetRapporte
from cordee.echanges.caf.reception import recevoir
from cordee.echanges.caf.resultats import Rejet, Total
from cordee.echanges.caf.selectors import FoyerConnu, empreintes, portee_de
from cordee.echanges.fichiers.avancement import Avancement
from cordee.echanges.fichiers.chargement import issue, noter_etat, octets_de
from cordee.echanges.fichiers.depot import FichierIncomplet, FichierRefuse, oublier_copie
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, GenreElement, Portee, StatutFichier
from cordee.echanges.fichiers.rejets import element, en_texte, sans_nir
from cordee.echanges.fichiers.verrou import seul
from cordee.metier.organismes.models import Agent

__all__ = ["FichierIncomplet", "charger", "recevoir"]

_CODES_MAX: Final = 100
"""Unknown codes told one by one: a file of another structure would have thousands."""


def charger(
    *, fichier: FichierRecu, par: Agent, le: datetime, confirmer: bool = False, chemin: Path | None = None,
    departement_attendu: str = "", partie: bool = False,
) -> Rapport:  # fmt: skip
    """Load a file received. Loaded already: its report, with ``deja_recu``, and nothing changes.

    Args:
        confirmer: load a monthly whose number of households fell (E02), otherwise held with statut ``a_confirmer``.
        chemin: where the file is; the copy kept at reception by default.
        departement_attendu: the département the file is meant for (IDEPARTE), when it is not the one installed; what
            ``depot.accepter_departement`` kept, by default (R32).
        partie: others of the same month follow: nobody is counted absent yet; what ``depot.annoncer_partie`` kept, by
            default.

    Raises:
        FichierRefuse: the file is refused whole (truncated, hostile, another kind, another département); the reason is
            kept.
        FichierIncomplet: refused before, or its copy is gone.
    """
    with seul(fichier):
        fichier.refresh_from_db()
        if fichier.statut == StatutFichier.CHARGE:
            rapport = Rapport.de_json(fichier.rapport)
            rapport.deja_recu = True
            return rapport
        attendu = departement_attendu or str(fichier.rapport.get(DEPARTEMENT_ACCEPTE) or "")
        chemin = octets_de(fichier, chemin)
        chargement = _Chargement(fichier, par, le, chemin, attendu=attendu, partie=partie or annonce_partie(fichier))
        return chargement.mener(confirmer=confirmer)


class _Chargement:
    """One run of :func:`charger`."""

    def __init__(
        self, fichier: FichierRecu, par: Agent, le: datetime, chemin: Path, *, attendu: str, partie: bool
    ) -> None:
        self.fichier, self.par, self.le, self.chemin = fichier, par, le, chemin
        self.attendu, self.partie = attendu, partie
        self.debut = time.perf_counter()
        self.rapport = Rapport()
        self.rejets: list[ElementRejete] = []
        self.avertissements: Counter[str] = Counter()
        self.inconnus: Counter[str] = Counter()

    def mener(self, *, confirmer: bool) -> Rapport:
        self._preparer()
        with issue(self.fichier, self._au_refus), Avancement(self.fichier.pk) as avancement, transit.transit():
            avancement.dire("Lecture du fichier", 0)
            self._lire(avancement)
            self._controler()
            retenue = self._raison_d_attendre(confirmer=confirmer)
            if retenue:
                return self._attendre(retenue)
            with transaction.atomic():
                self._fusionner(avancement)
                self._conclure()
        oublier_copie(self.fichier)
        return self.rapport

    def _au_refus(self, refus: FichierRefuse) -> dict[str, Any]:
        """A file for another département may still be said to be ours: what it announced is kept (R32)."""
        marque = {"refus": AUTRE_DEPARTEMENT} if isinstance(refus, AutreDepartement) else {}
        return {"rapport": {**self.fichier.rapport, **marque}}

    def _preparer(self) -> None:
        fichier = self.fichier
        fichier.portee = portee_de(fichier)
        noter_etat(self.fichier, statut=StatutFichier.EN_COURS, portee=fichier.portee, erreur="", avancement=0)
        self.rapport.type = fichier.type
        self.rapport.organisme = fichier.organisme.code if fichier.organisme else ""
        self.rapport.reference = fichier.reference_le.isoformat() if fichier.reference_le else ""
        self.rapport.recu_le = fichier.recu_le.isoformat()
        self.rapport.portee = fichier.portee
        self.rapport.empreinte = fichier.empreinte
        self.rapport.departement_accepte = self.attendu

    # Reading ---------------------------------------------------------------------------------------------------------
    def _lire(self, avancement: Avancement) -> None:
        connus = self._connus()
        lots = lire_par_lots(
            self.chemin,
            organisme=self.rapport.organisme,
            carte=carte_au(self.fichier.recu_le),
            connus={numero: connu.empreinte for numero, connu in connus.items()},
            bruts={connu.brute: numero for numero, connu in connus.items() if connu.brute},
        )
        with transit.Verseur() as verseur:
            for lot in lots:
                verseur.verser(lot, [(connus[numero].foyer_id, brute) for numero, brute in lot.inchanges])
                self._retenir(lot)
                avancement.dire("Lecture du fichier", lot.rang)
        if transit.raccourcir():
            self.avertissements["texte_trop_long"] += 1
        transit.analyser()
        avancement.dire("Rapprochement des personnes", self.rapport.foyers_lus)

    def _retenir(self, lot: Lot) -> None:
        self.rapport.foyers_inchanges += len(lot.inchanges)
        self.avertissements.update(lot.avertissements)
        self.inconnus.update(lot.codes_inconnus)
        for rejet in lot.rejets:
            self._mettre_de_cote(rejet)
        if lot.total is not None:
            self._totaux(lot.total)

    def _connus(self) -> dict[str, FoyerConnu]:
        f = self.fichier
        if f.organisme_id is None or f.reference_le is None or f.cree_le is None:
            return {}
        return empreintes(organisme_id=f.organisme_id, reference=f.reference_le, transmis_le=f.cree_le)

    def _totaux(self, total: Total) -> None:
        self.rapport.foyers_annonces, self.rapport.foyers_lus = total.annonces, total.lus
        if not total.coherent:
            self.avertissements["total_incoherent"] += 1

    def _mettre_de_cote(self, rejet: Rejet) -> None:
        """V1: encrypted, the NIR replaced by a token that tells two of them apart without giving them."""
        self.rapport.rejets.append(RejetRapporte(rejet.ligne, rejet.numdemrsa, rejet.motif))
        texte = sans_nir(en_texte(rejet.brut, rejet.encodage))
        self.rejets.append(
            element(
                fichier=self.fichier, genre=GenreElement.FOYER, rang=rejet.rang, ligne=rejet.ligne,
                repere=rejet.numdemrsa, code=rejet.code, motif=rejet.motif, texte=texte, le=self.le,
            )
        )  # fmt: skip

    def _controler(self) -> None:
        """R32: ours, household by household; and where the file stands among those of its month."""
        self.rapport.codes_inconnus = dict(self.inconnus.most_common(_CODES_MAX))
        if self.rapport.foyers_lus == 0:
            raise FichierRefuse(
                "Ce fichier ne contient aucun foyer : il est refusé, et personne n'est compté absent. Redemandez-le à "
                "l'organisme."
            )
        rejets = controler(
            chemin=self.chemin, organisme=self.rapport.organisme, inchanges=self.rapport.foyers_inchanges,
            departement=code_du_departement(self.attendu or departement_installe()),
        )  # fmt: skip
        for rejet in rejets:
            self._mettre_de_cote(rejet)
        lus = {e.repere for e in self.rejets if e.code not in ETRANGERS and e.repere}
        noter_illisibles(sorted(lus))

    # Deciding --------------------------------------------------------------------------------------------------------
    def _raison_d_attendre(self, *, confirmer: bool) -> str:
        """E02: a partial file must not close thousands of rights. A part of a month closes none."""
        mois = situer(self.fichier, lus=self.rapport.foyers_lus)
        self.fichier.portee = self.rapport.portee = mois.portee
        noter_etat(self.fichier, portee=mois.portee)
        if mois.portee != Portee.COURANT or confirmer:
            return ""
        self.rapport.partie = self.partie and (mois.incomplet or not mois.reference)
        if self.rapport.partie or not mois.incomplet:
            return ""
        baisse = 100 * (mois.reference - mois.foyers) / mois.reference
        sujet = "Les fichiers de ce mois contiennent" if mois.parties else "Ce fichier contient"
        return (
            f"{sujet} {mois.foyers} foyers contre {mois.reference} au précédent ({baisse:.0f} % de moins) : il est "
            "peut-être incomplet. Vérifiez auprès de l'organisme, puis confirmez le chargement."
        )

    def _attendre(self, raison: str) -> Rapport:
        self.rapport.statut, self.rapport.message = StatutFichier.A_CONFIRMER, raison
        self.rapport.compter_avertissements(self.avertissements)
        self.rapport.duree_s = round(time.perf_counter() - self.debut, 2)
        noter_etat(
            self.fichier,
            statut=StatutFichier.A_CONFIRMER,
            erreur=raison[:500],
            etape_traitement="",
            rapport=self.rapport.vers_json(),
        )
        return self.rapport

    # Merging ---------------------------------------------------------------------------------------------------------
    def _fusionner(self, avancement: Avancement) -> None:
        contexte = contexte_de(self.fichier, portee=self.fichier.portee, le=self.le, partie=self.rapport.partie)
        ElementRejete.objects.bulk_create(self.rejets, batch_size=500)
        derouler(contexte, self.rapport, avancement.dire)
        self.rapport.compter_avertissements(self.avertissements)

    def _conclure(self) -> None:
        self.rapport.statut = StatutFichier.CHARGE
        self.rapport.rediger()
        self.rapport.duree_s = round(time.perf_counter() - self.debut, 2)
        noter_etat(self.fichier,
            statut=StatutFichier.CHARGE, charge_le=self.le, etape_traitement="", rapport=self.rapport.vers_json(),
            avancement=self.rapport.foyers_lus, annonces=self.rapport.foyers_annonces, lus=self.rapport.foyers_lus,
        )  # fmt: skip
