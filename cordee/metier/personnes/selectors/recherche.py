"""Finding a person by what people have in hand: a name with typos, a birth date, a CAF or RSA number, a phone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db import connection, models, transaction
from django.db.models import Case, ExpressionWrapper, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.db.models.lookups import Exact

from cordee.metier.organismes.models import Agent, en_cours
from cordee.metier.organismes.roles import Etendue
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Appartenance, CleRecherche, Contact, Foyer, Personne
from cordee.metier.personnes.regles import Demande, lire_recherche
from cordee.metier.personnes.selectors.perimetre import q_lignes_confiees, q_visibles

# Share of a typed word's trigrams that a name must hold: « Nguien » finds « Nguyen », « Durand » not « Dupont ».
SEUIL_MOT = 0.4
SEUIL_SUR = 0.7
_ADULTES = (RoleFoyer.DEM, RoleFoyer.CJT)
_ENFANTS = (RoleFoyer.ENF, RoleFoyer.AUT)


class _Similarite(Func):
    """``word_similarity(mot, cle)``: how much of the word the key holds, from 0 to 1."""

    function = "word_similarity"
    output_field = models.FloatField()


def cle_de_personne() -> CleRecherche:
    """The indexed expression (GIN ``personne_cle_recherche``): it must be written exactly so."""
    return CleRecherche(Concat("nom", Value(" "), "nom_naissance", Value(" "), "prenom"))


def rechercher(
    *, pour: Agent, au: date, texte: str, limite: int = 20, droits: Habilitation | None = None
) -> list[Personne]:
    """People of the agent's perimeter that a typed text may mean, best first.

    Names tolerate typos and accents, in any order; ``12/03/1988`` (or 12-03-1988, 12031988) is a birth date; a number
    is a CAF number or a NUMDEMRSA; a phone and an e-mail are found too. A NIR is searched through its pseudonym only,
    as the beneficiary's number that it may be at the MSA. Nothing outside the perimeter leaves a trace in the answer.
    Nine queries at most, whatever is found.
    """
    demande = lire_recherche(texte)
    if demande.vide:
        return []
    droits = droits or habilitation(pour, au=au)
    confiees = q_lignes_confiees(pour=pour, au=au, droits=droits)
    perimetre = q_visibles("qui", pour=pour, au=au, droits=droits)
    trouvees = _correspondances(demande, au=au).filter(confiees, perimetre)
    classees = trouvees.order_by("-rang", "pk").values_list("qui", "rang")
    # One word: whoever passes the high threshold goes before whoever does not, and a common name fills the answer.
    courante = len(demande.mots) == 1 and droits.etendue is Etendue.DEPARTEMENT
    seuils = (SEUIL_SUR, SEUIL_MOT) if courante else (SEUIL_MOT,)
    lignes: list[tuple[int, float]] = []
    for seuil in seuils:
        if len(lignes) < 3 * limite:
            lignes = _au_seuil(classees[: 3 * limite], seuil)
    rangs: dict[int, float] = {}
    for qui, rang in lignes:
        rangs.setdefault(qui, rang)
    personnes = {p.pk: p for p in Personne.objects.filter(pk__in=list(rangs)[:limite])}
    return [personnes[pk] for pk in rangs if pk in personnes]


def _au_seuil(classees: QuerySet[Any, tuple[int, float]], seuil: float) -> list[tuple[int, float]]:
    """Rows whose every word resembles what was typed at least that much: the threshold is the transaction's."""
    with transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(seuil)])
        return list(classees.all())


def _correspondances(demande: Demande, *, au: date) -> QuerySet[Any]:
    """Rows that match everything typed. ``qui``: who the row now is; ``rang``: how well it matches."""
    personnes: QuerySet[Any] = Personne.objects.annotate(
        cle=cle_de_personne(), qui=Coalesce(F("canonique_id"), F("id"))
    )
    rang: Any = Value(0.0, output_field=models.FloatField())
    for mot in demande.mots:
        personnes = personnes.filter(cle__trigram_word_similar=mot)
        rang = rang + _Similarite(Value(mot), F("cle"))
    if demande.naissance:
        personnes = personnes.filter(date_naissance=demande.naissance)
    for numero in demande.numeros:
        foyers = Foyer.objects.filter(Q(matricule=numero) | Q(numdemrsa=numero.upper()))
        membres = Appartenance.objects.filter(foyer__in=foyers, role__in=_ADULTES)
        personnes = personnes.filter(pk__in=membres.values("personne"))
    for valeur in filter(None, (demande.telephone, demande.courriel)):
        personnes = personnes.filter(pk__in=Contact.objects.filter(en_cours(au), valeur=valeur).values("personne"))
    classees: QuerySet[Any] = personnes.filter(Exact(_seulement_enfant(), False)).annotate(
        rang=ExpressionWrapper(rang, output_field=models.FloatField())
    )
    return classees


def _seulement_enfant() -> Coalesce:
    """Children of a household are reached through it, not by their name (minimisation).

    One subquery by person found, which the database cannot turn into a reading of every household.
    """
    siennes = Appartenance.objects.filter(personne=OuterRef("pk")).order_by().values("personne")
    enfant, adulte = BoolOr(Q(role__in=_ENFANTS)), BoolOr(Q(role__in=_ADULTES))
    seulement = siennes.annotate(seulement=Case(When(enfant, then=~adulte), default=False)).values("seulement")
    return Coalesce(Subquery(seulement), False)
