"""What was recorded while two rows were one person: what a human gives back to the right one after an undoing (R64)."""

from __future__ import annotations

from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Fusion
from cordee.metier.personnes.selectors import ids_du_groupe, ids_reunis_a

E = GenreEvenement
# Bookkeeping of identity: nothing to give back to anyone.
_SANS_ACTE = (E.FUSION, E.FUSION_ANNULEE, E.ANNULATION, E.IDENTITE_ARBITREE, E.IDENTITE_DOUTEUSE)


def actes_a_revoir(fusion: Fusion) -> list[Evenement]:
    """Events recorded on the canonical person between the merge and its undoing (or now), oldest first.

    Before undoing, it tells what there will be to review.
    """
    bornes = Evenement.objects.filter(objet_type="fusion", objet_id=fusion.pk).order_by("pk")
    faite = bornes.filter(genre=E.FUSION).values_list("pk", flat=True).first()
    if faite is None:
        return []
    rendues = set(ids_reunis_a(fusion.absorbee_id))
    restantes = [pk for pk in ids_du_groupe(fusion.canonique) if pk not in rendues]
    evenements = Evenement.objects.filter(personne__in=restantes, pk__gt=faite).exclude(genre__in=_SANS_ACTE)
    annulee = bornes.filter(genre=E.FUSION_ANNULEE).values_list("pk", flat=True).first()
    if annulee is not None:
        evenements = evenements.filter(pk__lt=annulee)
    return list(evenements.select_related("par").order_by("pk"))
