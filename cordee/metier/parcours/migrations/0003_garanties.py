"""What the database itself keeps of the promise that nobody is forgotten.

1. Events are append-only: update, delete and truncate are refused. Two escapes, both explicit and never set by the
   site: ``cordee.effacement = 'oui'`` for a transaction (erasing a person), ``cordee.troncature = 'oui'`` (tests).
2. A situation points at an étape of the same person (composite key), open at commit time; and no étape stays open
   that no situation points at. Checked by deferred triggers, so that a transition may close then open.
3. ``transaction_id`` (xid8) is set by the database: readers outside take what is below the oldest running transaction.
"""

from django.db import migrations

SQL = """
ALTER TABLE parcours_evenement ADD COLUMN transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX evenement_transaction ON parcours_evenement (transaction_id);

CREATE FUNCTION evenement_immuable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('cordee.effacement', true) = 'oui' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'TRUNCATE' AND current_setting('cordee.troncature', true) = 'oui' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'Un événement ne se modifie ni ne s''efface : corrigez par un nouvel événement.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER evenement_immuable BEFORE UPDATE OR DELETE ON parcours_evenement
    FOR EACH ROW EXECUTE FUNCTION evenement_immuable();
CREATE TRIGGER evenement_pas_de_troncature BEFORE TRUNCATE ON parcours_evenement
    FOR EACH STATEMENT EXECUTE FUNCTION evenement_immuable();

ALTER TABLE parcours_situation ADD CONSTRAINT situation_etape_de_la_personne
    FOREIGN KEY (etape_id, personne_id) REFERENCES parcours_etape (id, personne_id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION etape_ouverte_et_designee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM parcours_situation s JOIN parcours_etape e ON e.id = s.etape_id
        WHERE s.personne_id = NEW.personne_id AND e.fermee_le IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'La situation de la personne % désigne une étape fermée.', NEW.personne_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM parcours_etape e LEFT JOIN parcours_situation s ON s.etape_id = e.id
        WHERE e.personne_id = NEW.personne_id AND e.fermee_le IS NULL AND s.personne_id IS NULL
    ) THEN
        RAISE EXCEPTION 'Une étape ouverte de la personne % n''est désignée par aucune situation.', NEW.personne_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER etape_ouverte_et_designee AFTER INSERT OR UPDATE OF fermee_le ON parcours_etape
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION etape_ouverte_et_designee();
CREATE CONSTRAINT TRIGGER situation_designe_une_etape_ouverte AFTER INSERT OR UPDATE OF etape_id ON parcours_situation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION etape_ouverte_et_designee();
"""

RETOUR = """
DROP TRIGGER situation_designe_une_etape_ouverte ON parcours_situation;
DROP TRIGGER etape_ouverte_et_designee ON parcours_etape;
DROP FUNCTION etape_ouverte_et_designee();
ALTER TABLE parcours_situation DROP CONSTRAINT situation_etape_de_la_personne;
DROP TRIGGER evenement_pas_de_troncature ON parcours_evenement;
DROP TRIGGER evenement_immuable ON parcours_evenement;
DROP FUNCTION evenement_immuable();
ALTER TABLE parcours_evenement DROP COLUMN transaction_id;
"""


class Migration(migrations.Migration):
    dependencies = [("parcours", "0002_initial")]
    operations = [migrations.RunSQL(SQL, RETOUR)]
