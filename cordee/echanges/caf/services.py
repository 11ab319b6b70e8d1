"""Loading a beneficiaries file: read, staged, merged once, told.

Nothing is written before the whole file has been read; the merge is one transaction. Killed at any moment, an import
leaves nothing half done and can be run again. Two imports wait for each other.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from cordee.echanges.caf import transit
from cordee.echanges.caf.deroulement import carte_au, contexte_de, derouler
from cordee.echanges.caf.lots import Lot, lire_par_lots
from cordee.echanges.caf.rapport import Rapport, RejetRapporte
from cordee.echanges.caf.reception import recevoir
from cordee.echanges.caf.resultats import Rejet, Total
from cordee.echanges.caf.selectors import MENSUEL, FoyerConnu, empreintes, mensuel_precedent, portee_de
from cordee.echanges.fichiers.avancement import Avancement
from cordee.echanges.fichiers.depot import FichierIncomplet, FichierRefuse, lieu_de, oublier_copie
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, GenreElement, Portee, StatutFichier
from cordee.echanges.fichiers.rejets import element, en_texte, sans_nir
from cordee.echanges.fichiers.verrou import seul
from cordee.metier.organismes.models import Agent
from cordee.reglementation.parametres import decimale

__all__ = ["FichierIncomplet", "charger", "recevoir"]


def charger(
    *, fichier: FichierRecu, par: Agent, le: datetime, confirmer: bool = False, chemin: Path | None = None
) -> Rapport:
    """Load a file received. Loaded already: its report, with ``deja_recu``, and nothing changes.

    Args:
        confirmer: load a monthly whose number of households fell (E02), otherwise held with statut ``a_confirmer``.
        chemin: where the file is; the copy kept at reception by default.

    Raises:
        FichierRefuse: the file is refused whole (truncated, hostile, another kind); the reason is kept.
        FichierIncomplet: refused before, or its copy is gone.
    """
    with seul(fichier):
        fichier.refresh_from_db()
        if fichier.statut == StatutFichier.CHARGE:
            rapport = Rapport.de_json(fichier.rapport)
            rapport.deja_recu = True
            return rapport
        if fichier.statut == StatutFichier.REFUSE:
            raise FichierIncomplet(fichier.erreur)
        chemin = chemin or lieu_de(fichier)
        if not chemin.exists():
            raise FichierIncomplet("La copie de ce fichier n'est plus là : déposez-le de nouveau.")
        return _Chargement(fichier, par, le, chemin).mener(confirmer=confirmer)


class _Chargement:
    """One run of :func:`charger`."""

    def __init__(self, fichier: FichierRecu, par: Agent, le: datetime, chemin: Path) -> None:
        self.fichier, self.par, self.le, self.chemin = fichier, par, le, chemin
        self.debut = time.perf_counter()
        self.rapport = Rapport()
        self.rejets: list[ElementRejete] = []
        self.avertissements: Counter[str] = Counter()

    def mener(self, *, confirmer: bool) -> Rapport:
        self._preparer()
        try:
            with Avancement(self.fichier.pk) as avancement, transit.transit():
                avancement.dire("Lecture du fichier", 0)
                self._lire(avancement)
                retenue = "" if confirmer else self._raison_d_attendre()
                if retenue:
                    return self._attendre(retenue)
                with transaction.atomic():
                    self._fusionner(avancement)
                    self._conclure()
        except FichierRefuse as refus:
            self._etat(statut=StatutFichier.REFUSE, erreur=str(refus)[:500], etape_traitement="")
            oublier_copie(self.fichier)
            raise
        except BaseException:
            if connection.is_usable():
                self._etat(statut=StatutFichier.RECU, etape_traitement="Interrompu : à relancer")
            raise
        oublier_copie(self.fichier)
        return self.rapport

    def _preparer(self) -> None:
        fichier = self.fichier
        fichier.portee = portee_de(fichier)
        self._etat(statut=StatutFichier.EN_COURS, portee=fichier.portee, erreur="", avancement=0)
        self.rapport.type = fichier.type
        self.rapport.organisme = fichier.organisme.code if fichier.organisme else ""
        self.rapport.reference = fichier.reference_le.isoformat() if fichier.reference_le else ""
        self.rapport.recu_le = fichier.recu_le.isoformat()
        self.rapport.portee = fichier.portee
        self.rapport.empreinte = fichier.empreinte

    def _etat(self, **champs: object) -> None:
        FichierRecu.objects.filter(pk=self.fichier.pk).update(**champs)

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
        for rejet in lot.rejets:
            self._mettre_de_cote(rejet)
        if lot.total is not None:
            self._totaux(lot.total)

    def _connus(self) -> dict[str, FoyerConnu]:
        f = self.fichier
        if f.organisme_id is None or f.reference_le is None or f.cree_le is None or f.portee != Portee.COURANT:
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

    # Deciding --------------------------------------------------------------------------------------------------------
    def _raison_d_attendre(self) -> str:
        """E02: a partial file must not close thousands of rights."""
        f = self.fichier
        if f.type != MENSUEL or f.portee != Portee.COURANT or f.organisme_id is None or f.reference_le is None:
            return ""
        precedent = mensuel_precedent(organisme_id=f.organisme_id, avant=f.reference_le)
        if precedent is None:
            return ""
        avant, lus = int(precedent.rapport.get("foyers_lus", 0)), self.rapport.foyers_lus
        if lus >= avant * (1 - decimale("mensuel_baisse_retenue", au=f.reference_le)):
            return ""
        baisse = 100 * (avant - lus) / avant
        return (
            f"Ce fichier contient {lus} foyers contre {avant} au précédent ({baisse:.0f} % de moins) : "
            "il est peut-être incomplet. Vérifiez auprès de l'organisme, puis confirmez le chargement."
        )

    def _attendre(self, raison: str) -> Rapport:
        self.rapport.statut, self.rapport.message = StatutFichier.A_CONFIRMER, raison
        self.rapport.compter_avertissements(self.avertissements)
        self.rapport.duree_s = round(time.perf_counter() - self.debut, 2)
        self._etat(
            statut=StatutFichier.A_CONFIRMER, erreur=raison[:500], etape_traitement="", rapport=self.rapport.vers_json()
        )
        return self.rapport

    # Merging ---------------------------------------------------------------------------------------------------------
    def _fusionner(self, avancement: Avancement) -> None:
        contexte = contexte_de(self.fichier, portee=self.fichier.portee, le=self.le)
        ElementRejete.objects.bulk_create(self.rejets, batch_size=500)
        derouler(contexte, self.rapport, avancement.dire)
        self.rapport.compter_avertissements(self.avertissements)

    def _conclure(self) -> None:
        self.rapport.statut = StatutFichier.CHARGE
        self.rapport.rediger()
        self.rapport.duree_s = round(time.perf_counter() - self.debut, 2)
        self._etat(
            statut=StatutFichier.CHARGE, charge_le=self.le, etape_traitement="", rapport=self.rapport.vers_json(),
            avancement=self.rapport.foyers_lus, annonces=self.rapport.foyers_annonces, lus=self.rapport.foyers_lus,
        )  # fmt: skip
