"""Many new entrants at once, as a monthly file leaves them, and campaigns to look at."""

from __future__ import annotations

from datetime import date, time, timedelta

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import NouvelEvenement, consigner
from cordee.metier.personnes.enums import Localisation, RoleFoyer, Sexe, SourceDonnee
from cordee.metier.personnes.models import Adresse, Appartenance, Foyer, Personne
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import Campagne
from cordee.metier.rendezvous.services.campagne import Reglages, creer_campagne
from cordee.metier.rendezvous.services.campagne_envoi import envoyer_campagne, lancer_campagne
from cordee.metier.rendezvous.services.plages import ouvrir_plage
from cordee.reglementation.calendrier import est_jour_ouvre
from cordee.territoires.models import Commune
from tests import fabriques as f

LE = f.MAINTENANT
CODES = ("94000", "94300", "94200", "94800", "94120")


def entrantes(combien: int, structure: Structure, commune: Commune) -> list[Personne]:
    """That many new entrants of a commune, each with her household and her address, in postal codes out of order."""
    organisme = f.organisme_payeur()
    rangs = range(combien)
    foyers = Foyer.objects.bulk_create(
        Foyer(organisme=organisme, numdemrsa=f"9{n:010d}", matricule=f"9{n:06d}", reference_le=LE.date()) for n in rangs
    )
    personnes = Personne.objects.bulk_create(
        Personne(
            nom=f"Foulefictive{n}", nom_naissance=f"Foulefictive{n}", prenom="Prénomfictif", sexe=Sexe.FEMME,
            date_naissance=date(1990, 3, 12), source=SourceDonnee.FLUX, cree_le=LE,
        )
        for n in rangs
    )  # fmt: skip
    Appartenance.objects.bulk_create(
        Appartenance(personne=p, foyer=foyer, role=RoleFoyer.DEM, responsable=True, debut=date(2026, 1, 1))
        for p, foyer in zip(personnes, foyers, strict=True)
    )
    Adresse.objects.bulk_create(
        Adresse(
            foyer=foyer, localisation=Localisation.SECTEUR, commune=commune, code_insee=commune.pk, numero=str(n + 1),
            type_voie="RUE", voie="DES ESSAIS", code_postal=CODES[n % len(CODES)], ville=commune.nom.upper(),
            source=SourceDonnee.FLUX, debut=date(2026, 1, 1),
        )
        for n, foyer in enumerate(foyers)
    )  # fmt: skip
    faits = {"recu_le": LE.date().isoformat(), "structure": structure.pk, "localisation": Localisation.SECTEUR.value}
    consigner(
        evenements=[
            NouvelEvenement(genre=GenreEvenement.ENTREE_SDD, personne_id=p.pk, donnees=faits) for p in personnes
        ],
        par=f.systeme(), le=LE,
    )  # fmt: skip
    return personnes


def ouvrir_creneaux(structure: Structure, *, des: date, jours: int, places: int, genre: GenreRendezVous) -> None:
    """Eight slots a day, on working days."""
    for jour in filter(est_jour_ouvre, (des + timedelta(days=n) for n in range(jours))):
        for de, a in ((time(9), time(12)), (time(13, 30), time(16, 30))):
            ouvrir_plage(
                structure=structure, genre=genre, modalite=ModaliteRendezVous.PHYSIQUE, jour_semaine=jour.weekday(),
                de=de, a=a, duree_minutes=45, debut=jour, fin=jour + timedelta(days=1), places=places,
                par=f.systeme(), le=LE,
            )  # fmt: skip


def a_regarder(structure: Structure, par: Agent) -> list[Campagne]:
    """One campaign ready to leave, with a lack and a refusal; one sent."""
    genre = GenreRendezVous.COLLECTIF
    commune = f.commune()
    ouvrir_creneaux(structure, des=date(2026, 2, 24), jours=1, places=1, genre=genre)
    gens = [*entrantes(12, structure, commune), f.soumise(structure, nom="Introuvablefictive")]
    ids = [p.pk for p in gens]
    envoyee = creer_campagne(
        libelle="Information collective de février", personnes=ids[:3], criteres={}, par=par, le=LE,
        reglages=Reglages(genre=genre),
    )  # fmt: skip
    lancer_campagne(campagne=envoyee, version=envoyee.version, par=par, le=LE)
    envoyer_campagne(campagne=envoyee, maintenant=lambda: LE)
    prete = creer_campagne(
        libelle="Les suivantes", personnes=ids[3:], criteres={}, par=par, le=LE, reglages=Reglages(genre=genre)
    )
    return [prete, envoyee]
