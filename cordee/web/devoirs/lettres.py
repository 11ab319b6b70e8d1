"""The letters of a file, as they were sent: whoever instructs or decides reads them, and prints those that leave."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import pdf
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.web.socle.acces import acces, ouvrir_dossier

P = Permission
OBJETS = ("procedure", "mesure", "recours")


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def lettre(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter of a procedure, a decision or an appeal, made again from what was kept."""
    courrier = Courrier.objects.filter(pk=pk, objet_type__in=OBJETS).first()
    if courrier is None:
        raise Http404
    ouvrir_dossier(request, courrier.personne_id, page="devoirs/lettre", finalite=Finalite.SANCTION)
    reponse = HttpResponse(pdf(courrier), content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'inline; filename="courrier-{courrier.pk}.pdf"'
    return reponse
