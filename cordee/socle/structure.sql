-- migrations 5f2d831e6d3a9078 · postgresql 18
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION public._pgh_attach_context() RETURNS uuid
    LANGUAGE plpgsql
    AS $$
                    DECLARE
                        _pgh_context_id UUID;
                        _pgh_context_metadata JSONB;
                    BEGIN
                        BEGIN
                            SELECT INTO _pgh_context_id
                                CURRENT_SETTING('pghistory.context_id');
                            SELECT INTO _pgh_context_metadata
                                CURRENT_SETTING('pghistory.context_metadata');
                            EXCEPTION WHEN OTHERS THEN
                        END;
                        IF _pgh_context_id IS NOT NULL AND _pgh_context_metadata IS NOT NULL THEN
                            INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
                                VALUES (_pgh_context_id, _pgh_context_metadata, NOW(), NOW())
                                ON CONFLICT (id) DO UPDATE
                                    SET metadata = EXCLUDED.metadata,
                                        updated_at = EXCLUDED.updated_at
                                    WHERE pghistory_context.metadata != EXCLUDED.metadata;
                            RETURN _pgh_context_id;
                        ELSE
                            RETURN NULL;
                        END IF;
                    END;
                $$;
CREATE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
                DECLARE
                    _pgtrigger_ignore TEXT[];
                    _result BOOLEAN;
                BEGIN
                    BEGIN
                        SELECT INTO _pgtrigger_ignore
                            CURRENT_SETTING('pgtrigger.ignore');
                        EXCEPTION WHEN OTHERS THEN
                    END;
                    IF _pgtrigger_ignore IS NOT NULL THEN
                        SELECT trigger_name = ANY(_pgtrigger_ignore)
                        INTO _result;
                        RETURN _result;
                    ELSE
                        RETURN FALSE;
                    END IF;
                END;
            $$;
CREATE FUNCTION public.bilan_scelle() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE jalons text[] := ARRAY['objectifs_valides_le', 'objectifs_par', 'resultats_presentes_le', 'resultats_a'];
BEGIN
    IF OLD.etat <> 'publie' OR (TG_OP = 'UPDATE' AND to_jsonb(OLD) - jalons = to_jsonb(NEW) - jalons) THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'Un bilan publié ne change pas : une correction est une nouvelle version.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.cle_recherche(texte text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT btrim(regexp_replace(public.unaccent('public.unaccent'::regdictionary, lower(texte)), '[^a-z0-9]+', ' ', 'g')) $$;
CREATE FUNCTION public.etape_ouverte_et_designee() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.evenement_immuable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.lac_noter() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
BEGIN
    IF TG_OP = 'TRUNCATE' OR TG_ARGV[0] = '' THEN
        INSERT INTO pilotage_changement (source) VALUES (TG_TABLE_NAME);
    ELSIF TG_ARGV[0] = 'id' THEN
        INSERT INTO pilotage_changement (source, bloc)
        SELECT TG_TABLE_NAME, id >> 13 FROM lignes GROUP BY id >> 13;
    ELSE
        EXECUTE format('INSERT INTO pilotage_changement (source, bloc) SELECT %L, %2$I >> 13 FROM lignes '
                       'GROUP BY %2$I >> 13', TG_TABLE_NAME, TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $_$;
CREATE FUNCTION public.parcours_jour(texte text) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN make_date(("left"(texte, 4))::integer, (substr(texte, 6, 2))::integer, (substr(texte, 9, 2))::integer);
CREATE FUNCTION public.pgtrigger_delete_delete_a76a7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "personnes_personneevent" ("autres_prenoms", "canonique_id", "civilite", "commune_naissance", "contact_discret", "cree_le", "date_naissance", "deces_le", "dossier_sensible", "etat_civil_valide", "id", "interprete", "langue", "nom", "nom_naissance", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision_naissance", "prenom", "provisoire", "rang_naissance", "sexe", "source", "version") SELECT old_values."autres_prenoms", old_values."canonique_id", old_values."civilite", old_values."commune_naissance", old_values."contact_discret", old_values."cree_le", old_values."date_naissance", old_values."deces_le", old_values."dossier_sensible", old_values."etat_civil_valide", old_values."id", old_values."interprete", old_values."langue", old_values."nom", old_values."nom_naissance", _pgh_attached_context.value, NOW(), 'delete', old_values."id", old_values."precision_naissance", old_values."prenom", old_values."provisoire", old_values."rang_naissance", old_values."sexe", old_values."source", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_ef24a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "personnes_personneevent" ("autres_prenoms", "canonique_id", "civilite", "commune_naissance", "contact_discret", "cree_le", "date_naissance", "deces_le", "dossier_sensible", "etat_civil_valide", "id", "interprete", "langue", "nom", "nom_naissance", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision_naissance", "prenom", "provisoire", "rang_naissance", "sexe", "source", "version") SELECT new_values."autres_prenoms", new_values."canonique_id", new_values."civilite", new_values."commune_naissance", new_values."contact_discret", new_values."cree_le", new_values."date_naissance", new_values."deces_le", new_values."dossier_sensible", new_values."etat_civil_valide", new_values."id", new_values."interprete", new_values."langue", new_values."nom", new_values."nom_naissance", _pgh_attached_context.value, NOW(), 'update', new_values."id", new_values."precision_naissance", new_values."prenom", new_values."provisoire", new_values."rang_naissance", new_values."sexe", new_values."source", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;
    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;
    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;
    RETURN _job_id;
END;
$$;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;
 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.publie_immuable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('cordee.troncature', true) = 'oui' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'pilotage_instantane' THEN
        IF to_jsonb(OLD) - 'lignes_effacees_le' = to_jsonb(NEW) - 'lignes_effacees_le' OR OLD.sceau = '' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Ce qui a été publié ne change pas : prenez un nouvel instantané.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE UNLOGGED TABLE public.cache_partage (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE TABLE public.caf_contenufichier (
    fichier_id bigint NOT NULL,
    foyers bigint[] NOT NULL,
    illisibles bigint[] NOT NULL,
    parties bigint[] NOT NULL
);
CREATE TABLE public.caf_evenementfoyer (
    id bigint NOT NULL,
    liquide_le date,
    heure character varying(16) NOT NULL,
    fait character varying(16) NOT NULL,
    fichier_id bigint NOT NULL,
    foyer_id bigint NOT NULL
);
ALTER TABLE public.caf_evenementfoyer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.caf_evenementfoyer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fichiers_fichierrecu (
    id bigint CONSTRAINT caf_fichierrecu_id_not_null NOT NULL,
    empreinte character varying(64) CONSTRAINT caf_fichierrecu_empreinte_not_null NOT NULL,
    nom character varying(200) CONSTRAINT caf_fichierrecu_nom_not_null NOT NULL,
    type character varying(30) CONSTRAINT caf_fichierrecu_type_not_null NOT NULL,
    reference_le date,
    cree_le timestamp with time zone,
    recu_le date CONSTRAINT caf_fichierrecu_recu_le_not_null NOT NULL,
    depose_le timestamp with time zone CONSTRAINT caf_fichierrecu_depose_le_not_null NOT NULL,
    taille bigint CONSTRAINT caf_fichierrecu_taille_not_null NOT NULL,
    statut character varying(20) CONSTRAINT caf_fichierrecu_statut_not_null NOT NULL,
    portee character varying(12) CONSTRAINT caf_fichierrecu_portee_not_null NOT NULL,
    erreur character varying(500) CONSTRAINT caf_fichierrecu_erreur_not_null NOT NULL,
    avancement integer CONSTRAINT caf_fichierrecu_avancement_not_null NOT NULL,
    etape_traitement character varying(60) CONSTRAINT caf_fichierrecu_etape_traitement_not_null NOT NULL,
    rapport jsonb CONSTRAINT caf_fichierrecu_rapport_not_null NOT NULL,
    charge_le timestamp with time zone,
    depose_par_id bigint CONSTRAINT caf_fichierrecu_depose_par_id_not_null NOT NULL,
    organisme_id bigint,
    annonces integer,
    emetteur_id bigint,
    lus integer,
    CONSTRAINT caf_fichierrecu_avancement_check CHECK ((avancement >= 0)),
    CONSTRAINT fichiers_fichierrecu_annonces_check CHECK ((annonces >= 0)),
    CONSTRAINT fichiers_fichierrecu_lus_check CHECK ((lus >= 0))
);
ALTER TABLE public.fichiers_fichierrecu ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.caf_fichierrecu_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fichiers_elementrejete (
    id bigint CONSTRAINT caf_foyerrejete_id_not_null NOT NULL,
    ligne integer CONSTRAINT caf_foyerrejete_ligne_not_null NOT NULL,
    repere character varying(40) CONSTRAINT caf_foyerrejete_numdemrsa_not_null NOT NULL,
    motif character varying(300) CONSTRAINT caf_foyerrejete_motif_not_null NOT NULL,
    bloc_chiffre bytea CONSTRAINT caf_foyerrejete_bloc_chiffre_not_null NOT NULL,
    cree_le timestamp with time zone CONSTRAINT caf_foyerrejete_cree_le_not_null NOT NULL,
    traite_le timestamp with time zone,
    fichier_id bigint CONSTRAINT caf_foyerrejete_fichier_id_not_null NOT NULL,
    code character varying(40) NOT NULL,
    correction_chiffree bytea,
    genre character varying(10) NOT NULL,
    purge_le timestamp with time zone,
    rang integer NOT NULL,
    resultat character varying(300) NOT NULL,
    statut character varying(12) NOT NULL,
    traite_par_id bigint,
    raison_ecart character varying(20) NOT NULL,
    suites jsonb NOT NULL,
    echec character varying(300) NOT NULL,
    CONSTRAINT caf_foyerrejete_ligne_check CHECK ((ligne >= 0)),
    CONSTRAINT fichiers_elementrejete_rang_check CHECK ((rang >= 0))
);
ALTER TABLE public.fichiers_elementrejete ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.caf_foyerrejete_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contrats_contrat (
    id bigint NOT NULL,
    genre character varying(20) NOT NULL,
    projet text NOT NULL,
    heures numeric(4,1),
    motif_heures character varying(40) NOT NULL,
    precision_heures character varying(200) NOT NULL,
    demande_dispense_le date,
    revue_heures_le date,
    intensite character varying(12) NOT NULL,
    prochaine_actualisation date,
    signe_personne_le date,
    signe_referent_le date,
    lu_a_voix_haute boolean NOT NULL,
    assistance_representant boolean NOT NULL,
    debut date,
    fin date,
    cree_le timestamp with time zone NOT NULL,
    version integer NOT NULL,
    cree_par_id bigint NOT NULL,
    orientation_id bigint,
    personne_id bigint NOT NULL,
    referent_id bigint,
    structure_id bigint NOT NULL,
    enfant_ne_le date,
    derniere_semaine date,
    empreinte character varying(64) DEFAULT ''::character varying NOT NULL,
    empreinte_pdf character varying(64) DEFAULT ''::character varying NOT NULL,
    interprete character varying(40) DEFAULT ''::character varying NOT NULL,
    ore_emploi character varying(150) DEFAULT ''::character varying NOT NULL,
    ore_salaire character varying(80) DEFAULT ''::character varying NOT NULL,
    ore_zone character varying(150) DEFAULT ''::character varying NOT NULL,
    precedent_id bigint,
    propose_le timestamp with time zone,
    propose_par_id bigint,
    texte_propose jsonb,
    version_modele character varying(64) DEFAULT ''::character varying NOT NULL,
    lot_id bigint,
    CONSTRAINT contrat_dates CHECK (((fin IS NULL) OR (fin >= debut))),
    CONSTRAINT contrat_en_vigueur_signe CHECK (((debut IS NULL) OR (NOT ((genre)::text = 'contrat_engagement'::text)) OR ((signe_personne_le IS NOT NULL) AND (signe_referent_le IS NOT NULL)))),
    CONSTRAINT contrat_heures CHECK (((heures IS NULL) OR ((heures >= (0)::numeric) AND (heures <= (35)::numeric)))),
    CONSTRAINT contrats_contrat_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contrats_contrat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contrats_contrat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contrats_engagement (
    id bigint NOT NULL,
    engage character varying(12) NOT NULL,
    texte character varying(300) NOT NULL,
    famille character varying(20) NOT NULL,
    heures numeric(4,1),
    avant_le date,
    tenu_le date,
    ordre smallint NOT NULL,
    contrat_id bigint NOT NULL,
    code character varying(60) DEFAULT ''::character varying NOT NULL,
    etat character varying(10) DEFAULT 'en_cours'::character varying NOT NULL,
    etat_par_id bigint,
    responsable_id bigint,
    structure_id bigint,
    objectif_id bigint,
    CONSTRAINT contrats_engagement_ordre_check CHECK ((ordre >= 0)),
    CONSTRAINT engagement_tenu_le CHECK (((NOT ((etat)::text = 'tenu'::text)) OR (tenu_le IS NOT NULL)))
);
ALTER TABLE public.contrats_engagement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contrats_engagement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contrats_etapecircuit (
    id bigint NOT NULL,
    rang smallint NOT NULL,
    libelle character varying(80) NOT NULL,
    role character varying(30) NOT NULL,
    structure_id bigint NOT NULL,
    CONSTRAINT contrats_etapecircuit_rang_check CHECK ((rang >= 0))
);
ALTER TABLE public.contrats_etapecircuit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contrats_etapecircuit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contrats_heuresrealisees (
    id bigint NOT NULL,
    semaine date NOT NULL,
    famille character varying(20) NOT NULL,
    source character varying(12) NOT NULL,
    heures numeric(4,1) NOT NULL,
    empechement character varying(12) DEFAULT ''::character varying NOT NULL,
    piece_vue character varying(20) DEFAULT ''::character varying NOT NULL,
    saisie_le timestamp with time zone NOT NULL,
    remplacee_le timestamp with time zone,
    personne_id bigint NOT NULL,
    saisie_par_id bigint,
    structure_id bigint,
    CONSTRAINT heures_bornes CHECK (((heures >= (0)::numeric) AND (heures <= (70)::numeric))),
    CONSTRAINT heures_piece_vue CHECK (((((source)::text = 'verifiee'::text) OR ((piece_vue)::text = ''::text)) AND (1 = (
CASE
    WHEN ((source)::text = 'verifiee'::text) THEN 1
    ELSE 0
END +
CASE
    WHEN ((piece_vue)::text = ''::text) THEN 1
    ELSE 0
END)))),
    CONSTRAINT heures_qui_dit CHECK (((((source)::text = 'declaree'::text) AND (structure_id IS NULL)) OR ((NOT ((source)::text = 'declaree'::text)) AND (saisie_par_id IS NOT NULL) AND (structure_id IS NOT NULL)))),
    CONSTRAINT heures_semaine_lundi CHECK ((EXTRACT(isodow FROM semaine) = (1)::numeric))
);
ALTER TABLE public.contrats_heuresrealisees ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contrats_heuresrealisees_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contrats_lotcontrats (
    id bigint NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    intitule character varying(120) NOT NULL,
    inviter boolean NOT NULL,
    statut character varying(10) NOT NULL,
    total integer NOT NULL,
    a_faire jsonb NOT NULL,
    prepares integer NOT NULL,
    invites integer NOT NULL,
    ecartees jsonb NOT NULL,
    fini_le timestamp with time zone,
    cree_par_id bigint NOT NULL,
    CONSTRAINT contrats_lotcontrats_invites_check CHECK ((invites >= 0)),
    CONSTRAINT contrats_lotcontrats_prepares_check CHECK ((prepares >= 0)),
    CONSTRAINT contrats_lotcontrats_total_check CHECK ((total >= 0))
);
ALTER TABLE public.contrats_lotcontrats ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contrats_lotcontrats_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contrats_objectif (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    texte character varying(300) NOT NULL,
    ordre smallint NOT NULL,
    contrat_id bigint NOT NULL,
    parent_id bigint,
    CONSTRAINT contrats_objectif_ordre_check CHECK ((ordre >= 0))
);
ALTER TABLE public.contrats_objectif ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contrats_objectif_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contrats_passagecircuit (
    id bigint NOT NULL,
    version integer NOT NULL,
    rang smallint NOT NULL,
    libelle character varying(80) NOT NULL,
    decision character varying(10) NOT NULL,
    motif character varying(300) NOT NULL,
    le timestamp with time zone NOT NULL,
    contrat_id bigint NOT NULL,
    par_id bigint NOT NULL,
    CONSTRAINT contrats_passagecircuit_rang_check CHECK ((rang >= 0)),
    CONSTRAINT contrats_passagecircuit_version_check CHECK ((version >= 0)),
    CONSTRAINT passage_renvoye_motive CHECK (((NOT ((decision)::text = 'renvoye'::text)) OR (NOT ((motif)::text = ''::text))))
);
ALTER TABLE public.contrats_passagecircuit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contrats_passagecircuit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contrats_piecesignee (
    id bigint NOT NULL,
    contenu bytea NOT NULL,
    genre character varying(40) NOT NULL,
    taille integer NOT NULL,
    empreinte character varying(64) NOT NULL,
    depose_le timestamp with time zone NOT NULL,
    depose_par_id bigint NOT NULL,
    CONSTRAINT contrats_piecesignee_taille_check CHECK ((taille >= 0))
);
ALTER TABLE public.contrats_piecesignee ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contrats_piecesignee_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contrats_preuvesignature (
    id bigint NOT NULL,
    partie character varying(12) NOT NULL,
    nom character varying(160) NOT NULL,
    moyen character varying(8) NOT NULL,
    empreinte character varying(64) NOT NULL,
    version integer NOT NULL,
    recueillie_le timestamp with time zone NOT NULL,
    trait jsonb,
    code_id bigint,
    contact_masque character varying(40) NOT NULL,
    retiree_le timestamp with time zone,
    contrat_id bigint NOT NULL,
    piece_id bigint,
    recueillie_par_id bigint NOT NULL,
    CONSTRAINT contrats_preuvesignature_version_check CHECK ((version >= 0)),
    CONSTRAINT preuve_par_code CHECK (((NOT ((moyen)::text = 'code'::text)) OR (code_id IS NOT NULL))),
    CONSTRAINT preuve_tracee CHECK (((NOT ((moyen)::text = 'trace'::text)) OR (trait IS NOT NULL)))
);
ALTER TABLE public.contrats_preuvesignature ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contrats_preuvesignature_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.contrats_versioncontrat (
    id bigint NOT NULL,
    version integer NOT NULL,
    nature character varying(10) NOT NULL,
    contenu jsonb NOT NULL,
    le timestamp with time zone NOT NULL,
    contrat_id bigint NOT NULL,
    par_id bigint NOT NULL,
    CONSTRAINT contrats_versioncontrat_version_check CHECK ((version >= 0))
);
ALTER TABLE public.contrats_versioncontrat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contrats_versioncontrat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.courriers_acheminement (
    id bigint NOT NULL,
    statut character varying(12) NOT NULL,
    essais smallint NOT NULL,
    prochain_essai_le timestamp with time zone NOT NULL,
    perime_le timestamp with time zone,
    pris_le timestamp with time zone,
    dernier_code character varying(40) NOT NULL,
    termine_le timestamp with time zone,
    regle_le timestamp with time zone,
    courrier_id bigint NOT NULL,
    regle_par_id bigint,
    CONSTRAINT courriers_acheminement_essais_check CHECK ((essais >= 0))
);
ALTER TABLE public.courriers_acheminement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.courriers_acheminement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.courriers_courrier (
    id bigint NOT NULL,
    genre character varying(40) NOT NULL,
    canal character varying(20) NOT NULL,
    moyen character varying(30) NOT NULL,
    destinataire character varying(160) NOT NULL,
    au_representant boolean NOT NULL,
    donnees jsonb NOT NULL,
    version_modele character varying(64) NOT NULL,
    empreinte character varying(64) NOT NULL,
    objet_type character varying(40) NOT NULL,
    objet_id bigint,
    etat character varying(20) NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    cree_par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    annule_le timestamp with time zone,
    adresse_id bigint,
    code_postal character varying(5) NOT NULL,
    contact_id bigint,
    modele_id bigint
);
ALTER TABLE public.courriers_courrier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.courriers_courrier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.courriers_lotimpression (
    id bigint NOT NULL,
    moyen character varying(30) NOT NULL,
    recto_verso boolean NOT NULL,
    statut character varying(12) NOT NULL,
    plis integer NOT NULL,
    pages integer NOT NULL,
    decoupe jsonb NOT NULL,
    compose_le timestamp with time zone,
    poste_le date,
    annule_le timestamp with time zone,
    erreur character varying(300) NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    cree_par_id bigint NOT NULL,
    poste_par_id bigint,
    CONSTRAINT courriers_lotimpression_pages_check CHECK ((pages >= 0)),
    CONSTRAINT courriers_lotimpression_plis_check CHECK ((plis >= 0))
);
ALTER TABLE public.courriers_lotimpression ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.courriers_lotimpression_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.courriers_modelecourrier (
    id bigint NOT NULL,
    genre character varying(40) NOT NULL,
    canal character varying(20) NOT NULL,
    langue character varying(2) NOT NULL,
    version integer NOT NULL,
    blocs jsonb NOT NULL,
    motif character varying(200) NOT NULL,
    actif_du date,
    active_le timestamp with time zone,
    cree_le timestamp with time zone NOT NULL,
    active_par_id bigint,
    cree_par_id bigint NOT NULL,
    CONSTRAINT courriers_modelecourrier_version_check CHECK ((version >= 0))
);
ALTER TABLE public.courriers_modelecourrier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.courriers_modelecourrier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.courriers_plidelot (
    id bigint NOT NULL,
    rang integer NOT NULL,
    page_debut integer,
    page_fin integer,
    courrier_id bigint NOT NULL,
    lot_id bigint NOT NULL,
    CONSTRAINT courriers_plidelot_page_debut_check CHECK ((page_debut >= 0)),
    CONSTRAINT courriers_plidelot_page_fin_check CHECK ((page_fin >= 0)),
    CONSTRAINT courriers_plidelot_rang_check CHECK ((rang >= 0)),
    CONSTRAINT pli_pages CHECK ((((page_debut IS NULL) AND (page_fin IS NULL)) OR (page_fin >= page_debut)))
);
ALTER TABLE public.courriers_plidelot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.courriers_plidelot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.courriers_preferencecontact (
    id bigint NOT NULL,
    grands_caracteres boolean NOT NULL,
    pictogrammes boolean NOT NULL,
    langue character varying(2) NOT NULL,
    sans_appel boolean NOT NULL,
    appel_prefere boolean NOT NULL,
    sans_courrier_domicile boolean NOT NULL,
    note_le timestamp with time zone NOT NULL,
    note_par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    CONSTRAINT preference_un_seul_sens CHECK ((NOT (appel_prefere AND sans_appel)))
);
ALTER TABLE public.courriers_preferencecontact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.courriers_preferencecontact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.courriers_suiviremise (
    id bigint NOT NULL,
    etat character varying(20) NOT NULL,
    le date NOT NULL,
    note_le timestamp with time zone NOT NULL,
    courrier_id bigint NOT NULL,
    note_par_id bigint NOT NULL
);
ALTER TABLE public.courriers_suiviremise ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.courriers_suiviremise_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_acteseance (
    id bigint NOT NULL,
    genre character varying(12) NOT NULL,
    "precision" character varying(200) NOT NULL,
    le timestamp with time zone NOT NULL,
    par_id bigint NOT NULL,
    membre_id bigint,
    passage_id bigint,
    seance_id bigint NOT NULL
);
ALTER TABLE public.devoirs_acteseance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_acteseance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_avisep (
    id bigint NOT NULL,
    sens character varying(12) NOT NULL,
    motivation text NOT NULL,
    autre_mesure text NOT NULL,
    pour smallint NOT NULL,
    contre smallint NOT NULL,
    abstentions smallint NOT NULL,
    votants smallint NOT NULL,
    faits character varying(64) NOT NULL,
    rendu_le date NOT NULL,
    enregistre_le timestamp with time zone NOT NULL,
    enregistre_par_id bigint NOT NULL,
    passage_id bigint NOT NULL,
    CONSTRAINT avis_ep_autre_mesure CHECK (((NOT ((sens)::text = 'autre_mesure'::text)) OR (NOT (autre_mesure = ''::text)))),
    CONSTRAINT avis_ep_motive CHECK ((NOT (motivation = ''::text))),
    CONSTRAINT devoirs_avisep_abstentions_check CHECK ((abstentions >= 0)),
    CONSTRAINT devoirs_avisep_contre_check CHECK ((contre >= 0)),
    CONSTRAINT devoirs_avisep_pour_check CHECK ((pour >= 0)),
    CONSTRAINT devoirs_avisep_votants_check CHECK ((votants >= 0))
);
ALTER TABLE public.devoirs_avisep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_avisep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_collegeep (
    id bigint NOT NULL,
    genre character varying(20) NOT NULL,
    sieges smallint NOT NULL,
    requis boolean NOT NULL,
    reglement_id bigint NOT NULL,
    CONSTRAINT college_ep_sieges CHECK ((sieges >= 1)),
    CONSTRAINT devoirs_collegeep_sieges_check CHECK ((sieges >= 0))
);
ALTER TABLE public.devoirs_collegeep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_collegeep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_controlealeatoire (
    id bigint NOT NULL,
    rang smallint NOT NULL,
    resultat character varying(20) NOT NULL,
    conclu_le timestamp with time zone,
    conclu_par_id bigint,
    personne_id bigint NOT NULL,
    tirage_id bigint NOT NULL,
    CONSTRAINT controle_conclu CHECK ((((conclu_le IS NULL) AND ((resultat)::text = ''::text)) OR ((NOT ((resultat)::text = ''::text)) AND (conclu_le IS NOT NULL)))),
    CONSTRAINT devoirs_controlealeatoire_rang_check CHECK ((rang >= 0))
);
ALTER TABLE public.devoirs_controlealeatoire ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_controlealeatoire_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_dissentimentep (
    id bigint NOT NULL,
    texte text NOT NULL,
    avis_id bigint NOT NULL,
    membre_id bigint NOT NULL
);
ALTER TABLE public.devoirs_dissentimentep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_dissentimentep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_droitsverifies (
    id bigint NOT NULL,
    constats jsonb NOT NULL,
    orientee_vers character varying(160) NOT NULL,
    le timestamp with time zone NOT NULL,
    par_id bigint NOT NULL,
    manquement_id bigint NOT NULL
);
ALTER TABLE public.devoirs_droitsverifies ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_droitsverifies_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_echocaisse (
    id bigint NOT NULL,
    constat character varying(16) NOT NULL,
    ecarts jsonb NOT NULL,
    reference_le date NOT NULL,
    flux_id bigint NOT NULL,
    depuis date NOT NULL,
    foyer_id bigint NOT NULL,
    mesure_id bigint NOT NULL
);
ALTER TABLE public.devoirs_echocaisse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_echocaisse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_examenmotif (
    id bigint NOT NULL,
    motif character varying(20) NOT NULL,
    retenu boolean NOT NULL,
    echange boolean NOT NULL,
    elements text NOT NULL,
    justificatif_vu character varying(80) NOT NULL,
    vu_le date,
    le timestamp with time zone NOT NULL,
    par_id bigint NOT NULL,
    manquement_id bigint NOT NULL,
    procedure_id bigint
);
ALTER TABLE public.devoirs_examenmotif ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_examenmotif_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_fluxconventionne (
    id bigint NOT NULL,
    ajoute_le timestamp with time zone NOT NULL,
    ajoute_par_id bigint NOT NULL,
    convention_id bigint NOT NULL,
    organisme_id bigint NOT NULL
);
ALTER TABLE public.devoirs_fluxconventionne ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_fluxconventionne_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_lignecaisse (
    id bigint NOT NULL,
    genre character varying(16) NOT NULL,
    numdemrsa character varying(11) NOT NULL,
    matricule character varying(15) NOT NULL,
    part smallint,
    montant numeric(8,2),
    effet date NOT NULL,
    jusquau date,
    rappel_du date,
    base_legale character varying(120) NOT NULL,
    decision character varying(80) NOT NULL,
    radiation boolean NOT NULL,
    etat character varying(20) NOT NULL,
    motif_rejet character varying(20) NOT NULL,
    creee_le timestamp with time zone NOT NULL,
    vue_le date,
    flux_id bigint,
    ecarts jsonb NOT NULL,
    foyer_id bigint NOT NULL,
    mesure_id bigint NOT NULL,
    liste_id bigint,
    CONSTRAINT devoirs_lignecaisse_part_check CHECK ((part >= 0)),
    CONSTRAINT ligne_caisse_listee CHECK ((((etat)::text = 'preparee'::text) OR (liste_id IS NOT NULL))),
    CONSTRAINT ligne_caisse_mois CHECK (((jusquau IS NULL) OR (jusquau > effet)))
);
ALTER TABLE public.devoirs_lignecaisse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_lignecaisse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_listecaisse (
    id bigint NOT NULL,
    mois date NOT NULL,
    numero smallint NOT NULL,
    arret_le date NOT NULL,
    etat character varying(20) NOT NULL,
    motif_urgence character varying(200) NOT NULL,
    preparee_le timestamp with time zone NOT NULL,
    envoyee_le timestamp with time zone,
    empreinte character varying(64) NOT NULL,
    accusee_le date,
    reference_accuse character varying(80) NOT NULL,
    motif_rejet character varying(20) NOT NULL,
    convention_id bigint,
    envoyee_par_id bigint,
    organisme_id bigint NOT NULL,
    preparee_par_id bigint NOT NULL,
    CONSTRAINT devoirs_listecaisse_numero_check CHECK ((numero >= 0)),
    CONSTRAINT liste_caisse_envoyee CHECK ((((envoyee_le IS NULL) AND ((etat)::text = 'preparee'::text)) OR ((NOT ((etat)::text = 'preparee'::text)) AND (envoyee_le IS NOT NULL))))
);
ALTER TABLE public.devoirs_listecaisse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_listecaisse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_manquement (
    id bigint NOT NULL,
    type character varying(30) NOT NULL,
    faits_du date NOT NULL,
    faits_au date,
    description text NOT NULL,
    demarches_accomplies text NOT NULL,
    signale_le timestamp with time zone NOT NULL,
    statut character varying(20) NOT NULL,
    clos_le date,
    contrat_id bigint,
    engagement_id bigint,
    persistance_de_id bigint,
    personne_id bigint NOT NULL,
    signale_par_id bigint NOT NULL,
    structure_id bigint,
    procedure_id bigint,
    CONSTRAINT manquement_dates CHECK (((faits_au IS NULL) OR (faits_au >= faits_du)))
);
ALTER TABLE public.devoirs_manquement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_manquement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_membreep (
    id bigint NOT NULL,
    college character varying(20) NOT NULL,
    titulaire boolean NOT NULL,
    preside boolean NOT NULL,
    organisme character varying(120) NOT NULL,
    debut date NOT NULL,
    fin date,
    agent_id bigint NOT NULL,
    CONSTRAINT membre_ep_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.devoirs_membreep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_membreep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_mesuredecidee (
    id bigint NOT NULL,
    nature character varying(20) NOT NULL,
    motif character varying(30) NOT NULL,
    taux smallint,
    montant numeric(8,2),
    decidee_le date NOT NULL,
    debut date NOT NULL,
    fin date,
    transmise_le date,
    statut character varying(10) NOT NULL,
    preuve character varying(80) NOT NULL,
    vue_le date,
    saisie_le timestamp with time zone NOT NULL,
    personne_id bigint NOT NULL,
    saisie_par_id bigint NOT NULL,
    annulee_le date,
    conditions text NOT NULL,
    conforme_le date,
    decideur_id bigint,
    foyer smallint,
    foyer_majore boolean,
    levee_le date,
    mois smallint,
    motif_annulation character varying(20) NOT NULL,
    motif_levee character varying(20) NOT NULL,
    motifs text NOT NULL,
    notification_id bigint,
    notifiee_le date,
    persistance boolean,
    radiation_proposee boolean NOT NULL,
    rang smallint,
    regime character varying(30) NOT NULL,
    report_demande_le date,
    reportee_jusquau date,
    retroactif_mois smallint,
    terminee_le date,
    type character varying(30) NOT NULL,
    procedure_id bigint,
    CONSTRAINT devoirs_mesuredecidee_foyer_check CHECK ((foyer >= 0)),
    CONSTRAINT devoirs_mesuredecidee_mois_check CHECK ((mois >= 0)),
    CONSTRAINT devoirs_mesuredecidee_rang_check CHECK ((rang >= 0)),
    CONSTRAINT devoirs_mesuredecidee_retroactif_mois_check CHECK ((retroactif_mois >= 0)),
    CONSTRAINT devoirs_mesuredecidee_taux_check CHECK ((taux >= 0)),
    CONSTRAINT mesure_dates CHECK (((fin IS NULL) OR (fin > debut))),
    CONSTRAINT mesure_levee_datee CHECK (((NOT ((statut)::text = 'levee'::text)) OR (levee_le IS NOT NULL) OR (procedure_id IS NULL))),
    CONSTRAINT mesure_taux CHECK (((taux IS NULL) OR ((taux >= 1) AND (taux <= 100))))
);
ALTER TABLE public.devoirs_mesuredecidee ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_mesuredecidee_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_observation (
    id bigint NOT NULL,
    forme character varying(20) NOT NULL,
    recue_le date NOT NULL,
    texte text NOT NULL,
    notee_le timestamp with time zone NOT NULL,
    notee_par_id bigint NOT NULL,
    procedure_id bigint NOT NULL
);
ALTER TABLE public.devoirs_observation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_observation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_participationep (
    id bigint NOT NULL,
    invite_le timestamp with time zone,
    reponse character varying(16) NOT NULL,
    repondu_le timestamp with time zone,
    arrive_le timestamp with time zone,
    parti_le timestamp with time zone,
    membre_id bigint NOT NULL,
    seance_id bigint NOT NULL
);
ALTER TABLE public.devoirs_participationep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_participationep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_passageep (
    id bigint NOT NULL,
    objet character varying(20) NOT NULL,
    code character varying(8) NOT NULL,
    numero smallint,
    rang smallint NOT NULL,
    audition boolean NOT NULL,
    heure timestamp with time zone,
    annoncee boolean NOT NULL,
    statut character varying(12) NOT NULL,
    retire_le timestamp with time zone,
    motif_retrait character varying(20) NOT NULL,
    manques jsonb NOT NULL,
    expose text NOT NULL,
    traits jsonb NOT NULL,
    liens_controles_le timestamp with time zone,
    invitee_le date,
    langue character varying(40) NOT NULL,
    interprete character varying(12) NOT NULL,
    interprete_type character varying(20) NOT NULL,
    interprete_nom character varying(120) NOT NULL,
    presence character varying(16) NOT NULL,
    assistee_par character varying(160) NOT NULL,
    arrivee_le timestamp with time zone,
    notes_audition text NOT NULL,
    faits character varying(64) NOT NULL,
    inscrit_le timestamp with time zone NOT NULL,
    convocation_id bigint,
    demande_id bigint,
    inscrit_par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    procedure_id bigint,
    suite_id bigint,
    seance_id bigint NOT NULL,
    CONSTRAINT devoirs_passageep_numero_check CHECK ((numero >= 0)),
    CONSTRAINT devoirs_passageep_rang_check CHECK ((rang >= 0)),
    CONSTRAINT passage_ep_retire CHECK (((NOT ((statut)::text = 'retire'::text)) OR ((numero IS NULL) AND (retire_le IS NOT NULL) AND (NOT ((motif_retrait)::text = ''::text))))),
    CONSTRAINT passage_ep_une_question CHECK ((((demande_id IS NULL) AND (procedure_id IS NOT NULL)) OR ((demande_id IS NOT NULL) AND (procedure_id IS NULL))))
);
ALTER TABLE public.devoirs_passageep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_passageep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_procedure (
    id bigint NOT NULL,
    type character varying(30) NOT NULL,
    etat character varying(20) NOT NULL,
    etat_avant character varying(20) NOT NULL,
    regime character varying(30) NOT NULL,
    fin_de_droit boolean NOT NULL,
    ouverte_le timestamp with time zone NOT NULL,
    griefs_envoyes_le date,
    griefs_recus_le date,
    griefs_representant_recus_le date,
    contradictoire_jours smallint,
    contradictoire_jusquau date,
    communication_demandee_le date,
    communiquee_le date,
    audition_demandee_le date,
    audition_prevue_le timestamp with time zone,
    audition_lieu character varying(200) NOT NULL,
    entendue_le date,
    absente_le date,
    assistee_par character varying(160) NOT NULL,
    close_le date,
    motif_cloture character varying(30) NOT NULL,
    explication_cloture text NOT NULL,
    version integer NOT NULL,
    close_par_id bigint,
    griefs_id bigint,
    ouverte_par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    responsable_id bigint NOT NULL,
    CONSTRAINT devoirs_procedure_contradictoire_jours_check CHECK ((contradictoire_jours >= 0)),
    CONSTRAINT devoirs_procedure_version_check CHECK ((version >= 0)),
    CONSTRAINT procedure_contradictoire_avant_decision CHECK (((NOT ((etat)::text = ANY ((ARRAY['decidee'::character varying, 'notifiee'::character varying])::text[]))) OR ((contradictoire_jusquau IS NOT NULL) AND (griefs_recus_le IS NOT NULL))))
);
ALTER TABLE public.devoirs_procedure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_procedure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_procesverbal (
    id bigint NOT NULL,
    contenu jsonb NOT NULL,
    empreinte character varying(64) NOT NULL,
    etabli_le timestamp with time zone NOT NULL,
    signe_secretaire_le timestamp with time zone,
    signe_presidence_le timestamp with time zone,
    etabli_par_id bigint NOT NULL,
    seance_id bigint NOT NULL
);
ALTER TABLE public.devoirs_procesverbal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_procesverbal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_projetdecision (
    id bigint NOT NULL,
    nature character varying(20) NOT NULL,
    taux smallint,
    montant numeric(8,2),
    mois smallint,
    debut date NOT NULL,
    motifs text NOT NULL,
    prepare_le timestamp with time zone NOT NULL,
    prepare_par_id bigint NOT NULL,
    procedure_id bigint NOT NULL,
    CONSTRAINT devoirs_projetdecision_mois_check CHECK ((mois >= 0)),
    CONSTRAINT devoirs_projetdecision_taux_check CHECK ((taux >= 0))
);
ALTER TABLE public.devoirs_projetdecision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_projetdecision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_recours (
    id bigint NOT NULL,
    genre character varying(12) NOT NULL,
    recu_le date NOT NULL,
    hors_delai boolean NOT NULL,
    arguments text NOT NULL,
    repondre_avant date NOT NULL,
    issue character varying(20) NOT NULL,
    statue_le date,
    motifs text NOT NULL,
    depose_le timestamp with time zone NOT NULL,
    depose_par_id bigint NOT NULL,
    mesure_id bigint NOT NULL,
    statue_par_id bigint,
    CONSTRAINT recours_statue_date CHECK (((((issue)::text = ''::text) AND (statue_le IS NULL)) OR ((NOT ((issue)::text = ''::text)) AND (statue_le IS NOT NULL))))
);
ALTER TABLE public.devoirs_recours ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_recours_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_reglementep (
    id bigint NOT NULL,
    version smallint NOT NULL,
    statut character varying(10) NOT NULL,
    reference character varying(80) NOT NULL,
    adopte_le date,
    debut date NOT NULL,
    fin date,
    texte text NOT NULL,
    quorum_pour_cent smallint NOT NULL,
    preavis_membres_jours smallint NOT NULL,
    preavis_personne_jours smallint NOT NULL,
    completude_jours smallint NOT NULL,
    mois_validite smallint NOT NULL,
    minutes_audition smallint NOT NULL,
    minutes_dossier smallint NOT NULL,
    dossiers_maximum smallint NOT NULL,
    k_anonymat smallint NOT NULL,
    sans_aout boolean NOT NULL,
    voix_preponderante boolean NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    cree_par_id bigint NOT NULL,
    CONSTRAINT devoirs_reglementep_completude_jours_check CHECK ((completude_jours >= 0)),
    CONSTRAINT devoirs_reglementep_dossiers_maximum_check CHECK ((dossiers_maximum >= 0)),
    CONSTRAINT devoirs_reglementep_k_anonymat_check CHECK ((k_anonymat >= 0)),
    CONSTRAINT devoirs_reglementep_minutes_audition_check CHECK ((minutes_audition >= 0)),
    CONSTRAINT devoirs_reglementep_minutes_dossier_check CHECK ((minutes_dossier >= 0)),
    CONSTRAINT devoirs_reglementep_mois_validite_check CHECK ((mois_validite >= 0)),
    CONSTRAINT devoirs_reglementep_preavis_membres_jours_check CHECK ((preavis_membres_jours >= 0)),
    CONSTRAINT devoirs_reglementep_preavis_personne_jours_check CHECK ((preavis_personne_jours >= 0)),
    CONSTRAINT devoirs_reglementep_quorum_pour_cent_check CHECK ((quorum_pour_cent >= 0)),
    CONSTRAINT devoirs_reglementep_version_check CHECK ((version >= 0)),
    CONSTRAINT reglement_ep_dates CHECK (((fin IS NULL) OR (fin > debut))),
    CONSTRAINT reglement_ep_durees CHECK (((dossiers_maximum >= 1) AND (minutes_audition >= 5) AND (minutes_dossier >= 1))),
    CONSTRAINT reglement_ep_quorum CHECK (((quorum_pour_cent >= 1) AND (quorum_pour_cent <= 100)))
);
ALTER TABLE public.devoirs_reglementep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_reglementep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_retraitmembre (
    id bigint NOT NULL,
    motif character varying(12) NOT NULL,
    le timestamp with time zone NOT NULL,
    membre_id bigint NOT NULL,
    par_id bigint NOT NULL,
    passage_id bigint NOT NULL
);
ALTER TABLE public.devoirs_retraitmembre ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_retraitmembre_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_seanceep (
    id bigint NOT NULL,
    debut timestamp with time zone NOT NULL,
    fin timestamp with time zone NOT NULL,
    lieu character varying(160) NOT NULL,
    statut character varying(12) NOT NULL,
    ordre_arrete_le timestamp with time zone,
    incomplets_retires_le timestamp with time zone,
    ouverte_le timestamp with time zone,
    close_le timestamp with time zone,
    observations text NOT NULL,
    version integer NOT NULL,
    presidence_id bigint,
    reglement_id bigint NOT NULL,
    secretaire_id bigint,
    CONSTRAINT devoirs_seanceep_version_check CHECK ((version >= 0)),
    CONSTRAINT seance_ep_dates CHECK ((fin > debut))
);
ALTER TABLE public.devoirs_seanceep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_seanceep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.devoirs_tiragecontrole (
    id bigint NOT NULL,
    libelle character varying(120) NOT NULL,
    nombre smallint NOT NULL,
    empreinte character varying(64) NOT NULL,
    graine_chiffree bytea NOT NULL,
    annonce_le timestamp with time zone NOT NULL,
    tire_le timestamp with time zone,
    graine character varying(64) NOT NULL,
    univers bigint[] NOT NULL,
    empreinte_univers character varying(64) NOT NULL,
    exclusions jsonb NOT NULL,
    annonce_par_id bigint NOT NULL,
    tire_par_id bigint,
    CONSTRAINT devoirs_tiragecontrole_nombre_check CHECK ((nombre >= 0)),
    CONSTRAINT tirage_graine_publiee CHECK (((((graine)::text = ''::text) AND (tire_le IS NULL)) OR ((tire_le IS NOT NULL) AND (NOT ((graine)::text = ''::text)))))
);
ALTER TABLE public.devoirs_tiragecontrole ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devoirs_tiragecontrole_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.fichiers_fichierattendu (
    id bigint NOT NULL,
    type character varying(30) NOT NULL,
    periodicite character varying(12) NOT NULL,
    jour smallint,
    unite character varying(30) NOT NULL,
    debut date NOT NULL,
    fin date,
    note character varying(300) NOT NULL,
    modifie_le timestamp with time zone NOT NULL,
    emetteur_id bigint,
    modifie_par_id bigint NOT NULL,
    organisme_id bigint,
    structure_id bigint,
    CONSTRAINT attendu_dates CHECK (((fin IS NULL) OR (fin >= debut))),
    CONSTRAINT attendu_jour CHECK (((NOT ((periodicite)::text = 'mensuel'::text)) OR ((jour >= 1) AND (jour <= 31)))),
    CONSTRAINT fichiers_fichierattendu_jour_check CHECK ((jour >= 0))
);
ALTER TABLE public.fichiers_fichierattendu ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fichiers_fichierattendu_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fichiers_lectureelement (
    id bigint NOT NULL,
    element_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    lue_le timestamp with time zone NOT NULL
);
ALTER TABLE public.fichiers_lectureelement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fichiers_lectureelement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fichiers_rejeu (
    id bigint NOT NULL,
    demande_le timestamp with time zone NOT NULL,
    elements jsonb NOT NULL,
    traites integer NOT NULL,
    reussis integer NOT NULL,
    echecs jsonb NOT NULL,
    termine_le timestamp with time zone,
    demande_par_id bigint NOT NULL,
    CONSTRAINT fichiers_rejeu_reussis_check CHECK ((reussis >= 0)),
    CONSTRAINT fichiers_rejeu_traites_check CHECK ((traites >= 0))
);
ALTER TABLE public.fichiers_rejeu ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fichiers_rejeu_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fichiers_relancefichier (
    id bigint NOT NULL,
    attendu_le date NOT NULL,
    faite_le timestamp with time zone NOT NULL,
    attendu_id bigint NOT NULL,
    par_id bigint NOT NULL
);
ALTER TABLE public.fichiers_relancefichier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fichiers_relancefichier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organismes_absenceagent (
    id bigint NOT NULL,
    debut timestamp with time zone NOT NULL,
    fin timestamp with time zone,
    motif character varying(12) NOT NULL,
    retour_inconnu boolean NOT NULL,
    agent_id bigint NOT NULL,
    CONSTRAINT absence_dates CHECK (((fin IS NULL) OR (fin > debut))),
    CONSTRAINT absence_retour CHECK ((((fin IS NULL) AND retour_inconnu) OR ((fin IS NOT NULL) AND (NOT retour_inconnu))))
);
ALTER TABLE public.organismes_absenceagent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organismes_absenceagent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organismes_affectation (
    id bigint NOT NULL,
    role character varying(30) NOT NULL,
    debut date NOT NULL,
    fin date,
    agent_id bigint NOT NULL,
    structure_id bigint NOT NULL,
    CONSTRAINT affectation_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.organismes_affectation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organismes_affectation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organismes_agent (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    courriel character varying(254) NOT NULL,
    nom character varying(80) NOT NULL,
    prenom character varying(80) NOT NULL,
    telephone character varying(20) NOT NULL,
    systeme boolean NOT NULL,
    actif boolean NOT NULL,
    parti_le timestamp with time zone,
    cree_le timestamp with time zone NOT NULL
);
ALTER TABLE public.organismes_agent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organismes_agent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organismes_convention (
    id bigint NOT NULL,
    reference character varying(60) NOT NULL,
    objet character varying(200) NOT NULL,
    signataires character varying(200) NOT NULL,
    volume integer,
    debut date NOT NULL,
    fin date,
    structure_id bigint NOT NULL,
    CONSTRAINT convention_dates CHECK (((fin IS NULL) OR (fin > debut))),
    CONSTRAINT organismes_convention_volume_check CHECK ((volume >= 0))
);
ALTER TABLE public.organismes_convention ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organismes_convention_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organismes_reglesecteur (
    id bigint NOT NULL,
    public character varying(30) NOT NULL,
    debut date NOT NULL,
    fin date,
    commune_id character varying(5) NOT NULL,
    structure_id bigint NOT NULL,
    CONSTRAINT regle_secteur_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.organismes_reglesecteur ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organismes_reglesecteur_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organismes_structure (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    nom character varying(160) NOT NULL,
    type character varying(30) NOT NULL,
    categorie character varying(30) NOT NULL,
    adresse character varying(200) NOT NULL,
    code_postal character varying(5) NOT NULL,
    telephone character varying(20) NOT NULL,
    courriel character varying(254) NOT NULL,
    capacite integer,
    debut date NOT NULL,
    fin date,
    commune_id character varying(5),
    parent_id bigint,
    CONSTRAINT organismes_structure_capacite_check CHECK ((capacite >= 0)),
    CONSTRAINT structure_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.organismes_structure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organismes_structure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organismes_suppleance (
    id bigint NOT NULL,
    debut date NOT NULL,
    fin date NOT NULL,
    creee_le timestamp with time zone NOT NULL,
    absent_id bigint NOT NULL,
    creee_par_id bigint NOT NULL,
    remplacant_id bigint NOT NULL,
    CONSTRAINT suppleance_dates CHECK ((fin > debut)),
    CONSTRAINT suppleance_deux_agents CHECK ((NOT (absent_id = remplacant_id)))
);
ALTER TABLE public.organismes_suppleance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organismes_suppleance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_actearrete (
    id bigint NOT NULL,
    quoi character varying(200) NOT NULL,
    le timestamp with time zone NOT NULL,
    par_id bigint NOT NULL,
    arrete_id bigint NOT NULL
);
ALTER TABLE public.orientation_actearrete ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_actearrete_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_appellationrome (
    code_ogr character varying(10) NOT NULL,
    libelle character varying(300) NOT NULL,
    libelle_court character varying(300) NOT NULL,
    classification character varying(20) NOT NULL,
    peu_usitee boolean NOT NULL,
    retire boolean NOT NULL,
    cle text GENERATED ALWAYS AS (public.cle_recherche((libelle)::text)) STORED,
    metier_id character varying(5) NOT NULL
);
CREATE TABLE public.orientation_arretecriteres (
    id bigint NOT NULL,
    reference character varying(60) NOT NULL,
    objet character varying(200) NOT NULL,
    circonstances text NOT NULL,
    version_nationale character varying(80) NOT NULL,
    precisions jsonb NOT NULL,
    prefet character varying(120) NOT NULL,
    president character varying(120) NOT NULL,
    avis_le date,
    signe_le date,
    debut date NOT NULL,
    fin date,
    statut character varying(20) NOT NULL,
    simulation jsonb NOT NULL,
    version integer NOT NULL,
    CONSTRAINT arrete_dates CHECK (((fin IS NULL) OR (fin > debut))),
    CONSTRAINT orientation_arretecriteres_version_check CHECK ((version >= 0))
);
ALTER TABLE public.orientation_arretecriteres ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_arretecriteres_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_besoinaccueil (
    id bigint NOT NULL,
    lieu_accessible boolean NOT NULL,
    note_le timestamp with time zone NOT NULL,
    note_par_id bigint NOT NULL,
    personne_id bigint NOT NULL
);
ALTER TABLE public.orientation_besoinaccueil ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_besoinaccueil_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_constat (
    id bigint NOT NULL,
    nature character varying(12) NOT NULL,
    code character varying(60) NOT NULL,
    source character varying(20) NOT NULL,
    debut date NOT NULL,
    fin date,
    dit_le timestamp with time zone NOT NULL,
    diagnostic_id bigint,
    par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    CONSTRAINT constat_dates CHECK (((fin IS NULL) OR (fin >= debut)))
);
ALTER TABLE public.orientation_constat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_constat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_demandechangement (
    id bigint NOT NULL,
    motif character varying(20) NOT NULL,
    parole text NOT NULL,
    demandee_le timestamp with time zone NOT NULL,
    repondue_le timestamp with time zone,
    motif_refus character varying(20) NOT NULL,
    agent_id bigint NOT NULL,
    demandee_par_id bigint NOT NULL,
    nouvel_agent_id bigint,
    personne_id bigint NOT NULL,
    repondue_par_id bigint
);
ALTER TABLE public.orientation_demandechangement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_demandechangement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_demandeexplication (
    id bigint NOT NULL,
    demandee_le date NOT NULL,
    notee_le timestamp with time zone NOT NULL,
    repondue_le timestamp with time zone,
    courrier_id bigint,
    notee_par_id bigint NOT NULL,
    orientation_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    CONSTRAINT explication_dates CHECK (((repondue_le IS NULL) OR (repondue_le >= notee_le)))
);
ALTER TABLE public.orientation_demandeexplication ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_demandeexplication_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_demandereorientation (
    id bigint NOT NULL,
    demandeur character varying(12) NOT NULL,
    motif character varying(20) NOT NULL,
    parole text NOT NULL,
    souhait character varying(200) NOT NULL,
    demandee_le timestamp with time zone NOT NULL,
    issue character varying(12) NOT NULL,
    decidee_le timestamp with time zone,
    motif_refus character varying(20) NOT NULL,
    explication text NOT NULL,
    refus_notifie_le date,
    decidee_par_id bigint,
    demandee_par_id bigint NOT NULL,
    orientation_id bigint,
    personne_id bigint NOT NULL
);
ALTER TABLE public.orientation_demandereorientation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_demandereorientation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_detaildiagnostic (
    id bigint NOT NULL,
    ecrit_le timestamp with time zone NOT NULL,
    notes text NOT NULL,
    contraintes text NOT NULL,
    situations character varying(60)[] NOT NULL,
    objectifs character varying(60)[] NOT NULL,
    diagnostic_id bigint NOT NULL,
    par_id bigint NOT NULL
);
ALTER TABLE public.orientation_detaildiagnostic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_detaildiagnostic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_diagnostic (
    id bigint NOT NULL,
    mene_le timestamp with time zone NOT NULL,
    situation_pro character varying(20) NOT NULL,
    niveau character varying(20) NOT NULL,
    projection boolean,
    themes jsonb NOT NULL,
    metier_vise character varying(120) NOT NULL,
    brouillon boolean NOT NULL,
    version integer NOT NULL,
    mene_par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    commence_le timestamp with time zone,
    competences jsonb NOT NULL,
    diplome character varying(8) NOT NULL,
    disponibilites character varying(20)[] NOT NULL,
    entretien_commun uuid,
    francais_ecrit character varying(8) NOT NULL,
    francais_lu character varying(8) NOT NULL,
    francais_oral character varying(8) NOT NULL,
    heures_semaine smallint,
    numerique character varying(20) NOT NULL,
    permis character varying(20)[] NOT NULL,
    projet_pro character varying(20) NOT NULL,
    remplace_id bigint,
    transports character varying(20)[] NOT NULL,
    travailleur_handicape boolean,
    seance uuid,
    CONSTRAINT diagnostic_heures CHECK (((heures_semaine IS NULL) OR (heures_semaine <= 48))),
    CONSTRAINT diagnostic_ne_se_remplace_pas CHECK (((remplace_id IS NULL) OR (NOT ((remplace_id = id) AND (remplace_id IS NOT NULL))))),
    CONSTRAINT orientation_diagnostic_heures_semaine_check CHECK ((heures_semaine >= 0)),
    CONSTRAINT orientation_diagnostic_version_check CHECK ((version >= 0))
);
ALTER TABLE public.orientation_diagnostic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_diagnostic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_domainerome (
    code character varying(3) NOT NULL,
    libelle character varying(120) NOT NULL,
    retire boolean NOT NULL
);
CREATE TABLE public.orientation_experienceemploi (
    id bigint NOT NULL,
    rang smallint NOT NULL,
    libelle character varying(150) NOT NULL,
    appellation character varying(10) NOT NULL,
    rome character varying(5) NOT NULL,
    annee_fin smallint,
    duree_mois smallint,
    diagnostic_id bigint NOT NULL,
    CONSTRAINT orientation_experienceemploi_annee_fin_check CHECK ((annee_fin >= 0)),
    CONSTRAINT orientation_experienceemploi_duree_mois_check CHECK ((duree_mois >= 0)),
    CONSTRAINT orientation_experienceemploi_rang_check CHECK ((rang >= 0))
);
ALTER TABLE public.orientation_experienceemploi ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_experienceemploi_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_itemmetierrome (
    id bigint NOT NULL,
    code_ogr character varying(10) NOT NULL,
    coeur character varying(20) NOT NULL,
    metier_id character varying(5) NOT NULL
);
ALTER TABLE public.orientation_itemmetierrome ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_itemmetierrome_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_itemrome (
    code_ogr character varying(10) NOT NULL,
    nature character varying(40) NOT NULL,
    libelle character varying(300) NOT NULL,
    categorie character varying(80) NOT NULL,
    sous_categorie character varying(80) NOT NULL,
    macro character varying(10) NOT NULL,
    retire boolean NOT NULL,
    cle text GENERATED ALWAYS AS (public.cle_recherche((libelle)::text)) STORED
);
CREATE TABLE public.orientation_ligneaffectation (
    id bigint NOT NULL,
    voie character varying(20) NOT NULL,
    depuis date NOT NULL,
    cout integer,
    raisons jsonb NOT NULL,
    suivant jsonb NOT NULL,
    motif character varying(30) NOT NULL,
    verrou boolean NOT NULL,
    deplacee_le timestamp with time zone,
    motif_deplacement character varying(30) NOT NULL,
    repere bigint NOT NULL,
    resultat character varying(12) NOT NULL,
    refus character varying(300) NOT NULL,
    agent_id bigint,
    deplacee_par_id bigint,
    personne_id bigint NOT NULL,
    propose_agent_id bigint,
    propose_structure_id bigint,
    structure_id bigint,
    structure_decidee_id bigint,
    proposition_id bigint NOT NULL,
    CONSTRAINT ligne_affectation_entiere CHECK ((((agent_id IS NULL) AND (structure_id IS NULL)) OR ((agent_id IS NOT NULL) AND ((motif)::text = ''::text) AND (structure_id IS NOT NULL)))),
    CONSTRAINT ligne_affectation_verrou CHECK (((NOT verrou) OR (agent_id IS NOT NULL)))
);
ALTER TABLE public.orientation_ligneaffectation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_ligneaffectation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_metierrome (
    code character varying(5) NOT NULL,
    libelle character varying(300) NOT NULL,
    code_ogr character varying(10) NOT NULL,
    fiche character varying(10) NOT NULL,
    parent character varying(5) NOT NULL,
    transition_ecologique character varying(80) NOT NULL,
    reglemente boolean NOT NULL,
    cadre boolean NOT NULL,
    retire boolean NOT NULL
);
CREATE TABLE public.orientation_mobiliterome (
    id bigint NOT NULL,
    ordre smallint NOT NULL,
    cible_id character varying(5) NOT NULL,
    metier_id character varying(5) NOT NULL,
    CONSTRAINT orientation_mobiliterome_ordre_check CHECK ((ordre >= 0))
);
ALTER TABLE public.orientation_mobiliterome ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_mobiliterome_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_orientation (
    id bigint NOT NULL,
    voie character varying(20) NOT NULL,
    categorie character varying(30) NOT NULL,
    motifs character varying(40)[] NOT NULL,
    proposition jsonb NOT NULL,
    par_defaut boolean NOT NULL,
    tardive boolean NOT NULL,
    par_operateur boolean NOT NULL,
    decidee_le timestamp with time zone NOT NULL,
    notifiee_le date,
    debut date NOT NULL,
    fin date,
    decidee_par_id bigint NOT NULL,
    diagnostic_id bigint,
    personne_id bigint NOT NULL,
    structure_id bigint NOT NULL,
    categorie_proposee character varying(30) DEFAULT ''::character varying NOT NULL,
    motif_ecart character varying(30) DEFAULT ''::character varying NOT NULL,
    precision_ecart character varying(200) DEFAULT ''::character varying NOT NULL,
    suivie boolean,
    version_regle character varying(120) DEFAULT ''::character varying NOT NULL,
    voie_proposee character varying(20) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT orientation_dates CHECK (((fin IS NULL) OR (fin >= debut))),
    CONSTRAINT orientation_ecart_explique CHECK (((suivie IS NULL) OR suivie OR (NOT ((motif_ecart)::text = ''::text))))
);
ALTER TABLE public.orientation_orientation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_orientation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_projetemploi (
    id bigint NOT NULL,
    rang smallint NOT NULL,
    libelle character varying(150) NOT NULL,
    appellation character varying(10) NOT NULL,
    rome character varying(5) NOT NULL,
    rayon_km smallint,
    heures smallint,
    contrats character varying(20)[] NOT NULL,
    salaire_horaire numeric(6,2),
    diagnostic_id bigint NOT NULL,
    CONSTRAINT orientation_projetemploi_heures_check CHECK ((heures >= 0)),
    CONSTRAINT orientation_projetemploi_rang_check CHECK ((rang >= 0)),
    CONSTRAINT orientation_projetemploi_rayon_km_check CHECK ((rayon_km >= 0)),
    CONSTRAINT projet_emploi_salaire CHECK (((salaire_horaire IS NULL) OR (salaire_horaire > (0)::numeric)))
);
ALTER TABLE public.orientation_projetemploi ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_projetemploi_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_propositionaffectation (
    id bigint NOT NULL,
    au date NOT NULL,
    mode character varying(10) NOT NULL,
    bareme character varying(40) NOT NULL,
    empreinte character varying(12) NOT NULL,
    statut character varying(12) NOT NULL,
    cout bigint NOT NULL,
    borne bigint NOT NULL,
    cout_premier_arrive bigint NOT NULL,
    bilan jsonb NOT NULL,
    version integer NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    validee_le timestamp with time zone,
    acte uuid,
    cree_par_id bigint NOT NULL,
    structure_id bigint,
    validee_par_id bigint,
    charges jsonb NOT NULL,
    CONSTRAINT orientation_propositionaffectation_version_check CHECK ((version >= 0)),
    CONSTRAINT proposition_validee_par CHECK (((NOT ((statut)::text = 'validee'::text)) OR ((acte IS NOT NULL) AND (validee_le IS NOT NULL))))
);
ALTER TABLE public.orientation_propositionaffectation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_propositionaffectation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_reglagereferent (
    id bigint NOT NULL,
    capacite smallint,
    quotite smallint NOT NULL,
    specialites character varying(30)[] NOT NULL,
    langues character varying(40)[] NOT NULL,
    suspendu boolean NOT NULL,
    agent_id bigint NOT NULL,
    structure_id bigint NOT NULL,
    repos smallint[] DEFAULT '{}'::smallint[] NOT NULL,
    CONSTRAINT orientation_reglagereferent_capacite_check CHECK ((capacite >= 0)),
    CONSTRAINT orientation_reglagereferent_quotite_check CHECK ((quotite >= 0)),
    CONSTRAINT reglage_referent_capacite CHECK (((capacite IS NULL) OR (capacite <= 500))),
    CONSTRAINT reglage_referent_quotite CHECK (((quotite >= 10) AND (quotite <= 100)))
);
ALTER TABLE public.orientation_reglagereferent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_reglagereferent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_reglagestructure (
    id bigint NOT NULL,
    specialite character varying(30) NOT NULL,
    departementale boolean NOT NULL,
    structure_id bigint NOT NULL
);
ALTER TABLE public.orientation_reglagestructure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_reglagestructure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_relais (
    id bigint NOT NULL,
    motif character varying(20) NOT NULL,
    note text NOT NULL,
    decision boolean NOT NULL,
    avant_le date,
    statut character varying(12) NOT NULL,
    lot uuid,
    propose_le timestamp with time zone NOT NULL,
    recu_le timestamp with time zone,
    clos_le timestamp with time zone,
    motif_refus character varying(20) NOT NULL,
    clos_par_id bigint,
    de_agent_id bigint,
    de_structure_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    propose_par_id bigint NOT NULL,
    recu_par_id bigint,
    vers_agent_id bigint,
    vers_structure_id bigint NOT NULL,
    CONSTRAINT relais_refus_motive CHECK (((NOT ((statut)::text = 'refuse'::text)) OR (NOT ((motif_refus)::text = ''::text)))),
    CONSTRAINT relais_vers_ailleurs CHECK (((NOT (de_structure_id = vers_structure_id)) OR (vers_agent_id IS NOT NULL)))
);
ALTER TABLE public.orientation_relais ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_relais_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_versiondiagnostic (
    id bigint NOT NULL,
    version integer NOT NULL,
    le timestamp with time zone NOT NULL,
    contenu jsonb NOT NULL,
    diagnostic_id bigint NOT NULL,
    par_id bigint NOT NULL,
    CONSTRAINT orientation_versiondiagnostic_version_check CHECK ((version >= 0))
);
ALTER TABLE public.orientation_versiondiagnostic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_versiondiagnostic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.orientation_versionrome (
    id bigint NOT NULL,
    version character varying(20) NOT NULL,
    source character varying(120) NOT NULL,
    empreinte character varying(64) NOT NULL,
    chargee_le timestamp with time zone NOT NULL,
    comptes jsonb NOT NULL,
    rejets jsonb NOT NULL
);
ALTER TABLE public.orientation_versionrome ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orientation_versionrome_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parcours_echeance (
    id bigint NOT NULL,
    unite character varying(30) NOT NULL,
    ouverte_le date NOT NULL,
    echeance date NOT NULL,
    terme date NOT NULL,
    regle character varying(60) NOT NULL,
    nature character varying(20) NOT NULL,
    fermee_le date,
    genre character varying(40) NOT NULL,
    objet_id bigint,
    agent_id bigint,
    personne_id bigint NOT NULL,
    structure_id bigint,
    evenement_id bigint NOT NULL,
    fermee_par_id bigint
);
ALTER TABLE public.parcours_echeance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parcours_echeance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parcours_etape (
    id bigint NOT NULL,
    unite character varying(30) NOT NULL,
    ouverte_le date NOT NULL,
    echeance date NOT NULL,
    terme date NOT NULL,
    regle character varying(60) NOT NULL,
    nature character varying(20) NOT NULL,
    fermee_le date,
    genre character varying(40) NOT NULL,
    provisoire boolean NOT NULL,
    attendu character varying(12) NOT NULL,
    agent_id bigint,
    personne_id bigint NOT NULL,
    structure_id bigint,
    evenement_id bigint NOT NULL,
    fermee_par_id bigint,
    CONSTRAINT etape_fermee_par CHECK ((((fermee_le IS NULL) AND (fermee_par_id IS NULL)) OR ((fermee_le IS NOT NULL) AND (fermee_par_id IS NOT NULL))))
);
ALTER TABLE public.parcours_etape ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parcours_etape_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parcours_evenement (
    id bigint NOT NULL,
    genre character varying(40) NOT NULL,
    survenu_le timestamp with time zone NOT NULL,
    enregistre_le timestamp with time zone NOT NULL,
    acte uuid NOT NULL,
    objet_type character varying(40) NOT NULL,
    objet_id bigint,
    donnees jsonb NOT NULL,
    par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL
);
ALTER TABLE public.parcours_evenement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parcours_evenement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parcours_situation (
    personne_id bigint NOT NULL,
    etat character varying(40) NOT NULL,
    depuis date,
    soumis boolean NOT NULL,
    recu_le date,
    voie character varying(20) NOT NULL,
    oriente_le date,
    notifie_le date,
    contrat_le date,
    actualisation_le date,
    dernier_contact_le date,
    dernier_evenement bigint NOT NULL,
    calcul jsonb NOT NULL,
    etape_id bigint,
    referent_agent_id bigint,
    referent_structure_id bigint,
    structure_secteur_id bigint,
    echeance date GENERATED ALWAYS AS (public.parcours_jour((calcul #>> '{etape,echeance}'::text[]))) STORED,
    CONSTRAINT situation_soumise_avec_etape CHECK (((NOT soumis) OR (etape_id IS NOT NULL)))
);
CREATE TABLE public.partenaires_correspondance (
    id bigint NOT NULL,
    nom character varying(80) NOT NULL,
    genre character varying(12) NOT NULL,
    colonnes jsonb NOT NULL,
    entetes jsonb NOT NULL,
    ordre_dates character varying(3) NOT NULL,
    feuille character varying(80) NOT NULL,
    ligne_entete smallint NOT NULL,
    version integer NOT NULL,
    active boolean NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    cree_par_id bigint NOT NULL,
    emetteur_id bigint NOT NULL,
    organisme_id bigint,
    precedente_id bigint,
    CONSTRAINT partenaires_correspondance_ligne_entete_check CHECK ((ligne_entete >= 0)),
    CONSTRAINT partenaires_correspondance_version_check CHECK ((version >= 0))
);
ALTER TABLE public.partenaires_correspondance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.partenaires_correspondance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.partenaires_usage (
    fichier_id bigint NOT NULL,
    correspondance_id bigint NOT NULL
);
CREATE TABLE public.participation_accesespace (
    id bigint NOT NULL,
    active_le timestamp with time zone NOT NULL,
    contact_le timestamp with time zone,
    essais smallint NOT NULL,
    bloque_jusqua timestamp with time zone,
    ouvert_le timestamp with time zone,
    retire_le timestamp with time zone,
    active_par_id bigint NOT NULL,
    contact_id bigint,
    personne_id bigint NOT NULL,
    retire_par_id bigint,
    CONSTRAINT acces_contact_verifie CHECK (((contact_id IS NULL) OR (contact_le IS NOT NULL))),
    CONSTRAINT acces_retire_par CHECK (((retire_le IS NULL) OR (retire_par_id IS NOT NULL))),
    CONSTRAINT participation_accesespace_essais_check CHECK ((essais >= 0))
);
ALTER TABLE public.participation_accesespace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.participation_accesespace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.participation_codeunique (
    id bigint NOT NULL,
    usage character varying(8) NOT NULL,
    moyen character varying(8) NOT NULL,
    objet_type character varying(40) NOT NULL,
    objet_id bigint,
    objet_empreinte character varying(64) NOT NULL,
    empreinte bytea NOT NULL,
    a_envoyer bytea,
    cree_le timestamp with time zone NOT NULL,
    expire_le timestamp with time zone NOT NULL,
    essais smallint NOT NULL,
    envoye_le timestamp with time zone,
    reponse character varying(40) NOT NULL,
    utilise_le timestamp with time zone,
    annule_le timestamp with time zone,
    acces_id bigint NOT NULL,
    contact_id bigint,
    cree_par_id bigint NOT NULL,
    CONSTRAINT code_dates CHECK ((expire_le > cree_le)),
    CONSTRAINT code_signe_un_objet CHECK ((((usage)::text = 'ouvrir'::text) OR ((objet_id IS NOT NULL) AND (NOT ((objet_empreinte)::text = ''::text))))),
    CONSTRAINT participation_codeunique_essais_check CHECK ((essais >= 0))
);
ALTER TABLE public.participation_codeunique ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.participation_codeunique_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_adresse (
    id bigint NOT NULL,
    nature character varying(20) NOT NULL,
    localisation character varying(20) NOT NULL,
    code_insee character varying(5) NOT NULL,
    complement_identification character varying(80) NOT NULL,
    complement character varying(80) NOT NULL,
    numero character varying(8) NOT NULL,
    type_voie character varying(32) NOT NULL,
    voie character varying(80) NOT NULL,
    lieu_dit character varying(80) NOT NULL,
    code_postal character varying(5) NOT NULL,
    ville character varying(80) NOT NULL,
    pays character varying(3) NOT NULL,
    lignes_etranger jsonb NOT NULL,
    chez character varying(80) NOT NULL,
    domiciliation_echeance date,
    type_caf character varying(1) NOT NULL,
    etat_caf character varying(2) NOT NULL,
    npai boolean NOT NULL,
    rang smallint NOT NULL,
    emmenagement_le date,
    source character varying(20) NOT NULL,
    fichier_id bigint,
    debut date NOT NULL,
    fin date,
    commune_id character varying(5),
    domiciliataire_id bigint,
    foyer_id bigint,
    personne_id bigint,
    CONSTRAINT adresse_dates CHECK (((fin IS NULL) OR (fin > debut))),
    CONSTRAINT adresse_foyer_ou_personne CHECK ((((foyer_id IS NOT NULL) OR (personne_id IS NOT NULL)) AND (1 = (
CASE
    WHEN (foyer_id IS NOT NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (personne_id IS NOT NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT personnes_adresse_rang_check CHECK ((rang >= 0))
);
ALTER TABLE public.personnes_adresse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_adresse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_appartenance (
    id bigint NOT NULL,
    role character varying(3) NOT NULL,
    role_famille character varying(3) NOT NULL,
    responsable boolean NOT NULL,
    a_charge boolean,
    debut date NOT NULL,
    fin date,
    foyer_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    detail jsonb NOT NULL,
    CONSTRAINT appartenance_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.personnes_appartenance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_appartenance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_arbitrage (
    id bigint NOT NULL,
    raisons jsonb NOT NULL,
    statut character varying(24) NOT NULL,
    ouvert_le timestamp with time zone NOT NULL,
    decide_le timestamp with time zone,
    decide_par_id bigint,
    candidate_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    CONSTRAINT arbitrage_deux_personnes CHECK ((NOT (personne_id = candidate_id)))
);
ALTER TABLE public.personnes_arbitrage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_arbitrage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_contact (
    id bigint NOT NULL,
    genre character varying(12) NOT NULL,
    valeur character varying(254) NOT NULL,
    autorisation character varying(10) NOT NULL,
    numero_de_tiers boolean NOT NULL,
    verifie boolean NOT NULL,
    en_echec boolean NOT NULL,
    source character varying(20) NOT NULL,
    debut date NOT NULL,
    fin date,
    personne_id bigint NOT NULL,
    confirme_le date,
    fichier_id bigint,
    CONSTRAINT contact_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.personnes_contact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_contactpropose (
    id bigint NOT NULL,
    genre character varying(12) NOT NULL,
    valeur character varying(254) NOT NULL,
    autorisation character varying(10) NOT NULL,
    motif character varying(16) NOT NULL,
    source character varying(20) NOT NULL,
    fichier_id bigint,
    date_du_fichier date NOT NULL,
    statut character varying(12) NOT NULL,
    propose_le timestamp with time zone NOT NULL,
    decide_le timestamp with time zone,
    decide_par_id bigint,
    personne_id bigint NOT NULL
);
ALTER TABLE public.personnes_contactpropose ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_contactpropose_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_droitfoyer (
    id bigint NOT NULL,
    etat character varying(8) NOT NULL,
    motif character varying(8) NOT NULL,
    motif_le date,
    montant numeric(9,2),
    detail jsonb NOT NULL,
    fichier_id bigint,
    debut date NOT NULL,
    fin date,
    foyer_id bigint NOT NULL,
    CONSTRAINT droit_foyer_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.personnes_droitfoyer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_droitfoyer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_droitpersonne (
    id bigint NOT NULL,
    sdd boolean,
    entrante boolean,
    ressources numeric(9,2),
    detail jsonb NOT NULL,
    fichier_id bigint,
    debut date NOT NULL,
    fin date,
    foyer_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    CONSTRAINT droit_personne_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.personnes_droitpersonne ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_droitpersonne_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_foyer (
    id bigint NOT NULL,
    numdemrsa character varying(11) NOT NULL,
    matricule character varying(15) NOT NULL,
    demande_le date,
    situation_familiale character varying(3) NOT NULL,
    situation_depuis date,
    nb_enfants_autres smallint,
    presence character varying(20) NOT NULL,
    absences smallint NOT NULL,
    reference_le date,
    empreinte bytea,
    detail jsonb NOT NULL,
    organisme_id bigint,
    transmis_le timestamp with time zone,
    empreinte_brute bytea,
    precedent_id bigint,
    CONSTRAINT personnes_foyer_absences_check CHECK ((absences >= 0)),
    CONSTRAINT personnes_foyer_nb_enfants_autres_check CHECK ((nb_enfants_autres >= 0))
);
ALTER TABLE public.personnes_foyer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_foyer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_fusion (
    id bigint NOT NULL,
    raisons jsonb NOT NULL,
    faite_le timestamp with time zone NOT NULL,
    annulee_le timestamp with time zone,
    annulee_par_id bigint,
    faite_par_id bigint NOT NULL,
    absorbee_id bigint NOT NULL,
    canonique_id bigint NOT NULL
);
ALTER TABLE public.personnes_fusion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_fusion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_identifiant (
    id bigint NOT NULL,
    genre character varying(20) NOT NULL,
    valeur character varying(40) NOT NULL,
    valeur_chiffree bytea,
    empreinte bytea,
    cle_valide boolean,
    source character varying(20) NOT NULL,
    debut date NOT NULL,
    fin date,
    personne_id bigint NOT NULL,
    CONSTRAINT identifiant_nir_jamais_en_clair CHECK (((((genre)::text = 'nir'::text) AND ((valeur)::text = ''::text) AND (empreinte IS NOT NULL)) OR ((NOT ((genre)::text = 'nir'::text)) AND (valeur_chiffree IS NULL) AND (NOT ((valeur)::text = ''::text)))))
);
ALTER TABLE public.personnes_identifiant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_identifiant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_lecteursensible (
    id bigint NOT NULL,
    motif character varying(200) NOT NULL,
    debut date NOT NULL,
    fin date,
    agent_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    CONSTRAINT lecteur_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.personnes_lecteursensible ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_lecteursensible_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_lecture (
    id bigint NOT NULL,
    personne_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    finalite character varying(20) NOT NULL,
    page character varying(80) NOT NULL,
    lue_le timestamp with time zone NOT NULL,
    pour_id bigint
);
ALTER TABLE public.personnes_lecture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_lecture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_lienagent (
    id bigint NOT NULL,
    soi_meme boolean NOT NULL,
    agent_id bigint NOT NULL,
    personne_id bigint NOT NULL
);
ALTER TABLE public.personnes_lienagent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_lienagent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_organismepayeur (
    id bigint NOT NULL,
    code character varying(8) NOT NULL,
    nom character varying(80) NOT NULL
);
ALTER TABLE public.personnes_organismepayeur ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_organismepayeur_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_ouverturedroit (
    id bigint NOT NULL,
    demande_le date,
    effet_le date,
    transmise_le date NOT NULL,
    recue_le date NOT NULL,
    retour boolean NOT NULL,
    foyer_id bigint NOT NULL,
    personne_id bigint NOT NULL
);
ALTER TABLE public.personnes_ouverturedroit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_ouverturedroit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_personne (
    id bigint NOT NULL,
    civilite character varying(8) NOT NULL,
    nom character varying(80) NOT NULL,
    nom_naissance character varying(80) NOT NULL,
    prenom character varying(80) NOT NULL,
    autres_prenoms character varying(120) NOT NULL,
    date_naissance date,
    precision_naissance character varying(8) NOT NULL,
    rang_naissance smallint,
    commune_naissance character varying(80) NOT NULL,
    sexe character varying(8) NOT NULL,
    etat_civil_valide boolean,
    provisoire boolean NOT NULL,
    deces_le date,
    dossier_sensible boolean NOT NULL,
    contact_discret boolean NOT NULL,
    langue character varying(40) NOT NULL,
    interprete boolean NOT NULL,
    source character varying(20) NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    version integer NOT NULL,
    canonique_id bigint,
    CONSTRAINT personne_pas_sa_propre_canonique CHECK (((canonique_id IS NULL) OR (NOT ((canonique_id = id) AND (canonique_id IS NOT NULL))))),
    CONSTRAINT personnes_personne_rang_naissance_check CHECK ((rang_naissance >= 0)),
    CONSTRAINT personnes_personne_version_check CHECK ((version >= 0))
);
ALTER TABLE public.personnes_personne ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_personne_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_personneevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    civilite character varying(8) NOT NULL,
    nom character varying(80) NOT NULL,
    nom_naissance character varying(80) NOT NULL,
    prenom character varying(80) NOT NULL,
    autres_prenoms character varying(120) NOT NULL,
    date_naissance date,
    precision_naissance character varying(8) NOT NULL,
    rang_naissance smallint,
    commune_naissance character varying(80) NOT NULL,
    sexe character varying(8) NOT NULL,
    etat_civil_valide boolean,
    provisoire boolean NOT NULL,
    deces_le date,
    dossier_sensible boolean NOT NULL,
    contact_discret boolean NOT NULL,
    langue character varying(40) NOT NULL,
    interprete boolean NOT NULL,
    source character varying(20) NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    version integer NOT NULL,
    canonique_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT personnes_personneevent_rang_naissance_check CHECK ((rang_naissance >= 0)),
    CONSTRAINT personnes_personneevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.personnes_personneevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_personneevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_rattachement (
    id bigint NOT NULL,
    finalite character varying(20) NOT NULL,
    debut date NOT NULL,
    fin date,
    agent_id bigint,
    personne_id bigint NOT NULL,
    structure_id bigint NOT NULL,
    CONSTRAINT rattachement_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.personnes_rattachement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_rattachement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.personnes_representant (
    id bigint NOT NULL,
    protection character varying(20) NOT NULL,
    nom character varying(120) NOT NULL,
    adresse text NOT NULL,
    telephone character varying(20) NOT NULL,
    courriel character varying(254) NOT NULL,
    assiste_signature boolean NOT NULL,
    debut date NOT NULL,
    fin date,
    personne_id bigint NOT NULL,
    CONSTRAINT representant_dates CHECK (((fin IS NULL) OR (fin > debut)))
);
ALTER TABLE public.personnes_representant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.personnes_representant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pghistory_context (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    metadata jsonb NOT NULL
);
CREATE TABLE public.pilotage_abonnementvue (
    id bigint NOT NULL,
    cadence character varying(16) NOT NULL,
    code character varying(60) NOT NULL,
    sens character varying(12) NOT NULL,
    seuil double precision,
    au_dela boolean,
    jeton character varying(43) NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    arrete_le timestamp with time zone,
    fin character varying(12) NOT NULL,
    destinataire_id bigint NOT NULL,
    par_id bigint NOT NULL,
    vue_id bigint NOT NULL,
    CONSTRAINT abonnement_seuil CHECK (((NOT ((cadence)::text = 'seuil'::text)) OR ((seuil IS NOT NULL) AND (NOT ((code)::text = ''::text)) AND (NOT ((sens)::text = ''::text)))))
);
ALTER TABLE public.pilotage_abonnementvue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_abonnementvue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_accordbilan (
    id bigint NOT NULL,
    genre character varying(12) NOT NULL,
    le timestamp with time zone NOT NULL,
    tombe_le timestamp with time zone,
    par_id bigint NOT NULL,
    bilan_id bigint NOT NULL
);
ALTER TABLE public.pilotage_accordbilan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_accordbilan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_bilan (
    id bigint NOT NULL,
    annee smallint NOT NULL,
    version smallint NOT NULL,
    raison character varying(300) NOT NULL,
    etat character varying(12) NOT NULL,
    au date NOT NULL,
    demande_le timestamp with time zone,
    chiffres jsonb,
    compose_le timestamp with time zone,
    methode character varying(16) NOT NULL,
    duree_ms integer NOT NULL,
    erreur character varying(300) NOT NULL,
    document jsonb,
    sceau character varying(64) NOT NULL,
    objectifs_valides_le date,
    objectifs_par character varying(120) NOT NULL,
    resultats_presentes_le date,
    resultats_a character varying(120) NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    publie_le timestamp with time zone,
    cree_par_id bigint NOT NULL,
    instantane_id bigint,
    publie_par_id bigint,
    CONSTRAINT bilan_publie_complet CHECK (((NOT ((etat)::text = 'publie'::text)) OR ((document IS NOT NULL) AND (instantane_id IS NOT NULL) AND (publie_le IS NOT NULL) AND (publie_par_id IS NOT NULL) AND (NOT ((sceau)::text = ''::text))))),
    CONSTRAINT bilan_raison CHECK (((version = 1) OR (NOT ((raison)::text = ''::text)))),
    CONSTRAINT pilotage_bilan_annee_check CHECK ((annee >= 0)),
    CONSTRAINT pilotage_bilan_duree_ms_check CHECK ((duree_ms >= 0)),
    CONSTRAINT pilotage_bilan_version_check CHECK ((version >= 0))
);
ALTER TABLE public.pilotage_bilan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_bilan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_calcul (
    id bigint NOT NULL,
    au date NOT NULL,
    calcule_le timestamp with time zone NOT NULL,
    version_lac character varying(32) NOT NULL,
    methodes character varying(16) NOT NULL,
    a_refaire boolean NOT NULL,
    lac_le timestamp with time zone,
    listes jsonb NOT NULL
);
ALTER TABLE public.pilotage_calcul ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_calcul_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_changement (
    id bigint NOT NULL,
    source text NOT NULL,
    bloc bigint,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    le timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.pilotage_changement ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.pilotage_changement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_cible (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    territoire character varying(40) NOT NULL,
    valeur double precision NOT NULL,
    echeance date NOT NULL,
    nature character varying(16) NOT NULL,
    organisme character varying(120) NOT NULL,
    origine character varying(300) NOT NULL,
    fixee_le date NOT NULL,
    enregistree_le timestamp with time zone NOT NULL,
    retiree_le timestamp with time zone,
    motif character varying(200) NOT NULL,
    agent_id bigint,
    par_id bigint NOT NULL,
    retiree_par_id bigint,
    CONSTRAINT cible_dates CHECK ((echeance >= fixee_le)),
    CONSTRAINT cible_origine CHECK ((NOT ((origine)::text = ''::text))),
    CONSTRAINT cible_responsable CHECK (((agent_id IS NOT NULL) OR (NOT ((organisme)::text = ''::text)))),
    CONSTRAINT cible_retrait CHECK ((((retiree_le IS NULL) AND (retiree_par_id IS NULL)) OR ((retiree_le IS NOT NULL) AND (retiree_par_id IS NOT NULL) AND (NOT ((motif)::text = ''::text)))))
);
ALTER TABLE public.pilotage_cible ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_cible_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_cohortegardee (
    id bigint NOT NULL,
    nom character varying(80) NOT NULL,
    note text NOT NULL,
    definition jsonb NOT NULL,
    partagee boolean NOT NULL,
    creee_le timestamp with time zone NOT NULL,
    modifiee_le timestamp with time zone NOT NULL,
    par_id bigint NOT NULL,
    CONSTRAINT cohorte_nommee CHECK ((NOT ((nom)::text = ''::text)))
);
ALTER TABLE public.pilotage_cohortegardee ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_cohortegardee_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_edition (
    id bigint NOT NULL,
    genre character varying(16) NOT NULL,
    titre character varying(160) NOT NULL,
    contenu jsonb NOT NULL,
    empreinte character varying(64) NOT NULL,
    etat character varying(12) NOT NULL,
    erreur character varying(300) NOT NULL,
    sceau character varying(64) NOT NULL,
    octets integer NOT NULL,
    pages integer NOT NULL,
    duree_ms integer NOT NULL,
    demandee_le timestamp with time zone NOT NULL,
    faite_le timestamp with time zone,
    bilan_id bigint,
    demandee_par_id bigint,
    CONSTRAINT edition_faite_complete CHECK (((NOT ((etat)::text = 'calculee'::text)) OR ((faite_le IS NOT NULL) AND (NOT ((sceau)::text = ''::text))))),
    CONSTRAINT pilotage_edition_duree_ms_check CHECK ((duree_ms >= 0)),
    CONSTRAINT pilotage_edition_octets_check CHECK ((octets >= 0)),
    CONSTRAINT pilotage_edition_pages_check CHECK ((pages >= 0))
);
ALTER TABLE public.pilotage_edition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_edition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_envoivue (
    id bigint NOT NULL,
    jour date NOT NULL,
    etat character varying(12) NOT NULL,
    essais smallint NOT NULL,
    prochain_essai_le timestamp with time zone NOT NULL,
    pris_le timestamp with time zone,
    fini_le timestamp with time zone,
    reponse character varying(40) NOT NULL,
    texte text NOT NULL,
    abonnement_id bigint NOT NULL,
    CONSTRAINT pilotage_envoivue_essais_check CHECK ((essais >= 0))
);
ALTER TABLE public.pilotage_envoivue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_envoivue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_etude (
    id bigint NOT NULL,
    genre character varying(40) NOT NULL,
    parametres jsonb NOT NULL,
    empreinte character varying(64) NOT NULL,
    methode character varying(32) NOT NULL,
    etat character varying(12) NOT NULL,
    erreur character varying(300) NOT NULL,
    resultat jsonb,
    demandee_le timestamp with time zone NOT NULL,
    calculee_le timestamp with time zone,
    version_lac character varying(32) NOT NULL,
    lac_le timestamp with time zone,
    demandee_par_id bigint,
    CONSTRAINT etude_calculee_complete CHECK (((NOT ((etat)::text = 'calculee'::text)) OR ((calculee_le IS NOT NULL) AND (resultat IS NOT NULL))))
);
ALTER TABLE public.pilotage_etude ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_etude_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_experience (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    titre character varying(120) NOT NULL,
    hypothese character varying(400) NOT NULL,
    etat character varying(12) NOT NULL,
    protocole jsonb NOT NULL,
    creee_le timestamp with time zone NOT NULL,
    enregistree_le timestamp with time zone,
    sceau character varying(64) NOT NULL,
    retrospective boolean NOT NULL,
    publiee_le timestamp with time zone,
    resultats jsonb,
    creee_par_id bigint NOT NULL,
    CONSTRAINT experience_publiee_complete CHECK (((NOT ((etat)::text = 'publiee'::text)) OR ((publiee_le IS NOT NULL) AND (resultats IS NOT NULL)))),
    CONSTRAINT experience_scellee CHECK ((((enregistree_le IS NULL) AND ((etat)::text = 'brouillon'::text) AND ((sceau)::text = ''::text)) OR ((NOT ((etat)::text = 'brouillon'::text)) AND (NOT ((sceau)::text = ''::text)) AND (enregistree_le IS NOT NULL))))
);
ALTER TABLE public.pilotage_experience ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_experience_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_exportcohorte (
    id bigint NOT NULL,
    definition jsonb NOT NULL,
    usage character varying(200) NOT NULL,
    effectif integer NOT NULL,
    le timestamp with time zone NOT NULL,
    par_id bigint NOT NULL,
    CONSTRAINT export_cohorte_usage CHECK ((NOT ((usage)::text = ''::text)))
);
ALTER TABLE public.pilotage_exportcohorte ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_exportcohorte_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_instantane (
    id bigint NOT NULL,
    libelle character varying(120) NOT NULL,
    genre character varying(12) NOT NULL,
    au date NOT NULL,
    connu_le timestamp with time zone NOT NULL,
    pris_le timestamp with time zone NOT NULL,
    dossier character varying(64) NOT NULL,
    version_lac character varying(32) NOT NULL,
    manifeste jsonb NOT NULL,
    empreintes jsonb NOT NULL,
    methodes jsonb NOT NULL,
    sceau character varying(64) NOT NULL,
    octets bigint NOT NULL,
    lignes_effacees_le timestamp with time zone,
    par_id bigint NOT NULL,
    CONSTRAINT pilotage_instantane_octets_check CHECK ((octets >= 0))
);
ALTER TABLE public.pilotage_instantane ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_instantane_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_mentionexperience (
    id bigint NOT NULL,
    genre character varying(16) NOT NULL,
    le timestamp with time zone NOT NULL,
    motif character varying(400) NOT NULL,
    avant jsonb,
    apres jsonb,
    sceau character varying(64) NOT NULL,
    apres_resultats boolean NOT NULL,
    experience_id bigint NOT NULL,
    par_id bigint NOT NULL,
    CONSTRAINT amendement_motive CHECK (((NOT ((genre)::text = 'amendement'::text)) OR ((NOT ((motif)::text = ''::text)) AND (apres IS NOT NULL) AND (avant IS NOT NULL))))
);
ALTER TABLE public.pilotage_mentionexperience ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_mentionexperience_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_notebilan (
    id bigint NOT NULL,
    chapitre character varying(16) NOT NULL,
    genre character varying(16) NOT NULL,
    texte character varying(1200) NOT NULL,
    source character varying(160) NOT NULL,
    recueillie_le date NOT NULL,
    ecrite_le timestamp with time zone NOT NULL,
    retiree_le timestamp with time zone,
    bilan_id bigint NOT NULL,
    par_id bigint NOT NULL,
    retiree_par_id bigint
);
ALTER TABLE public.pilotage_notebilan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_notebilan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_ordrealeatoire (
    id bigint NOT NULL,
    titre character varying(120) NOT NULL,
    genre character varying(12) NOT NULL,
    unites jsonb NOT NULL,
    debut date NOT NULL,
    vagues smallint NOT NULL,
    ecart_jours smallint NOT NULL,
    empreinte character varying(64) NOT NULL,
    graine_chiffree bytea NOT NULL,
    annonce_le timestamp with time zone NOT NULL,
    tire_le timestamp with time zone,
    graine character varying(64) NOT NULL,
    ordre jsonb,
    sceau character varying(64) NOT NULL,
    annonce_par_id bigint NOT NULL,
    experience_id bigint,
    tire_par_id bigint,
    CONSTRAINT ordre_graine_publiee CHECK (((((graine)::text = ''::text) AND (ordre IS NULL) AND (tire_le IS NULL)) OR ((ordre IS NOT NULL) AND (tire_le IS NOT NULL) AND (NOT ((graine)::text = ''::text)) AND (NOT ((sceau)::text = ''::text))))),
    CONSTRAINT pilotage_ordrealeatoire_ecart_jours_check CHECK ((ecart_jours >= 0)),
    CONSTRAINT pilotage_ordrealeatoire_vagues_check CHECK ((vagues >= 0))
);
ALTER TABLE public.pilotage_ordrealeatoire ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_ordrealeatoire_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_participation (
    id bigint NOT NULL,
    groupe character varying(8) NOT NULL,
    debut date NOT NULL,
    fin date,
    origine character varying(120) NOT NULL,
    experience_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    CONSTRAINT participation_periode CHECK (((fin IS NULL) OR (fin >= debut)))
);
ALTER TABLE public.pilotage_participation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_participation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_valeurcalculee (
    id bigint NOT NULL,
    au date NOT NULL,
    code character varying(60) NOT NULL,
    niveau character varying(12) NOT NULL,
    territoire character varying(40) NOT NULL,
    valeur double precision,
    numerateur double precision,
    denominateur double precision,
    inconnu integer NOT NULL,
    secret_interne character varying(16) NOT NULL,
    secret_publication character varying(16) NOT NULL,
    CONSTRAINT pilotage_valeurcalculee_inconnu_check CHECK ((inconnu >= 0))
);
ALTER TABLE public.pilotage_valeurcalculee ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_valeurcalculee_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_valeurpubliee (
    id bigint NOT NULL,
    au date NOT NULL,
    code character varying(60) NOT NULL,
    niveau character varying(12) NOT NULL,
    territoire character varying(40) NOT NULL,
    valeur double precision,
    numerateur double precision,
    denominateur double precision,
    inconnu integer NOT NULL,
    secret_interne character varying(16) NOT NULL,
    secret_publication character varying(16) NOT NULL,
    instantane_id bigint NOT NULL,
    CONSTRAINT pilotage_valeurpubliee_inconnu_check CHECK ((inconnu >= 0))
);
ALTER TABLE public.pilotage_valeurpubliee ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_valeurpubliee_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pilotage_vuegardee (
    id bigint NOT NULL,
    nom character varying(80) NOT NULL,
    page character varying(60) NOT NULL,
    objet character varying(60) NOT NULL,
    parametres jsonb NOT NULL,
    permissions jsonb NOT NULL,
    partagee boolean NOT NULL,
    premiere boolean NOT NULL,
    creee_le timestamp with time zone NOT NULL,
    modifiee_le timestamp with time zone NOT NULL,
    supprimee_le timestamp with time zone,
    agent_id bigint NOT NULL,
    CONSTRAINT vue_nommee CHECK ((NOT ((nom)::text = ''::text)))
);
ALTER TABLE public.pilotage_vuegardee ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pilotage_vuegardee_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.prestations_droitexamine (
    id bigint NOT NULL,
    droit character varying(40) NOT NULL,
    suite character varying(20) NOT NULL,
    le timestamp with time zone NOT NULL,
    par_id bigint NOT NULL,
    personne_id bigint NOT NULL
);
ALTER TABLE public.prestations_droitexamine ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.prestations_droitexamine_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.prestations_simulation (
    id bigint NOT NULL,
    empreinte character varying(64) NOT NULL,
    version character varying(80) NOT NULL,
    hypotheses jsonb NOT NULL,
    statut character varying(12) NOT NULL,
    resultat jsonb,
    essais smallint NOT NULL,
    demandee_le timestamp with time zone NOT NULL,
    calculee_le timestamp with time zone,
    servie_le date NOT NULL,
    demandee_par_id bigint NOT NULL,
    CONSTRAINT prestations_simulation_essais_check CHECK ((essais >= 0)),
    CONSTRAINT simulation_calculee_complete CHECK ((((calculee_le IS NOT NULL) AND (resultat IS NOT NULL) AND ((statut)::text = 'calculee'::text)) OR ((NOT ((statut)::text = 'calculee'::text)) AND (resultat IS NULL))))
);
ALTER TABLE public.prestations_simulation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.prestations_simulation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_abonnementagenda (
    id bigint NOT NULL,
    empreinte character varying(64) NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    revoque_le timestamp with time zone,
    agent_id bigint NOT NULL
);
ALTER TABLE public.rendezvous_abonnementagenda ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_abonnementagenda_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_attente (
    id bigint NOT NULL,
    genre character varying(20) NOT NULL,
    modalite character varying(12) NOT NULL,
    echeance date NOT NULL,
    depuis timestamp with time zone NOT NULL,
    statut character varying(12) NOT NULL,
    finie_le timestamp with time zone,
    personne_id bigint NOT NULL,
    rendez_vous_id bigint,
    structure_id bigint NOT NULL,
    CONSTRAINT attente_finie CHECK ((((finie_le IS NULL) AND ((statut)::text = 'en_attente'::text)) OR ((NOT ((statut)::text = 'en_attente'::text)) AND (finie_le IS NOT NULL))))
);
ALTER TABLE public.rendezvous_attente ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_attente_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_campagne (
    id bigint NOT NULL,
    libelle character varying(120) NOT NULL,
    criteres jsonb NOT NULL,
    genre character varying(20) NOT NULL,
    modalite character varying(12) NOT NULL,
    delai_ouvres smallint NOT NULL,
    preavis_courrier smallint NOT NULL,
    preavis_message smallint NOT NULL,
    ordre character varying(12) NOT NULL,
    graine integer NOT NULL,
    par_semaine smallint,
    debordement boolean NOT NULL,
    accessibles boolean NOT NULL,
    canal_prefere character varying(20) NOT NULL,
    offre jsonb NOT NULL,
    etat character varying(12) NOT NULL,
    preparee_le timestamp with time zone,
    lancee_le timestamp with time zone,
    avancee_le timestamp with time zone,
    incident character varying(250) NOT NULL,
    finie_le timestamp with time zone,
    cree_le timestamp with time zone NOT NULL,
    version integer NOT NULL,
    cree_par_id bigint NOT NULL,
    lancee_par_id bigint,
    CONSTRAINT campagne_delai CHECK (((delai_ouvres >= 1) AND (delai_ouvres <= 120))),
    CONSTRAINT campagne_par_semaine CHECK (((par_semaine IS NULL) OR (par_semaine > 0))),
    CONSTRAINT rendezvous_campagne_delai_ouvres_check CHECK ((delai_ouvres >= 0)),
    CONSTRAINT rendezvous_campagne_graine_check CHECK ((graine >= 0)),
    CONSTRAINT rendezvous_campagne_par_semaine_check CHECK ((par_semaine >= 0)),
    CONSTRAINT rendezvous_campagne_preavis_courrier_check CHECK ((preavis_courrier >= 0)),
    CONSTRAINT rendezvous_campagne_preavis_message_check CHECK ((preavis_message >= 0)),
    CONSTRAINT rendezvous_campagne_version_check CHECK ((version >= 0))
);
ALTER TABLE public.rendezvous_campagne ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_campagne_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_campagneligne (
    id bigint NOT NULL,
    rang integer NOT NULL,
    debut timestamp with time zone,
    debordement boolean NOT NULL,
    canal character varying(20) NOT NULL,
    etat character varying(12) NOT NULL,
    refus character varying(20) NOT NULL,
    raison character varying(250) NOT NULL,
    campagne_id bigint NOT NULL,
    courrier_id bigint,
    creneau_id bigint,
    personne_id bigint NOT NULL,
    rendez_vous_id bigint,
    secteur_id bigint,
    structure_id bigint,
    suite_id bigint,
    CONSTRAINT campagne_convoquee_avec_rendez_vous CHECK (((NOT ((etat)::text = 'convoquee'::text)) OR (rendez_vous_id IS NOT NULL))),
    CONSTRAINT campagne_refusee_avec_raison CHECK (((NOT ((etat)::text = 'refusee'::text)) OR (NOT ((refus)::text = ''::text)))),
    CONSTRAINT campagne_suite_autre_creneau CHECK (((suite_id IS NULL) OR (NOT ((suite_id = creneau_id) AND (suite_id IS NOT NULL) AND (creneau_id IS NOT NULL))))),
    CONSTRAINT rendezvous_campagneligne_rang_check CHECK ((rang >= 0))
);
ALTER TABLE public.rendezvous_campagneligne ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_campagneligne_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_creneau (
    id bigint NOT NULL,
    genre character varying(20) NOT NULL,
    modalite character varying(12) NOT NULL,
    langue character varying(40) NOT NULL,
    debut timestamp with time zone NOT NULL,
    fin timestamp with time zone NOT NULL,
    places smallint NOT NULL,
    surplus smallint NOT NULL,
    prises smallint NOT NULL,
    statut character varying(10) NOT NULL,
    motif_fermeture character varying(12) NOT NULL,
    agent_id bigint,
    structure_id bigint NOT NULL,
    lieu_id bigint,
    plage_id bigint,
    CONSTRAINT creneau_capacite CHECK (((prises >= 0) AND (prises <= (places + surplus)))),
    CONSTRAINT creneau_dates CHECK ((fin > debut)),
    CONSTRAINT creneau_ferme_avec_motif CHECK (((((motif_fermeture)::text = ''::text) AND ((statut)::text = 'ouvert'::text)) OR (((statut)::text = 'ferme'::text) AND (NOT ((motif_fermeture)::text = ''::text))))),
    CONSTRAINT creneau_une_personne_par_agent CHECK (((agent_id IS NULL) OR ((genre)::text = 'collectif'::text) OR (places = 1))),
    CONSTRAINT rendezvous_creneau_places_check CHECK ((places >= 0)),
    CONSTRAINT rendezvous_creneau_prises_check CHECK ((prises >= 0)),
    CONSTRAINT rendezvous_creneau_surplus_check CHECK ((surplus >= 0))
);
ALTER TABLE public.rendezvous_creneau ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_creneau_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_demanderappel (
    id bigint NOT NULL,
    moment character varying(14) NOT NULL,
    demandee_le timestamp with time zone NOT NULL,
    echeance date NOT NULL,
    traitee_le timestamp with time zone,
    personne_id bigint NOT NULL,
    rendez_vous_id bigint,
    structure_id bigint NOT NULL,
    traitee_par_id bigint,
    CONSTRAINT rappel_traite_par CHECK (((traitee_le IS NULL) OR (traitee_par_id IS NOT NULL)))
);
ALTER TABLE public.rendezvous_demanderappel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_demanderappel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_fermeture (
    id bigint NOT NULL,
    debut date NOT NULL,
    fin date NOT NULL,
    motif character varying(120) NOT NULL,
    structure_id bigint NOT NULL,
    lieu_id bigint,
    CONSTRAINT fermeture_dates CHECK ((fin > debut))
);
ALTER TABLE public.rendezvous_fermeture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_fermeture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_interprete (
    id bigint NOT NULL,
    langue character varying(40) NOT NULL,
    type character varying(20) NOT NULL,
    prestataire character varying(120) NOT NULL,
    cout numeric(8,2),
    statut character varying(12) NOT NULL,
    rendez_vous_id bigint NOT NULL,
    CONSTRAINT interprete_cout CHECK (((cout IS NULL) OR (cout >= (0)::numeric)))
);
ALTER TABLE public.rendezvous_interprete ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_interprete_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_lienpersonnel (
    id bigint NOT NULL,
    cree_le timestamp with time zone NOT NULL,
    expire_le timestamp with time zone NOT NULL,
    revoque_le timestamp with time zone,
    essais smallint NOT NULL,
    bloque_jusqua timestamp with time zone,
    ouvert_le timestamp with time zone,
    confirme_le timestamp with time zone,
    deplacements smallint NOT NULL,
    personne_id bigint NOT NULL,
    rendez_vous_id bigint,
    genre character varying(20) DEFAULT ''::character varying NOT NULL,
    modalite character varying(12) DEFAULT ''::character varying NOT NULL,
    structure_id bigint,
    CONSTRAINT lien_d_un_rendez_vous_ou_invitation CHECK (((rendez_vous_id IS NOT NULL) OR ((structure_id IS NOT NULL) AND (NOT ((genre)::text = ''::text)) AND (NOT ((modalite)::text = ''::text))))),
    CONSTRAINT lien_dates CHECK ((expire_le > cree_le)),
    CONSTRAINT rendezvous_lienpersonnel_deplacements_check CHECK ((deplacements >= 0)),
    CONSTRAINT rendezvous_lienpersonnel_essais_check CHECK ((essais >= 0))
);
ALTER TABLE public.rendezvous_lienpersonnel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_lienpersonnel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_lieu (
    id bigint NOT NULL,
    nom character varying(120) NOT NULL,
    adresse character varying(200) NOT NULL,
    code_postal character varying(5) NOT NULL,
    accessible boolean NOT NULL,
    actif boolean NOT NULL,
    commune_id character varying(5),
    structure_id bigint NOT NULL
);
ALTER TABLE public.rendezvous_lieu ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_lieu_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_plage (
    id bigint NOT NULL,
    genre character varying(20) NOT NULL,
    modalite character varying(12) NOT NULL,
    langue character varying(40) NOT NULL,
    jour_semaine smallint NOT NULL,
    de time without time zone NOT NULL,
    a time without time zone NOT NULL,
    duree_minutes smallint NOT NULL,
    places smallint NOT NULL,
    toutes_les smallint NOT NULL,
    debut date NOT NULL,
    fin date,
    agent_id bigint,
    lieu_id bigint,
    structure_id bigint NOT NULL,
    CONSTRAINT plage_dates CHECK (((fin IS NULL) OR (fin > debut))),
    CONSTRAINT plage_heures CHECK ((a > de)),
    CONSTRAINT plage_rythme CHECK (((jour_semaine <= 6) AND ((toutes_les >= 1) AND (toutes_les <= 12)))),
    CONSTRAINT plage_taille CHECK ((((duree_minutes >= 5) AND (duree_minutes <= 480)) AND ((places >= 1) AND (places <= 300)))),
    CONSTRAINT plage_une_personne_par_agent CHECK (((agent_id IS NULL) OR ((genre)::text = 'collectif'::text) OR (places = 1))),
    CONSTRAINT rendezvous_plage_duree_minutes_check CHECK ((duree_minutes >= 0)),
    CONSTRAINT rendezvous_plage_jour_semaine_check CHECK ((jour_semaine >= 0)),
    CONSTRAINT rendezvous_plage_places_check CHECK ((places >= 0)),
    CONSTRAINT rendezvous_plage_toutes_les_check CHECK ((toutes_les >= 0))
);
ALTER TABLE public.rendezvous_plage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_plage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_rendezvous (
    id bigint NOT NULL,
    genre character varying(20) NOT NULL,
    modalite character varying(12) NOT NULL,
    lieu character varying(200) NOT NULL,
    debut timestamp with time zone NOT NULL,
    fin timestamp with time zone NOT NULL,
    statut character varying(20) NOT NULL,
    interprete character varying(40) NOT NULL,
    version integer NOT NULL,
    agent_id bigint,
    personne_id bigint NOT NULL,
    structure_id bigint NOT NULL,
    creneau_id bigint,
    suite_id bigint,
    arrive_le timestamp with time zone,
    motif_excuse character varying(20) DEFAULT ''::character varying NOT NULL,
    parti_le timestamp with time zone,
    recu_le timestamp with time zone,
    retard_annonce smallint,
    venue character varying(20) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT rdv_dates CHECK ((fin > debut)),
    CONSTRAINT rdv_motif_d_une_excuse CHECK ((((motif_excuse)::text = ''::text) OR ((statut)::text = 'excuse'::text))),
    CONSTRAINT rdv_recue_apres_arrivee CHECK (((recu_le IS NULL) OR (arrive_le IS NULL) OR (recu_le >= arrive_le))),
    CONSTRAINT rendezvous_rendezvous_retard_annonce_check CHECK ((retard_annonce >= 0)),
    CONSTRAINT rendezvous_rendezvous_version_check CHECK ((version >= 0))
);
ALTER TABLE public.rendezvous_rendezvous ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_rendezvous_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rendezvous_surreservation (
    id bigint NOT NULL,
    genre character varying(20) NOT NULL,
    plafond smallint NOT NULL,
    fixe_le timestamp with time zone NOT NULL,
    venues integer NOT NULL,
    absences integer NOT NULL,
    observe_du date,
    observe_au date,
    fixe_par_id bigint NOT NULL,
    structure_id bigint NOT NULL,
    CONSTRAINT rendezvous_surreservation_absences_check CHECK ((absences >= 0)),
    CONSTRAINT rendezvous_surreservation_plafond_check CHECK ((plafond >= 0)),
    CONSTRAINT rendezvous_surreservation_venues_check CHECK ((venues >= 0)),
    CONSTRAINT surreservation_plafond CHECK ((plafond <= 50))
);
ALTER TABLE public.rendezvous_surreservation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rendezvous_surreservation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_accompagnementglobal (
    id bigint NOT NULL,
    coreferent_nom character varying(80) NOT NULL,
    sans_rsa boolean NOT NULL,
    debut date NOT NULL,
    fin date,
    issue character varying(20) NOT NULL,
    ouvert_le timestamp with time zone NOT NULL,
    clos_par_id bigint,
    coreferent_id bigint,
    coreferent_structure_id bigint NOT NULL,
    ouvert_par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    referent_id bigint,
    structure_id bigint NOT NULL,
    CONSTRAINT global_issue CHECK ((((fin IS NULL) AND ((issue)::text = ''::text)) OR ((fin >= debut) AND (NOT ((issue)::text = ''::text)))))
);
ALTER TABLE public.suivi_accompagnementglobal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_accompagnementglobal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_contactsuivi (
    id bigint NOT NULL,
    genre character varying(20) NOT NULL,
    resultat character varying(20) NOT NULL,
    le timestamp with time zone NOT NULL,
    prochain_le date,
    note text NOT NULL,
    par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    annule_le timestamp with time zone
);
ALTER TABLE public.suivi_contactsuivi ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_contactsuivi_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_decisionentretien (
    id bigint NOT NULL,
    quoi character varying(200) NOT NULL,
    qui character varying(10) NOT NULL,
    avant_le date,
    faite_le date,
    entretien_id bigint NOT NULL
);
ALTER TABLE public.suivi_decisionentretien ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_decisionentretien_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_document (
    id bigint NOT NULL,
    genre character varying(20) NOT NULL,
    titre character varying(120) NOT NULL,
    fichier character varying(40) NOT NULL,
    format character varying(10) NOT NULL,
    taille integer NOT NULL,
    empreinte bytea NOT NULL,
    "analyse" character varying(15) NOT NULL,
    analyse_le timestamp with time zone,
    depose_le timestamp with time zone NOT NULL,
    conserver_jusquau date NOT NULL,
    efface_le timestamp with time zone,
    depose_par_id bigint NOT NULL,
    efface_par_id bigint,
    personne_id bigint NOT NULL,
    structure_id bigint,
    CONSTRAINT suivi_document_taille_check CHECK ((taille >= 0))
);
ALTER TABLE public.suivi_document ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_entretiensuivi (
    id bigint NOT NULL,
    debut timestamp with time zone NOT NULL,
    modalite character varying(20) NOT NULL,
    ordre_du_jour jsonb NOT NULL,
    theme character varying(20) NOT NULL,
    texte text NOT NULL,
    detail text NOT NULL,
    decisions jsonb NOT NULL,
    prochain_le date,
    brouillon boolean NOT NULL,
    ecrit_le timestamp with time zone NOT NULL,
    version integer NOT NULL,
    seance uuid,
    commun uuid,
    contact_id bigint,
    par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    rendez_vous_id bigint,
    structure_id bigint,
    CONSTRAINT suivi_entretiensuivi_version_check CHECK ((version >= 0))
);
ALTER TABLE public.suivi_entretiensuivi ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_entretiensuivi_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_informationpartenaire (
    id bigint NOT NULL,
    au date NOT NULL,
    contrat_le date,
    contrat_partiel character varying(7) NOT NULL,
    contrat_au date,
    dernier_contact_le date,
    dernier_contact_partiel character varying(7) NOT NULL,
    prochain_contact_le date,
    contact_au date,
    prochain_au date,
    referent character varying(80) NOT NULL,
    referent_structure character varying(120) NOT NULL,
    referent_au date,
    appliquee boolean NOT NULL,
    recue_le date NOT NULL,
    fichier bigint,
    notee_le timestamp with time zone NOT NULL,
    par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    structure_id bigint NOT NULL
);
ALTER TABLE public.suivi_informationpartenaire ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_informationpartenaire_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_note (
    id bigint NOT NULL,
    ecrite_le timestamp with time zone NOT NULL,
    theme character varying(20) NOT NULL,
    texte text NOT NULL,
    detail text NOT NULL,
    entretien_id bigint,
    par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    remplace_id bigint,
    structure_id bigint,
    CONSTRAINT note_non_vide CHECK ((NOT ((detail = ''::text) AND (texte = ''::text))))
);
ALTER TABLE public.suivi_note ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_note_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_objectifglobal (
    id bigint NOT NULL,
    annee smallint NOT NULL,
    entrees integer NOT NULL,
    en_cours integer NOT NULL,
    sans_rsa integer NOT NULL,
    part_emploi numeric(4,1) NOT NULL,
    fixe_le timestamp with time zone NOT NULL,
    fixe_par_id bigint NOT NULL,
    CONSTRAINT suivi_objectifglobal_annee_check CHECK ((annee >= 0)),
    CONSTRAINT suivi_objectifglobal_en_cours_check CHECK ((en_cours >= 0)),
    CONSTRAINT suivi_objectifglobal_entrees_check CHECK ((entrees >= 0)),
    CONSTRAINT suivi_objectifglobal_sans_rsa_check CHECK ((sans_rsa >= 0))
);
ALTER TABLE public.suivi_objectifglobal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_objectifglobal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_piecevue (
    id bigint NOT NULL,
    nature character varying(20) NOT NULL,
    vue_le date NOT NULL,
    expire_le date,
    close_le date,
    personne_id bigint NOT NULL,
    structure_id bigint,
    vue_par_id bigint NOT NULL
);
ALTER TABLE public.suivi_piecevue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_piecevue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_pointsituation (
    id bigint NOT NULL,
    etat character varying(40) NOT NULL,
    constat character varying(30) NOT NULL,
    termine boolean NOT NULL,
    fait_le timestamp with time zone NOT NULL,
    revue_le date,
    debut_le date,
    fin_le date,
    date_cle date,
    heures numeric(4,1),
    horaires character varying(120) NOT NULL,
    trimestre date,
    chiffre_affaires numeric(9,2),
    annule_le timestamp with time zone,
    par_id bigint NOT NULL,
    personne_id bigint NOT NULL,
    CONSTRAINT point_chiffre_daffaires CHECK (((chiffre_affaires IS NULL) OR (trimestre IS NOT NULL)))
);
ALTER TABLE public.suivi_pointsituation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_pointsituation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_reclamation (
    id bigint NOT NULL,
    genre character varying(15) NOT NULL,
    objet character varying(20) NOT NULL,
    canal character varying(12) NOT NULL,
    parole text NOT NULL,
    recue_le date NOT NULL,
    repondre_avant date NOT NULL,
    saisie_le timestamp with time zone NOT NULL,
    issue character varying(15) NOT NULL,
    reponse text NOT NULL,
    repondue_le date,
    personne_id bigint NOT NULL,
    repondue_par_id bigint,
    saisie_par_id bigint NOT NULL,
    structure_id bigint
);
ALTER TABLE public.suivi_reclamation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_reclamation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.suivi_revueconjointe (
    id bigint NOT NULL,
    tenue_le date NOT NULL,
    conseiller character varying(80) NOT NULL,
    personne_presente boolean NOT NULL,
    resultat character varying(20) NOT NULL,
    motif text NOT NULL,
    revision_le date,
    prolonge boolean NOT NULL,
    le timestamp with time zone NOT NULL,
    annule_le timestamp with time zone,
    demande_id bigint,
    operateur_id bigint NOT NULL,
    par_id bigint NOT NULL,
    personne_id bigint NOT NULL
);
ALTER TABLE public.suivi_revueconjointe ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suivi_revueconjointe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.territoires_commune (
    code_insee character varying(5) NOT NULL,
    nom character varying(100) NOT NULL,
    departement character varying(3) NOT NULL,
    codes_postaux character varying(5)[] NOT NULL,
    population integer,
    latitude double precision,
    longitude double precision,
    ept_id character varying(9),
    CONSTRAINT commune_code_insee CHECK (((code_insee)::text ~ '^[0-9][0-9AB][0-9]{3}$'::text)),
    CONSTRAINT commune_coordonnees CHECK ((((latitude IS NULL) AND (longitude IS NULL)) OR ((latitude IS NOT NULL) AND ((latitude >= ('-90.0'::numeric)::double precision) AND (latitude <= (90.0)::double precision)) AND (longitude IS NOT NULL) AND ((longitude >= ('-180.0'::numeric)::double precision) AND (longitude <= (180.0)::double precision))))),
    CONSTRAINT territoires_commune_population_check CHECK ((population >= 0))
);
CREATE TABLE public.territoires_ept (
    code character varying(9) NOT NULL,
    nom character varying(100) NOT NULL
);
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organismes_affectation
    ADD CONSTRAINT affectation_sans_chevauchement EXCLUDE USING gist (agent_id WITH =, structure_id WITH =, role WITH =, daterange(debut, fin) WITH &&);
ALTER TABLE ONLY public.personnes_appartenance
    ADD CONSTRAINT appartenance_sans_chevauchement EXCLUDE USING gist (personne_id WITH =, foyer_id WITH =, daterange(debut, fin) WITH &&);
ALTER TABLE ONLY public.orientation_arretecriteres
    ADD CONSTRAINT arrete_sans_chevauchement EXCLUDE USING gist (daterange(debut, fin) WITH &&) WHERE (((statut)::text = 'actif'::text));
ALTER TABLE ONLY public.fichiers_fichierattendu
    ADD CONSTRAINT attendu_unique UNIQUE NULLS NOT DISTINCT (type, organisme_id, emetteur_id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_bilan
    ADD CONSTRAINT bilan_version_unique UNIQUE (annee, version);
ALTER TABLE ONLY public.cache_partage
    ADD CONSTRAINT cache_partage_pkey PRIMARY KEY (cache_key);
ALTER TABLE ONLY public.caf_contenufichier
    ADD CONSTRAINT caf_contenufichier_pkey PRIMARY KEY (fichier_id);
ALTER TABLE ONLY public.caf_evenementfoyer
    ADD CONSTRAINT caf_evenementfoyer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fichiers_fichierrecu
    ADD CONSTRAINT caf_fichierrecu_empreinte_key UNIQUE (empreinte);
ALTER TABLE ONLY public.fichiers_fichierrecu
    ADD CONSTRAINT caf_fichierrecu_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fichiers_elementrejete
    ADD CONSTRAINT caf_foyerrejete_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_campagneligne
    ADD CONSTRAINT campagne_une_fois_par_personne UNIQUE (campagne_id, personne_id);
ALTER TABLE ONLY public.pilotage_cohortegardee
    ADD CONSTRAINT cohorte_nom_unique UNIQUE (par_id, nom);
ALTER TABLE ONLY public.devoirs_collegeep
    ADD CONSTRAINT college_ep_unique UNIQUE (reglement_id, genre);
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrat_ancien_sans_chevauchement EXCLUDE USING gist (personne_id WITH =, genre WITH =, daterange(debut, fin) WITH &&) WHERE ((debut < '2025-01-01'::date));
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrat_sans_chevauchement EXCLUDE USING gist (personne_id WITH =, daterange(debut, fin) WITH &&) WHERE ((debut >= '2025-01-01'::date));
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrats_contrat_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contrats_engagement
    ADD CONSTRAINT contrats_engagement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contrats_etapecircuit
    ADD CONSTRAINT contrats_etapecircuit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contrats_heuresrealisees
    ADD CONSTRAINT contrats_heuresrealisees_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contrats_lotcontrats
    ADD CONSTRAINT contrats_lotcontrats_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contrats_objectif
    ADD CONSTRAINT contrats_objectif_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contrats_passagecircuit
    ADD CONSTRAINT contrats_passagecircuit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contrats_piecesignee
    ADD CONSTRAINT contrats_piecesignee_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contrats_preuvesignature
    ADD CONSTRAINT contrats_preuvesignature_piece_id_key UNIQUE (piece_id);
ALTER TABLE ONLY public.contrats_preuvesignature
    ADD CONSTRAINT contrats_preuvesignature_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.contrats_versioncontrat
    ADD CONSTRAINT contrats_versioncontrat_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_controlealeatoire
    ADD CONSTRAINT controle_une_fois_par_tirage UNIQUE (tirage_id, personne_id);
ALTER TABLE ONLY public.partenaires_correspondance
    ADD CONSTRAINT correspondance_version UNIQUE (nom, version);
ALTER TABLE ONLY public.courriers_acheminement
    ADD CONSTRAINT courriers_acheminement_courrier_id_key UNIQUE (courrier_id);
ALTER TABLE ONLY public.courriers_acheminement
    ADD CONSTRAINT courriers_acheminement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.courriers_courrier
    ADD CONSTRAINT courriers_courrier_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.courriers_lotimpression
    ADD CONSTRAINT courriers_lotimpression_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.courriers_modelecourrier
    ADD CONSTRAINT courriers_modelecourrier_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.courriers_plidelot
    ADD CONSTRAINT courriers_plidelot_courrier_id_key UNIQUE (courrier_id);
ALTER TABLE ONLY public.courriers_plidelot
    ADD CONSTRAINT courriers_plidelot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.courriers_preferencecontact
    ADD CONSTRAINT courriers_preferencecontact_personne_id_key UNIQUE (personne_id);
ALTER TABLE ONLY public.courriers_preferencecontact
    ADD CONSTRAINT courriers_preferencecontact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.courriers_suiviremise
    ADD CONSTRAINT courriers_suiviremise_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_creneau
    ADD CONSTRAINT creneau_agent_disponible EXCLUDE USING gist (agent_id WITH =, tstzrange(debut, fin) WITH &&) WHERE (((agent_id IS NOT NULL) AND ((statut)::text = 'ouvert'::text)));
ALTER TABLE ONLY public.rendezvous_creneau
    ADD CONSTRAINT creneau_une_fois_par_plage UNIQUE (plage_id, debut);
ALTER TABLE ONLY public.orientation_detaildiagnostic
    ADD CONSTRAINT detail_diagnostic_unique UNIQUE (diagnostic_id, par_id);
ALTER TABLE ONLY public.devoirs_acteseance
    ADD CONSTRAINT devoirs_acteseance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_avisep
    ADD CONSTRAINT devoirs_avisep_passage_id_key UNIQUE (passage_id);
ALTER TABLE ONLY public.devoirs_avisep
    ADD CONSTRAINT devoirs_avisep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_collegeep
    ADD CONSTRAINT devoirs_collegeep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_controlealeatoire
    ADD CONSTRAINT devoirs_controlealeatoire_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_dissentimentep
    ADD CONSTRAINT devoirs_dissentimentep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_droitsverifies
    ADD CONSTRAINT devoirs_droitsverifies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_echocaisse
    ADD CONSTRAINT devoirs_echocaisse_mesure_id_key UNIQUE (mesure_id);
ALTER TABLE ONLY public.devoirs_echocaisse
    ADD CONSTRAINT devoirs_echocaisse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_examenmotif
    ADD CONSTRAINT devoirs_examenmotif_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_fluxconventionne
    ADD CONSTRAINT devoirs_fluxconventionne_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_lignecaisse
    ADD CONSTRAINT devoirs_lignecaisse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_listecaisse
    ADD CONSTRAINT devoirs_listecaisse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_manquement
    ADD CONSTRAINT devoirs_manquement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_membreep
    ADD CONSTRAINT devoirs_membreep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_mesuredecidee
    ADD CONSTRAINT devoirs_mesuredecidee_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_observation
    ADD CONSTRAINT devoirs_observation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_participationep
    ADD CONSTRAINT devoirs_participationep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_passageep
    ADD CONSTRAINT devoirs_passageep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_procedure
    ADD CONSTRAINT devoirs_procedure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_procesverbal
    ADD CONSTRAINT devoirs_procesverbal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_procesverbal
    ADD CONSTRAINT devoirs_procesverbal_seance_id_key UNIQUE (seance_id);
ALTER TABLE ONLY public.devoirs_projetdecision
    ADD CONSTRAINT devoirs_projetdecision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_projetdecision
    ADD CONSTRAINT devoirs_projetdecision_procedure_id_key UNIQUE (procedure_id);
ALTER TABLE ONLY public.devoirs_recours
    ADD CONSTRAINT devoirs_recours_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_reglementep
    ADD CONSTRAINT devoirs_reglementep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_reglementep
    ADD CONSTRAINT devoirs_reglementep_version_key UNIQUE (version);
ALTER TABLE ONLY public.devoirs_retraitmembre
    ADD CONSTRAINT devoirs_retraitmembre_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_seanceep
    ADD CONSTRAINT devoirs_seanceep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_tiragecontrole
    ADD CONSTRAINT devoirs_tiragecontrole_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_dissentimentep
    ADD CONSTRAINT dissentiment_ep_unique UNIQUE (avis_id, membre_id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.personnes_droitfoyer
    ADD CONSTRAINT droit_foyer_sans_chevauchement EXCLUDE USING gist (foyer_id WITH =, daterange(debut, fin) WITH &&);
ALTER TABLE ONLY public.personnes_droitpersonne
    ADD CONSTRAINT droit_personne_sans_chevauchement EXCLUDE USING gist (personne_id WITH =, foyer_id WITH =, daterange(debut, fin) WITH &&);
ALTER TABLE ONLY public.pilotage_edition
    ADD CONSTRAINT edition_unique UNIQUE (genre, empreinte);
ALTER TABLE ONLY public.pilotage_envoivue
    ADD CONSTRAINT envoi_une_fois_par_jour UNIQUE (abonnement_id, jour);
ALTER TABLE ONLY public.contrats_etapecircuit
    ADD CONSTRAINT etape_circuit_rang UNIQUE (structure_id, rang);
ALTER TABLE ONLY public.parcours_etape
    ADD CONSTRAINT etape_de_la_personne UNIQUE (id, personne_id);
ALTER TABLE ONLY public.pilotage_etude
    ADD CONSTRAINT etude_unique UNIQUE (genre, empreinte);
ALTER TABLE ONLY public.caf_evenementfoyer
    ADD CONSTRAINT evenement_foyer_unique UNIQUE NULLS NOT DISTINCT (foyer_id, liquide_le, heure, fait);
ALTER TABLE ONLY public.orientation_experienceemploi
    ADD CONSTRAINT experience_emploi_rang UNIQUE (diagnostic_id, rang);
ALTER TABLE ONLY public.fichiers_fichierattendu
    ADD CONSTRAINT fichiers_fichierattendu_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fichiers_lectureelement
    ADD CONSTRAINT fichiers_lectureelement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fichiers_rejeu
    ADD CONSTRAINT fichiers_rejeu_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fichiers_relancefichier
    ADD CONSTRAINT fichiers_relancefichier_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_fluxconventionne
    ADD CONSTRAINT flux_conventionne_unique UNIQUE (organisme_id, convention_id);
ALTER TABLE ONLY public.personnes_foyer
    ADD CONSTRAINT foyer_unique UNIQUE NULLS NOT DISTINCT (organisme_id, numdemrsa, matricule);
ALTER TABLE ONLY public.suivi_informationpartenaire
    ADD CONSTRAINT information_partenaire_unique UNIQUE (personne_id, structure_id);
ALTER TABLE ONLY public.orientation_itemmetierrome
    ADD CONSTRAINT item_metier_rome_unique UNIQUE (metier_id, code_ogr);
ALTER TABLE ONLY public.personnes_lienagent
    ADD CONSTRAINT lien_agent_unique UNIQUE (personne_id, agent_id);
ALTER TABLE ONLY public.rendezvous_lieu
    ADD CONSTRAINT lieu_un_nom UNIQUE (structure_id, nom);
ALTER TABLE ONLY public.orientation_ligneaffectation
    ADD CONSTRAINT ligne_affectation_unique UNIQUE (proposition_id, personne_id);
ALTER TABLE ONLY public.devoirs_listecaisse
    ADD CONSTRAINT liste_caisse_unique UNIQUE (organisme_id, mois, numero);
ALTER TABLE ONLY public.devoirs_membreep
    ADD CONSTRAINT membre_ep_un_siege EXCLUDE USING gist (agent_id WITH =, daterange(debut, fin) WITH &&);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_mobiliterome
    ADD CONSTRAINT mobilite_rome_unique UNIQUE (metier_id, cible_id);
ALTER TABLE ONLY public.courriers_modelecourrier
    ADD CONSTRAINT modele_version_unique UNIQUE (genre, canal, langue, version);
ALTER TABLE ONLY public.organismes_absenceagent
    ADD CONSTRAINT organismes_absenceagent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organismes_affectation
    ADD CONSTRAINT organismes_affectation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organismes_agent
    ADD CONSTRAINT organismes_agent_courriel_key UNIQUE (courriel);
ALTER TABLE ONLY public.organismes_agent
    ADD CONSTRAINT organismes_agent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organismes_convention
    ADD CONSTRAINT organismes_convention_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organismes_convention
    ADD CONSTRAINT organismes_convention_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.organismes_reglesecteur
    ADD CONSTRAINT organismes_reglesecteur_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organismes_structure
    ADD CONSTRAINT organismes_structure_code_key UNIQUE (code);
ALTER TABLE ONLY public.organismes_structure
    ADD CONSTRAINT organismes_structure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organismes_suppleance
    ADD CONSTRAINT organismes_suppleance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_actearrete
    ADD CONSTRAINT orientation_actearrete_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_appellationrome
    ADD CONSTRAINT orientation_appellationrome_pkey PRIMARY KEY (code_ogr);
ALTER TABLE ONLY public.orientation_arretecriteres
    ADD CONSTRAINT orientation_arretecriteres_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_besoinaccueil
    ADD CONSTRAINT orientation_besoinaccueil_personne_id_key UNIQUE (personne_id);
ALTER TABLE ONLY public.orientation_besoinaccueil
    ADD CONSTRAINT orientation_besoinaccueil_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_constat
    ADD CONSTRAINT orientation_constat_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_demandechangement
    ADD CONSTRAINT orientation_demandechangement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_demandeexplication
    ADD CONSTRAINT orientation_demandeexplication_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_demandereorientation
    ADD CONSTRAINT orientation_demandereorientation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_detaildiagnostic
    ADD CONSTRAINT orientation_detaildiagnostic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_diagnostic
    ADD CONSTRAINT orientation_diagnostic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_diagnostic
    ADD CONSTRAINT orientation_diagnostic_remplace_id_key UNIQUE (remplace_id);
ALTER TABLE ONLY public.orientation_domainerome
    ADD CONSTRAINT orientation_domainerome_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.orientation_experienceemploi
    ADD CONSTRAINT orientation_experienceemploi_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_itemmetierrome
    ADD CONSTRAINT orientation_itemmetierrome_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_itemrome
    ADD CONSTRAINT orientation_itemrome_pkey PRIMARY KEY (code_ogr);
ALTER TABLE ONLY public.orientation_ligneaffectation
    ADD CONSTRAINT orientation_ligneaffectation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_metierrome
    ADD CONSTRAINT orientation_metierrome_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.orientation_mobiliterome
    ADD CONSTRAINT orientation_mobiliterome_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_orientation
    ADD CONSTRAINT orientation_orientation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_projetemploi
    ADD CONSTRAINT orientation_projetemploi_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_propositionaffectation
    ADD CONSTRAINT orientation_propositionaffectation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_reglagereferent
    ADD CONSTRAINT orientation_reglagereferent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_reglagestructure
    ADD CONSTRAINT orientation_reglagestructure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_reglagestructure
    ADD CONSTRAINT orientation_reglagestructure_structure_id_key UNIQUE (structure_id);
ALTER TABLE ONLY public.orientation_relais
    ADD CONSTRAINT orientation_relais_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_orientation
    ADD CONSTRAINT orientation_sans_chevauchement EXCLUDE USING gist (personne_id WITH =, daterange(debut, fin) WITH &&);
ALTER TABLE ONLY public.orientation_versiondiagnostic
    ADD CONSTRAINT orientation_versiondiagnostic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_versionrome
    ADD CONSTRAINT orientation_versionrome_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parcours_echeance
    ADD CONSTRAINT parcours_echeance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parcours_etape
    ADD CONSTRAINT parcours_etape_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parcours_evenement
    ADD CONSTRAINT parcours_evenement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parcours_situation
    ADD CONSTRAINT parcours_situation_etape_id_key UNIQUE (etape_id);
ALTER TABLE ONLY public.parcours_situation
    ADD CONSTRAINT parcours_situation_pkey PRIMARY KEY (personne_id);
ALTER TABLE ONLY public.partenaires_correspondance
    ADD CONSTRAINT partenaires_correspondance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.partenaires_correspondance
    ADD CONSTRAINT partenaires_correspondance_precedente_id_key UNIQUE (precedente_id);
ALTER TABLE ONLY public.partenaires_usage
    ADD CONSTRAINT partenaires_usage_pkey PRIMARY KEY (fichier_id);
ALTER TABLE ONLY public.participation_accesespace
    ADD CONSTRAINT participation_accesespace_personne_id_key UNIQUE (personne_id);
ALTER TABLE ONLY public.participation_accesespace
    ADD CONSTRAINT participation_accesespace_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.participation_codeunique
    ADD CONSTRAINT participation_codeunique_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_participationep
    ADD CONSTRAINT participation_ep_unique UNIQUE (seance_id, membre_id);
ALTER TABLE ONLY public.pilotage_participation
    ADD CONSTRAINT participation_unique UNIQUE (experience_id, personne_id);
ALTER TABLE ONLY public.devoirs_passageep
    ADD CONSTRAINT passage_ep_code UNIQUE (seance_id, code);
ALTER TABLE ONLY public.personnes_adresse
    ADD CONSTRAINT personnes_adresse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_appartenance
    ADD CONSTRAINT personnes_appartenance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_arbitrage
    ADD CONSTRAINT personnes_arbitrage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_contact
    ADD CONSTRAINT personnes_contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_contactpropose
    ADD CONSTRAINT personnes_contactpropose_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_droitfoyer
    ADD CONSTRAINT personnes_droitfoyer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_droitpersonne
    ADD CONSTRAINT personnes_droitpersonne_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_foyer
    ADD CONSTRAINT personnes_foyer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_fusion
    ADD CONSTRAINT personnes_fusion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_identifiant
    ADD CONSTRAINT personnes_identifiant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_lecteursensible
    ADD CONSTRAINT personnes_lecteursensible_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_lecture
    ADD CONSTRAINT personnes_lecture_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_lienagent
    ADD CONSTRAINT personnes_lienagent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_organismepayeur
    ADD CONSTRAINT personnes_organismepayeur_code_key UNIQUE (code);
ALTER TABLE ONLY public.personnes_organismepayeur
    ADD CONSTRAINT personnes_organismepayeur_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_ouverturedroit
    ADD CONSTRAINT personnes_ouverturedroit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_personne
    ADD CONSTRAINT personnes_personne_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_personneevent
    ADD CONSTRAINT personnes_personneevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.personnes_rattachement
    ADD CONSTRAINT personnes_rattachement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.personnes_representant
    ADD CONSTRAINT personnes_representant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pghistory_context
    ADD CONSTRAINT pghistory_context_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_abonnementvue
    ADD CONSTRAINT pilotage_abonnementvue_jeton_key UNIQUE (jeton);
ALTER TABLE ONLY public.pilotage_abonnementvue
    ADD CONSTRAINT pilotage_abonnementvue_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_accordbilan
    ADD CONSTRAINT pilotage_accordbilan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_bilan
    ADD CONSTRAINT pilotage_bilan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_calcul
    ADD CONSTRAINT pilotage_calcul_au_key UNIQUE (au);
ALTER TABLE ONLY public.pilotage_calcul
    ADD CONSTRAINT pilotage_calcul_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_changement
    ADD CONSTRAINT pilotage_changement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_cible
    ADD CONSTRAINT pilotage_cible_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_cohortegardee
    ADD CONSTRAINT pilotage_cohortegardee_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_edition
    ADD CONSTRAINT pilotage_edition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_envoivue
    ADD CONSTRAINT pilotage_envoivue_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_etude
    ADD CONSTRAINT pilotage_etude_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_experience
    ADD CONSTRAINT pilotage_experience_code_key UNIQUE (code);
ALTER TABLE ONLY public.pilotage_experience
    ADD CONSTRAINT pilotage_experience_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_exportcohorte
    ADD CONSTRAINT pilotage_exportcohorte_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_instantane
    ADD CONSTRAINT pilotage_instantane_libelle_key UNIQUE (libelle);
ALTER TABLE ONLY public.pilotage_instantane
    ADD CONSTRAINT pilotage_instantane_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_mentionexperience
    ADD CONSTRAINT pilotage_mentionexperience_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_notebilan
    ADD CONSTRAINT pilotage_notebilan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_ordrealeatoire
    ADD CONSTRAINT pilotage_ordrealeatoire_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_participation
    ADD CONSTRAINT pilotage_participation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_valeurcalculee
    ADD CONSTRAINT pilotage_valeurcalculee_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_valeurpubliee
    ADD CONSTRAINT pilotage_valeurpubliee_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pilotage_vuegardee
    ADD CONSTRAINT pilotage_vuegardee_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.courriers_plidelot
    ADD CONSTRAINT pli_rang_unique UNIQUE (lot_id, rang);
ALTER TABLE ONLY public.prestations_droitexamine
    ADD CONSTRAINT prestations_droitexamine_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.prestations_simulation
    ADD CONSTRAINT prestations_simulation_empreinte_key UNIQUE (empreinte);
ALTER TABLE ONLY public.prestations_simulation
    ADD CONSTRAINT prestations_simulation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orientation_projetemploi
    ADD CONSTRAINT projet_emploi_rang UNIQUE (diagnostic_id, rang);
ALTER TABLE ONLY public.personnes_rattachement
    ADD CONSTRAINT rattachement_un_organisme_referent EXCLUDE USING gist (personne_id WITH =, daterange(debut, fin) WITH &&) WHERE (((finalite)::text = 'referent'::text));
ALTER TABLE ONLY public.rendezvous_rendezvous
    ADD CONSTRAINT rdv_agent_disponible EXCLUDE USING gist (agent_id WITH =, tstzrange(debut, fin) WITH &&) WHERE (((agent_id IS NOT NULL) AND (creneau_id IS NULL) AND ((statut)::text = 'prevu'::text) AND (NOT ((genre)::text = 'collectif'::text))));
ALTER TABLE ONLY public.rendezvous_rendezvous
    ADD CONSTRAINT rdv_personne_disponible EXCLUDE USING gist (personne_id WITH =, tstzrange(debut, fin) WITH &&) WHERE (((statut)::text = 'prevu'::text));
ALTER TABLE ONLY public.orientation_reglagereferent
    ADD CONSTRAINT reglage_referent_unique UNIQUE (agent_id, structure_id);
ALTER TABLE ONLY public.organismes_reglesecteur
    ADD CONSTRAINT regle_secteur_une_structure_par_public EXCLUDE USING gist (commune_id WITH =, public WITH =, daterange(debut, fin) WITH &&);
ALTER TABLE ONLY public.devoirs_reglementep
    ADD CONSTRAINT reglement_ep_un_en_vigueur EXCLUDE USING gist (daterange(debut, fin) WITH &&) WHERE (((statut)::text = 'adopte'::text));
ALTER TABLE ONLY public.rendezvous_abonnementagenda
    ADD CONSTRAINT rendezvous_abonnementagenda_empreinte_key UNIQUE (empreinte);
ALTER TABLE ONLY public.rendezvous_abonnementagenda
    ADD CONSTRAINT rendezvous_abonnementagenda_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_attente
    ADD CONSTRAINT rendezvous_attente_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_campagne
    ADD CONSTRAINT rendezvous_campagne_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_campagneligne
    ADD CONSTRAINT rendezvous_campagneligne_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_creneau
    ADD CONSTRAINT rendezvous_creneau_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_demanderappel
    ADD CONSTRAINT rendezvous_demanderappel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_fermeture
    ADD CONSTRAINT rendezvous_fermeture_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_interprete
    ADD CONSTRAINT rendezvous_interprete_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_interprete
    ADD CONSTRAINT rendezvous_interprete_rendez_vous_id_key UNIQUE (rendez_vous_id);
ALTER TABLE ONLY public.rendezvous_lienpersonnel
    ADD CONSTRAINT rendezvous_lienpersonnel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_lienpersonnel
    ADD CONSTRAINT rendezvous_lienpersonnel_rendez_vous_id_key UNIQUE (rendez_vous_id);
ALTER TABLE ONLY public.rendezvous_lieu
    ADD CONSTRAINT rendezvous_lieu_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_plage
    ADD CONSTRAINT rendezvous_plage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_rendezvous
    ADD CONSTRAINT rendezvous_rendezvous_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rendezvous_surreservation
    ADD CONSTRAINT rendezvous_surreservation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devoirs_retraitmembre
    ADD CONSTRAINT retrait_membre_unique UNIQUE (passage_id, membre_id);
ALTER TABLE ONLY public.suivi_accompagnementglobal
    ADD CONSTRAINT suivi_accompagnementglobal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_contactsuivi
    ADD CONSTRAINT suivi_contactsuivi_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_decisionentretien
    ADD CONSTRAINT suivi_decisionentretien_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_document
    ADD CONSTRAINT suivi_document_fichier_key UNIQUE (fichier);
ALTER TABLE ONLY public.suivi_document
    ADD CONSTRAINT suivi_document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_entretiensuivi
    ADD CONSTRAINT suivi_entretiensuivi_contact_id_key UNIQUE (contact_id);
ALTER TABLE ONLY public.suivi_entretiensuivi
    ADD CONSTRAINT suivi_entretiensuivi_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_informationpartenaire
    ADD CONSTRAINT suivi_informationpartenaire_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_note
    ADD CONSTRAINT suivi_note_entretien_id_key UNIQUE (entretien_id);
ALTER TABLE ONLY public.suivi_note
    ADD CONSTRAINT suivi_note_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_note
    ADD CONSTRAINT suivi_note_remplace_id_key UNIQUE (remplace_id);
ALTER TABLE ONLY public.suivi_objectifglobal
    ADD CONSTRAINT suivi_objectifglobal_annee_key UNIQUE (annee);
ALTER TABLE ONLY public.suivi_objectifglobal
    ADD CONSTRAINT suivi_objectifglobal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_piecevue
    ADD CONSTRAINT suivi_piecevue_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_pointsituation
    ADD CONSTRAINT suivi_pointsituation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_reclamation
    ADD CONSTRAINT suivi_reclamation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.suivi_revueconjointe
    ADD CONSTRAINT suivi_revueconjointe_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organismes_suppleance
    ADD CONSTRAINT suppleance_un_remplacant EXCLUDE USING gist (absent_id WITH =, daterange(debut, fin) WITH &&);
ALTER TABLE ONLY public.rendezvous_surreservation
    ADD CONSTRAINT surreservation_une_fois UNIQUE (structure_id, genre);
ALTER TABLE ONLY public.territoires_commune
    ADD CONSTRAINT territoires_commune_pkey PRIMARY KEY (code_insee);
ALTER TABLE ONLY public.territoires_ept
    ADD CONSTRAINT territoires_ept_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.pilotage_valeurpubliee
    ADD CONSTRAINT valeur_publiee_unique UNIQUE (instantane_id, territoire, code, au);
ALTER TABLE ONLY public.pilotage_valeurcalculee
    ADD CONSTRAINT valeur_unique UNIQUE (au, territoire, code);
ALTER TABLE ONLY public.contrats_versioncontrat
    ADD CONSTRAINT version_contrat_unique UNIQUE (contrat_id, version, nature);
ALTER TABLE ONLY public.orientation_versiondiagnostic
    ADD CONSTRAINT version_diagnostic_unique UNIQUE (diagnostic_id, version);
CREATE INDEX abonnement_en_cours ON public.pilotage_abonnementvue USING btree (id) WHERE (arrete_le IS NULL);
CREATE UNIQUE INDEX abonnement_un_par_agent ON public.rendezvous_abonnementagenda USING btree (agent_id) WHERE (revoque_le IS NULL);
CREATE UNIQUE INDEX abonnement_unique ON public.pilotage_abonnementvue USING btree (vue_id, destinataire_id, cadence, code) WHERE (arrete_le IS NULL);
CREATE INDEX absence_agent ON public.organismes_absenceagent USING btree (agent_id, debut);
CREATE UNIQUE INDEX accord_deux_personnes ON public.pilotage_accordbilan USING btree (bilan_id, par_id) WHERE (tombe_le IS NULL);
CREATE UNIQUE INDEX accord_unique ON public.pilotage_accordbilan USING btree (bilan_id, genre) WHERE (tombe_le IS NULL);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX acheminement_echecs ON public.courriers_acheminement USING btree (id) WHERE ((statut)::text = ANY ((ARRAY['refuse'::character varying, 'abandonne'::character varying, 'en_cours'::character varying])::text[]));
CREATE INDEX acheminement_file ON public.courriers_acheminement USING btree (prochain_essai_le, id) WHERE ((statut)::text = 'en_attente'::text);
CREATE INDEX adresse_commune_courante ON public.personnes_adresse USING btree (commune_id) WHERE (fin IS NULL);
CREATE INDEX adresse_foyer_courante ON public.personnes_adresse USING btree (foyer_id) WHERE (fin IS NULL);
CREATE INDEX adresse_personne_courante ON public.personnes_adresse USING btree (personne_id) WHERE (fin IS NULL);
CREATE INDEX appartenance_actuelle ON public.personnes_appartenance USING btree (foyer_id, personne_id) WHERE (fin IS NULL);
CREATE INDEX appellation_rome_cle ON public.orientation_appellationrome USING gin (cle public.gin_trgm_ops);
CREATE UNIQUE INDEX arbitrage_ouvert_unique ON public.personnes_arbitrage USING btree (personne_id, candidate_id) WHERE ((statut)::text = 'ouvert'::text);
CREATE UNIQUE INDEX arrete_reference_unique ON public.orientation_arretecriteres USING btree (reference) WHERE (NOT ((statut)::text = 'abandonne'::text));
CREATE INDEX attente_file ON public.rendezvous_attente USING btree (structure_id, genre, echeance) WHERE ((statut)::text = 'en_attente'::text);
CREATE UNIQUE INDEX attente_une_fois ON public.rendezvous_attente USING btree (personne_id, genre) WHERE ((statut)::text = 'en_attente'::text);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE UNIQUE INDEX bilan_un_en_preparation ON public.pilotage_bilan USING btree (annee) WHERE (NOT ((etat)::text = 'publie'::text));
CREATE INDEX cache_partage_expires ON public.cache_partage USING btree (expires);
CREATE INDEX caf_evenementfoyer_fichier_id_812f9a7f ON public.caf_evenementfoyer USING btree (fichier_id);
CREATE INDEX caf_evenementfoyer_foyer_id_e296d484 ON public.caf_evenementfoyer USING btree (foyer_id);
CREATE INDEX caf_fichierrecu_depose_par_id_37e5b3c1 ON public.fichiers_fichierrecu USING btree (depose_par_id);
CREATE INDEX caf_fichierrecu_empreinte_28951374_like ON public.fichiers_fichierrecu USING btree (empreinte varchar_pattern_ops);
CREATE INDEX caf_fichierrecu_organisme_id_ac8a2f37 ON public.fichiers_fichierrecu USING btree (organisme_id);
CREATE INDEX caf_foyerrejete_fichier_id_e868e1bb ON public.fichiers_elementrejete USING btree (fichier_id);
CREATE INDEX campagne_ligne_etat ON public.rendezvous_campagneligne USING btree (campagne_id, etat, rang);
CREATE INDEX campagne_recente ON public.rendezvous_campagne USING btree (cree_le DESC);
CREATE INDEX changement_transaction ON public.pilotage_changement USING btree (transaction_id);
CREATE UNIQUE INDEX changement_un_seul_en_attente ON public.orientation_demandechangement USING btree (personne_id) WHERE (repondue_le IS NULL);
CREATE UNIQUE INDEX cible_unique ON public.pilotage_cible USING btree (code, territoire, echeance) WHERE (retiree_le IS NULL);
CREATE INDEX code_acces_date ON public.participation_codeunique USING btree (acces_id, cree_le DESC);
CREATE UNIQUE INDEX code_un_seul_ouvert ON public.participation_codeunique USING btree (acces_id, usage) WHERE ((annule_le IS NULL) AND (utilise_le IS NULL));
CREATE INDEX commune_codes_postaux ON public.territoires_commune USING gin (codes_postaux);
CREATE UNIQUE INDEX constat_ouvert ON public.orientation_constat USING btree (personne_id, nature, code, source) WHERE (fin IS NULL);
CREATE INDEX contact_propose_file ON public.personnes_contactpropose USING btree (propose_le) WHERE ((statut)::text = 'en_attente'::text);
CREATE UNIQUE INDEX contact_propose_unique ON public.personnes_contactpropose USING btree (personne_id, genre, valeur) WHERE ((statut)::text = 'en_attente'::text);
CREATE INDEX contact_suivi_personne ON public.suivi_contactsuivi USING btree (personne_id, le DESC);
CREATE INDEX contact_valeur ON public.personnes_contact USING btree (valeur);
CREATE INDEX contrat_brouillons ON public.contrats_contrat USING btree (personne_id, structure_id, version, propose_le, cree_le, genre) WHERE ((debut IS NULL) AND (fin IS NULL));
CREATE INDEX contrat_en_vigueur ON public.contrats_contrat USING btree (prochaine_actualisation, personne_id, debut, genre) WHERE ((debut IS NOT NULL) AND (fin IS NULL));
CREATE INDEX contrat_heures_a_revoir ON public.contrats_contrat USING btree (personne_id) INCLUDE (revue_heures_le, enfant_ne_le, motif_heures, debut, heures) WHERE ((debut IS NOT NULL) AND (fin IS NULL) AND ((revue_heures_le IS NOT NULL) OR (enfant_ne_le IS NOT NULL)));
CREATE INDEX contrat_heures_attendues ON public.contrats_contrat USING btree (debut, derniere_semaine, personne_id) WHERE ((fin IS NULL) AND (heures > (0)::numeric));
CREATE INDEX contrat_personne ON public.contrats_contrat USING btree (personne_id, cree_le DESC);
CREATE INDEX contrats_contrat_cree_par_id_800ca7fa ON public.contrats_contrat USING btree (cree_par_id);
CREATE INDEX contrats_contrat_lot_id_993a5178 ON public.contrats_contrat USING btree (lot_id);
CREATE INDEX contrats_contrat_orientation_id_d3990d84 ON public.contrats_contrat USING btree (orientation_id);
CREATE INDEX contrats_contrat_personne_id_1ff648ff ON public.contrats_contrat USING btree (personne_id);
CREATE INDEX contrats_contrat_precedent_id_16f2fbe7 ON public.contrats_contrat USING btree (precedent_id);
CREATE INDEX contrats_contrat_propose_par_id_b4d850e4 ON public.contrats_contrat USING btree (propose_par_id);
CREATE INDEX contrats_contrat_referent_id_89208523 ON public.contrats_contrat USING btree (referent_id);
CREATE INDEX contrats_contrat_structure_id_c76f9239 ON public.contrats_contrat USING btree (structure_id);
CREATE INDEX contrats_engagement_contrat_id_ccfa5f42 ON public.contrats_engagement USING btree (contrat_id);
CREATE INDEX contrats_engagement_etat_par_id_639e72c0 ON public.contrats_engagement USING btree (etat_par_id);
CREATE INDEX contrats_engagement_objectif_id_c1c06919 ON public.contrats_engagement USING btree (objectif_id);
CREATE INDEX contrats_engagement_responsable_id_81530ebb ON public.contrats_engagement USING btree (responsable_id);
CREATE INDEX contrats_engagement_structure_id_f9672f0c ON public.contrats_engagement USING btree (structure_id);
CREATE INDEX contrats_etapecircuit_structure_id_9a28ea18 ON public.contrats_etapecircuit USING btree (structure_id);
CREATE INDEX contrats_lotcontrats_cree_par_id_292f7e0c ON public.contrats_lotcontrats USING btree (cree_par_id);
CREATE INDEX contrats_objectif_contrat_id_1ef795a8 ON public.contrats_objectif USING btree (contrat_id);
CREATE INDEX contrats_objectif_parent_id_b368636f ON public.contrats_objectif USING btree (parent_id);
CREATE INDEX contrats_passagecircuit_contrat_id_d6332dce ON public.contrats_passagecircuit USING btree (contrat_id);
CREATE INDEX contrats_passagecircuit_par_id_440f5e74 ON public.contrats_passagecircuit USING btree (par_id);
CREATE INDEX contrats_piecesignee_depose_par_id_2c2325b7 ON public.contrats_piecesignee USING btree (depose_par_id);
CREATE INDEX contrats_preuvesignature_contrat_id_3ee93e52 ON public.contrats_preuvesignature USING btree (contrat_id);
CREATE INDEX contrats_preuvesignature_recueillie_par_id_782d3658 ON public.contrats_preuvesignature USING btree (recueillie_par_id);
CREATE INDEX contrats_versioncontrat_contrat_id_74e84ccf ON public.contrats_versioncontrat USING btree (contrat_id);
CREATE INDEX contrats_versioncontrat_par_id_3552362c ON public.contrats_versioncontrat USING btree (par_id);
CREATE INDEX controle_personne ON public.devoirs_controlealeatoire USING btree (personne_id);
CREATE UNIQUE INDEX correspondance_active_unique ON public.partenaires_correspondance USING btree (nom) WHERE active;
CREATE UNIQUE INDEX correspondance_operateur_unique ON public.partenaires_correspondance USING btree (genre) WHERE (active AND ((genre)::text = 'operateur'::text));
CREATE INDEX courrier_attente ON public.courriers_courrier USING btree (cree_le, id) WHERE ((annule_le IS NULL) AND ((etat)::text = ''::text));
CREATE INDEX courrier_date ON public.courriers_courrier USING btree (cree_le DESC, id);
CREATE INDEX courrier_echec ON public.courriers_courrier USING btree (id) WHERE ((etat)::text = 'echec'::text);
CREATE INDEX courrier_objet ON public.courriers_courrier USING btree (objet_type, objet_id);
CREATE INDEX courrier_personne ON public.courriers_courrier USING btree (personne_id, cree_le DESC);
CREATE INDEX courrier_recommande ON public.courriers_courrier USING btree (id) WHERE (((etat)::text = ANY ((ARRAY['envoyee'::character varying, 'presentee'::character varying])::text[])) AND ((moyen)::text = ANY ((ARRAY['lrar'::character varying, 'lre'::character varying])::text[])));
CREATE INDEX courriers_acheminement_regle_par_id_ebc62ce9 ON public.courriers_acheminement USING btree (regle_par_id);
CREATE INDEX courriers_courrier_adresse_id_7b740f8f ON public.courriers_courrier USING btree (adresse_id);
CREATE INDEX courriers_courrier_contact_id_95fcf07d ON public.courriers_courrier USING btree (contact_id);
CREATE INDEX courriers_courrier_cree_par_id_b59ca2f9 ON public.courriers_courrier USING btree (cree_par_id);
CREATE INDEX courriers_courrier_modele_id_e3257dc0 ON public.courriers_courrier USING btree (modele_id);
CREATE INDEX courriers_courrier_personne_id_9f8b6aed ON public.courriers_courrier USING btree (personne_id);
CREATE INDEX courriers_lotimpression_cree_par_id_ce493a45 ON public.courriers_lotimpression USING btree (cree_par_id);
CREATE INDEX courriers_lotimpression_poste_par_id_1646caee ON public.courriers_lotimpression USING btree (poste_par_id);
CREATE INDEX courriers_modelecourrier_active_par_id_764393ef ON public.courriers_modelecourrier USING btree (active_par_id);
CREATE INDEX courriers_modelecourrier_cree_par_id_fd16c7db ON public.courriers_modelecourrier USING btree (cree_par_id);
CREATE INDEX courriers_plidelot_lot_id_e906b126 ON public.courriers_plidelot USING btree (lot_id);
CREATE INDEX courriers_preferencecontact_note_par_id_25d4e403 ON public.courriers_preferencecontact USING btree (note_par_id);
CREATE INDEX courriers_suiviremise_courrier_id_f3360104 ON public.courriers_suiviremise USING btree (courrier_id);
CREATE INDEX courriers_suiviremise_note_par_id_c59c3c28 ON public.courriers_suiviremise USING btree (note_par_id);
CREATE INDEX creneau_agent ON public.rendezvous_creneau USING btree (agent_id, debut);
CREATE INDEX creneau_libre ON public.rendezvous_creneau USING btree (genre, debut, structure_id) WHERE (((statut)::text = 'ouvert'::text) AND (prises < (places + surplus)));
CREATE INDEX creneau_structure ON public.rendezvous_creneau USING btree (structure_id, debut);
CREATE INDEX decision_entretien_a_faire ON public.suivi_decisionentretien USING btree (avant_le) WHERE (faite_le IS NULL);
CREATE INDEX devoirs_acteseance_membre_id_6bccb5a6 ON public.devoirs_acteseance USING btree (membre_id);
CREATE INDEX devoirs_acteseance_par_id_a15aa9fb ON public.devoirs_acteseance USING btree (par_id);
CREATE INDEX devoirs_acteseance_passage_id_16636a96 ON public.devoirs_acteseance USING btree (passage_id);
CREATE INDEX devoirs_acteseance_seance_id_fac9b683 ON public.devoirs_acteseance USING btree (seance_id);
CREATE INDEX devoirs_avisep_enregistre_par_id_35a2ec3f ON public.devoirs_avisep USING btree (enregistre_par_id);
CREATE INDEX devoirs_collegeep_reglement_id_eed73f26 ON public.devoirs_collegeep USING btree (reglement_id);
CREATE INDEX devoirs_controlealeatoire_conclu_par_id_b105820d ON public.devoirs_controlealeatoire USING btree (conclu_par_id);
CREATE INDEX devoirs_controlealeatoire_personne_id_17334d1f ON public.devoirs_controlealeatoire USING btree (personne_id);
CREATE INDEX devoirs_controlealeatoire_tirage_id_5b476cab ON public.devoirs_controlealeatoire USING btree (tirage_id);
CREATE INDEX devoirs_dissentimentep_avis_id_7c55b75f ON public.devoirs_dissentimentep USING btree (avis_id);
CREATE INDEX devoirs_dissentimentep_membre_id_77ea777d ON public.devoirs_dissentimentep USING btree (membre_id);
CREATE INDEX devoirs_droitsverifies_manquement_id_39fabcde ON public.devoirs_droitsverifies USING btree (manquement_id);
CREATE INDEX devoirs_droitsverifies_par_id_e8af4cd5 ON public.devoirs_droitsverifies USING btree (par_id);
CREATE INDEX devoirs_echocaisse_foyer_id_dc0289a9 ON public.devoirs_echocaisse USING btree (foyer_id);
CREATE INDEX devoirs_examenmotif_manquement_id_dcfba442 ON public.devoirs_examenmotif USING btree (manquement_id);
CREATE INDEX devoirs_examenmotif_par_id_880cdbb2 ON public.devoirs_examenmotif USING btree (par_id);
CREATE INDEX devoirs_examenmotif_procedure_id_e4d0bb0c ON public.devoirs_examenmotif USING btree (procedure_id);
CREATE INDEX devoirs_fluxconventionne_ajoute_par_id_c45066ff ON public.devoirs_fluxconventionne USING btree (ajoute_par_id);
CREATE INDEX devoirs_fluxconventionne_convention_id_9caeb481 ON public.devoirs_fluxconventionne USING btree (convention_id);
CREATE INDEX devoirs_fluxconventionne_organisme_id_6d631465 ON public.devoirs_fluxconventionne USING btree (organisme_id);
CREATE INDEX devoirs_lignecaisse_foyer_id_aa6f76a6 ON public.devoirs_lignecaisse USING btree (foyer_id);
CREATE INDEX devoirs_lignecaisse_liste_id_c8d63cd1 ON public.devoirs_lignecaisse USING btree (liste_id);
CREATE INDEX devoirs_lignecaisse_mesure_id_1349fe2c ON public.devoirs_lignecaisse USING btree (mesure_id);
CREATE INDEX devoirs_listecaisse_convention_id_2937e3b2 ON public.devoirs_listecaisse USING btree (convention_id);
CREATE INDEX devoirs_listecaisse_envoyee_par_id_83dff7ab ON public.devoirs_listecaisse USING btree (envoyee_par_id);
CREATE INDEX devoirs_listecaisse_organisme_id_78c7dd6b ON public.devoirs_listecaisse USING btree (organisme_id);
CREATE INDEX devoirs_listecaisse_preparee_par_id_f2a917b1 ON public.devoirs_listecaisse USING btree (preparee_par_id);
CREATE INDEX devoirs_manquement_contrat_id_9338e77e ON public.devoirs_manquement USING btree (contrat_id);
CREATE INDEX devoirs_manquement_engagement_id_0251c407 ON public.devoirs_manquement USING btree (engagement_id);
CREATE INDEX devoirs_manquement_persistance_de_id_85b67744 ON public.devoirs_manquement USING btree (persistance_de_id);
CREATE INDEX devoirs_manquement_personne_id_28676f77 ON public.devoirs_manquement USING btree (personne_id);
CREATE INDEX devoirs_manquement_procedure_id_50de64f5 ON public.devoirs_manquement USING btree (procedure_id);
CREATE INDEX devoirs_manquement_signale_par_id_77b665c9 ON public.devoirs_manquement USING btree (signale_par_id);
CREATE INDEX devoirs_manquement_structure_id_17686e4a ON public.devoirs_manquement USING btree (structure_id);
CREATE INDEX devoirs_membreep_agent_id_b4fe866e ON public.devoirs_membreep USING btree (agent_id);
CREATE INDEX devoirs_mesuredecidee_decideur_id_09767f67 ON public.devoirs_mesuredecidee USING btree (decideur_id);
CREATE INDEX devoirs_mesuredecidee_notification_id_d7ba1882 ON public.devoirs_mesuredecidee USING btree (notification_id);
CREATE INDEX devoirs_mesuredecidee_personne_id_59212024 ON public.devoirs_mesuredecidee USING btree (personne_id);
CREATE INDEX devoirs_mesuredecidee_procedure_id_e7c0349d ON public.devoirs_mesuredecidee USING btree (procedure_id);
CREATE INDEX devoirs_mesuredecidee_saisie_par_id_266797f7 ON public.devoirs_mesuredecidee USING btree (saisie_par_id);
CREATE INDEX devoirs_observation_notee_par_id_59efbf93 ON public.devoirs_observation USING btree (notee_par_id);
CREATE INDEX devoirs_observation_procedure_id_7469da28 ON public.devoirs_observation USING btree (procedure_id);
CREATE INDEX devoirs_participationep_membre_id_be47c831 ON public.devoirs_participationep USING btree (membre_id);
CREATE INDEX devoirs_participationep_seance_id_249f010c ON public.devoirs_participationep USING btree (seance_id);
CREATE INDEX devoirs_passageep_convocation_id_3ec890d1 ON public.devoirs_passageep USING btree (convocation_id);
CREATE INDEX devoirs_passageep_demande_id_04c12d07 ON public.devoirs_passageep USING btree (demande_id);
CREATE INDEX devoirs_passageep_inscrit_par_id_5294631b ON public.devoirs_passageep USING btree (inscrit_par_id);
CREATE INDEX devoirs_passageep_personne_id_0fce943d ON public.devoirs_passageep USING btree (personne_id);
CREATE INDEX devoirs_passageep_procedure_id_087545d5 ON public.devoirs_passageep USING btree (procedure_id);
CREATE INDEX devoirs_passageep_seance_id_33f6bd75 ON public.devoirs_passageep USING btree (seance_id);
CREATE INDEX devoirs_passageep_suite_id_d3278c76 ON public.devoirs_passageep USING btree (suite_id);
CREATE INDEX devoirs_procedure_close_par_id_982490d9 ON public.devoirs_procedure USING btree (close_par_id);
CREATE INDEX devoirs_procedure_griefs_id_b831590c ON public.devoirs_procedure USING btree (griefs_id);
CREATE INDEX devoirs_procedure_ouverte_par_id_94ddc99d ON public.devoirs_procedure USING btree (ouverte_par_id);
CREATE INDEX devoirs_procedure_personne_id_b7879501 ON public.devoirs_procedure USING btree (personne_id);
CREATE INDEX devoirs_procedure_responsable_id_eaebb249 ON public.devoirs_procedure USING btree (responsable_id);
CREATE INDEX devoirs_procesverbal_etabli_par_id_a9050c3e ON public.devoirs_procesverbal USING btree (etabli_par_id);
CREATE INDEX devoirs_projetdecision_prepare_par_id_943a4d46 ON public.devoirs_projetdecision USING btree (prepare_par_id);
CREATE INDEX devoirs_recours_depose_par_id_d3b9ad29 ON public.devoirs_recours USING btree (depose_par_id);
CREATE INDEX devoirs_recours_mesure_id_2a639e0d ON public.devoirs_recours USING btree (mesure_id);
CREATE INDEX devoirs_recours_statue_par_id_79e2b977 ON public.devoirs_recours USING btree (statue_par_id);
CREATE INDEX devoirs_reglementep_cree_par_id_368a519c ON public.devoirs_reglementep USING btree (cree_par_id);
CREATE INDEX devoirs_retraitmembre_membre_id_98408b0c ON public.devoirs_retraitmembre USING btree (membre_id);
CREATE INDEX devoirs_retraitmembre_par_id_63715832 ON public.devoirs_retraitmembre USING btree (par_id);
CREATE INDEX devoirs_retraitmembre_passage_id_09c13f16 ON public.devoirs_retraitmembre USING btree (passage_id);
CREATE INDEX devoirs_seanceep_presidence_id_dc05d152 ON public.devoirs_seanceep USING btree (presidence_id);
CREATE INDEX devoirs_seanceep_reglement_id_2d208568 ON public.devoirs_seanceep USING btree (reglement_id);
CREATE INDEX devoirs_seanceep_secretaire_id_1744ed9f ON public.devoirs_seanceep USING btree (secretaire_id);
CREATE INDEX devoirs_tiragecontrole_annonce_par_id_afd21343 ON public.devoirs_tiragecontrole USING btree (annonce_par_id);
CREATE INDEX devoirs_tiragecontrole_tire_par_id_867f996e ON public.devoirs_tiragecontrole USING btree (tire_par_id);
CREATE INDEX diagnostic_brouillons ON public.orientation_diagnostic USING btree (mene_par_id, mene_le DESC) WHERE brouillon;
CREATE INDEX diagnostic_menes ON public.orientation_diagnostic USING btree (personne_id) WHERE (NOT brouillon);
CREATE INDEX diagnostic_personne ON public.orientation_diagnostic USING btree (personne_id, mene_le DESC);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX document_a_effacer ON public.suivi_document USING btree (conserver_jusquau) WHERE (efface_le IS NULL);
CREATE INDEX document_personne ON public.suivi_document USING btree (personne_id, depose_le DESC);
CREATE UNIQUE INDEX document_une_fois ON public.suivi_document USING btree (personne_id, empreinte) WHERE (efface_le IS NULL);
CREATE INDEX droit_examine_personne ON public.prestations_droitexamine USING btree (personne_id, droit, le DESC);
CREATE INDEX droit_foyer_courant ON public.personnes_droitfoyer USING btree (foyer_id) WHERE (fin IS NULL);
CREATE INDEX droit_personne_courant ON public.personnes_droitpersonne USING btree (personne_id) WHERE (fin IS NULL);
CREATE INDEX droit_soumis ON public.personnes_droitpersonne USING btree (personne_id, foyer_id) WHERE ((fin IS NULL) AND sdd);
CREATE INDEX echeance_file_agent ON public.parcours_echeance USING btree (agent_id, echeance) WHERE (fermee_le IS NULL);
CREATE INDEX echeance_file_echeance ON public.parcours_echeance USING btree (echeance, personne_id) INCLUDE (id, unite, structure_id, agent_id, genre) WHERE (fermee_le IS NULL);
CREATE INDEX echeance_file_unite ON public.parcours_echeance USING btree (unite, echeance) WHERE (fermee_le IS NULL);
CREATE UNIQUE INDEX echeance_unique_par_genre ON public.parcours_echeance USING btree (personne_id, genre) WHERE (fermee_le IS NULL);
CREATE INDEX echo_caisse_constat ON public.devoirs_echocaisse USING btree (constat);
CREATE INDEX edition_en_attente ON public.pilotage_edition USING btree (id) WHERE ((etat)::text = 'en_attente'::text);
CREATE INDEX element_statut ON public.fichiers_elementrejete USING btree (statut, cree_le);
CREATE INDEX engagement_attendu ON public.contrats_engagement USING btree (avant_le, contrat_id) WHERE ((avant_le IS NOT NULL) AND ((etat)::text = 'en_cours'::text));
CREATE INDEX engagement_recherche ON public.contrats_engagement USING btree (contrat_id) INCLUDE (etat) WHERE ((famille)::text = 'recherche'::text);
CREATE INDEX entretien_suivi_personne ON public.suivi_entretiensuivi USING btree (personne_id, debut DESC);
CREATE UNIQUE INDEX entretien_suivi_un_brouillon ON public.suivi_entretiensuivi USING btree (personne_id, par_id) WHERE brouillon;
CREATE INDEX envoi_en_attente ON public.pilotage_envoivue USING btree (prochain_essai_le) WHERE ((etat)::text = ANY ((ARRAY['a_envoyer'::character varying, 'en_cours'::character varying])::text[]));
CREATE INDEX etape_file_agent ON public.parcours_etape USING btree (agent_id, echeance) WHERE (fermee_le IS NULL);
CREATE INDEX etape_file_echeance ON public.parcours_etape USING btree (echeance, personne_id) INCLUDE (id, unite, structure_id, agent_id, genre) WHERE (fermee_le IS NULL);
CREATE INDEX etape_file_genre ON public.parcours_etape USING btree (genre, echeance) WHERE (fermee_le IS NULL);
CREATE INDEX etape_file_structure ON public.parcours_etape USING btree (structure_id, echeance) WHERE (fermee_le IS NULL);
CREATE INDEX etape_file_unite ON public.parcours_etape USING btree (unite, echeance) WHERE (fermee_le IS NULL);
CREATE UNIQUE INDEX etape_unique ON public.parcours_etape USING btree (personne_id) WHERE (fermee_le IS NULL);
CREATE INDEX etude_en_attente ON public.pilotage_etude USING btree (id) WHERE ((etat)::text = 'en_attente'::text);
CREATE INDEX evenement_acte ON public.parcours_evenement USING btree (acte);
CREATE INDEX evenement_genre ON public.parcours_evenement USING btree (genre, survenu_le);
CREATE INDEX evenement_personne ON public.parcours_evenement USING btree (personne_id, id);
CREATE INDEX evenement_transaction ON public.parcours_evenement USING btree (transaction_id);
CREATE INDEX examen_motif_manquement ON public.devoirs_examenmotif USING btree (manquement_id, le DESC);
CREATE INDEX explication_orientation ON public.orientation_demandeexplication USING btree (orientation_id, demandee_le DESC);
CREATE INDEX fichier_depose ON public.fichiers_fichierrecu USING btree (depose_le DESC);
CREATE INDEX fichier_organisme ON public.fichiers_fichierrecu USING btree (organisme_id, reference_le DESC);
CREATE INDEX fichiers_elementrejete_traite_par_id_595433e7 ON public.fichiers_elementrejete USING btree (traite_par_id);
CREATE INDEX fichiers_fichierattendu_emetteur_id_e67bb6f9 ON public.fichiers_fichierattendu USING btree (emetteur_id);
CREATE INDEX fichiers_fichierattendu_modifie_par_id_89579185 ON public.fichiers_fichierattendu USING btree (modifie_par_id);
CREATE INDEX fichiers_fichierattendu_organisme_id_6764fb32 ON public.fichiers_fichierattendu USING btree (organisme_id);
CREATE INDEX fichiers_fichierattendu_structure_id_e6672572 ON public.fichiers_fichierattendu USING btree (structure_id);
CREATE INDEX fichiers_fichierrecu_emetteur_id_54620dfb ON public.fichiers_fichierrecu USING btree (emetteur_id);
CREATE INDEX fichiers_rejeu_demande_par_id_2cb119d9 ON public.fichiers_rejeu USING btree (demande_par_id);
CREATE INDEX fichiers_relancefichier_attendu_id_a9c7ac92 ON public.fichiers_relancefichier USING btree (attendu_id);
CREATE INDEX fichiers_relancefichier_par_id_cd4fc3c6 ON public.fichiers_relancefichier USING btree (par_id);
CREATE INDEX foyer_matricule ON public.personnes_foyer USING btree (matricule);
CREATE INDEX foyer_numdemrsa ON public.personnes_foyer USING btree (numdemrsa);
CREATE UNIQUE INDEX fusion_en_vigueur_unique ON public.personnes_fusion USING btree (absorbee_id) WHERE (annulee_le IS NULL);
CREATE INDEX global_dates ON public.suivi_accompagnementglobal USING btree (debut, fin);
CREATE UNIQUE INDEX global_un_en_cours ON public.suivi_accompagnementglobal USING btree (personne_id) WHERE (fin IS NULL);
CREATE INDEX heures_personne ON public.contrats_heuresrealisees USING btree (personne_id, semaine DESC);
CREATE UNIQUE INDEX heures_une_parole_par_source ON public.contrats_heuresrealisees USING btree (personne_id, semaine, famille, source, structure_id) NULLS NOT DISTINCT WHERE (remplacee_le IS NULL);
CREATE INDEX identifiant_empreinte ON public.personnes_identifiant USING btree (genre, empreinte);
CREATE INDEX identifiant_valeur ON public.personnes_identifiant USING btree (genre, valeur);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX information_non_appliquee ON public.suivi_informationpartenaire USING btree (structure_id, au DESC) WHERE (NOT appliquee);
CREATE UNIQUE INDEX instantane_un_par_mois ON public.pilotage_instantane USING btree (au) WHERE ((genre)::text = 'fin_de_mois'::text);
CREATE INDEX interprete_a_reserver ON public.rendezvous_interprete USING btree (statut) WHERE ((statut)::text = 'a_reserver'::text);
CREATE INDEX item_rome_cle ON public.orientation_itemrome USING gin (cle public.gin_trgm_ops);
CREATE INDEX lecture_date ON public.personnes_lecture USING btree (lue_le);
CREATE INDEX lecture_element_date ON public.fichiers_lectureelement USING btree (lue_le);
CREATE INDEX lecture_personne ON public.personnes_lecture USING btree (personne_id, lue_le DESC);
CREATE UNIQUE INDEX lien_une_invitation_a_la_fois ON public.rendezvous_lienpersonnel USING btree (personne_id, genre) WHERE ((rendez_vous_id IS NULL) AND (revoque_le IS NULL));
CREATE INDEX ligne_affectation_referent ON public.orientation_ligneaffectation USING btree (proposition_id, structure_id, agent_id);
CREATE INDEX ligne_caisse_liste ON public.devoirs_lignecaisse USING btree (liste_id);
CREATE INDEX ligne_caisse_mesure ON public.devoirs_lignecaisse USING btree (mesure_id, id DESC);
CREATE UNIQUE INDEX ligne_caisse_une_a_envoyer ON public.devoirs_lignecaisse USING btree (mesure_id, genre) WHERE ((etat)::text = 'preparee'::text);
CREATE INDEX lot_date ON public.courriers_lotimpression USING btree (cree_le DESC);
CREATE INDEX manquement_a_examiner ON public.devoirs_manquement USING btree (signale_le) WHERE ((statut)::text = ANY ((ARRAY['signale'::character varying, 'examine'::character varying])::text[]));
CREATE INDEX manquement_personne ON public.devoirs_manquement USING btree (personne_id, signale_le DESC);
CREATE INDEX mesure_personne ON public.devoirs_mesuredecidee USING btree (personne_id, debut DESC);
CREATE INDEX mesure_statut ON public.devoirs_mesuredecidee USING btree (statut, debut);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX modele_en_vigueur ON public.courriers_modelecourrier USING btree (actif_du);
CREATE INDEX note_auteur ON public.suivi_note USING btree (par_id, ecrite_le DESC);
CREATE INDEX note_personne ON public.suivi_note USING btree (personne_id, ecrite_le DESC);
CREATE INDEX observation_procedure ON public.devoirs_observation USING btree (procedure_id, recue_le);
CREATE INDEX organismes_affectation_agent_id_f92862fb ON public.organismes_affectation USING btree (agent_id);
CREATE INDEX organismes_affectation_structure_id_ddc95c6f ON public.organismes_affectation USING btree (structure_id);
CREATE INDEX organismes_agent_courriel_9275459c_like ON public.organismes_agent USING btree (courriel varchar_pattern_ops);
CREATE INDEX organismes_convention_reference_e89c216d_like ON public.organismes_convention USING btree (reference varchar_pattern_ops);
CREATE INDEX organismes_convention_structure_id_84925892 ON public.organismes_convention USING btree (structure_id);
CREATE INDEX organismes_reglesecteur_commune_id_4e27964f ON public.organismes_reglesecteur USING btree (commune_id);
CREATE INDEX organismes_reglesecteur_commune_id_4e27964f_like ON public.organismes_reglesecteur USING btree (commune_id varchar_pattern_ops);
CREATE INDEX organismes_reglesecteur_structure_id_7e75a8db ON public.organismes_reglesecteur USING btree (structure_id);
CREATE INDEX organismes_structure_code_dc2a2494_like ON public.organismes_structure USING btree (code varchar_pattern_ops);
CREATE INDEX organismes_structure_commune_id_b252f946 ON public.organismes_structure USING btree (commune_id);
CREATE INDEX organismes_structure_commune_id_b252f946_like ON public.organismes_structure USING btree (commune_id varchar_pattern_ops);
CREATE INDEX organismes_structure_parent_id_a908ce2d ON public.organismes_structure USING btree (parent_id);
CREATE INDEX organismes_suppleance_absent_id_93d7dda6 ON public.organismes_suppleance USING btree (absent_id);
CREATE INDEX organismes_suppleance_creee_par_id_f07b303d ON public.organismes_suppleance USING btree (creee_par_id);
CREATE INDEX organismes_suppleance_remplacant_id_bbd36086 ON public.organismes_suppleance USING btree (remplacant_id);
CREATE INDEX orientation_actearrete_arrete_id_0dbf55c4 ON public.orientation_actearrete USING btree (arrete_id);
CREATE INDEX orientation_actearrete_par_id_276860ec ON public.orientation_actearrete USING btree (par_id);
CREATE INDEX orientation_appellationrome_code_ogr_fc73ddb8_like ON public.orientation_appellationrome USING btree (code_ogr varchar_pattern_ops);
CREATE INDEX orientation_appellationrome_metier_id_1219eab5 ON public.orientation_appellationrome USING btree (metier_id);
CREATE INDEX orientation_appellationrome_metier_id_1219eab5_like ON public.orientation_appellationrome USING btree (metier_id varchar_pattern_ops);
CREATE INDEX orientation_besoinaccueil_note_par_id_d93fff31 ON public.orientation_besoinaccueil USING btree (note_par_id);
CREATE INDEX orientation_constat_diagnostic_id_9de8e448 ON public.orientation_constat USING btree (diagnostic_id);
CREATE INDEX orientation_constat_par_id_ceefa718 ON public.orientation_constat USING btree (par_id);
CREATE INDEX orientation_constat_personne_id_3b26559c ON public.orientation_constat USING btree (personne_id);
CREATE INDEX orientation_decidee_le ON public.orientation_orientation USING btree (decidee_le);
CREATE INDEX orientation_demandechangement_agent_id_710ae3a4 ON public.orientation_demandechangement USING btree (agent_id);
CREATE INDEX orientation_demandechangement_demandee_par_id_f8199da4 ON public.orientation_demandechangement USING btree (demandee_par_id);
CREATE INDEX orientation_demandechangement_nouvel_agent_id_525fbda8 ON public.orientation_demandechangement USING btree (nouvel_agent_id);
CREATE INDEX orientation_demandechangement_personne_id_d5393e1e ON public.orientation_demandechangement USING btree (personne_id);
CREATE INDEX orientation_demandechangement_repondue_par_id_58bce51e ON public.orientation_demandechangement USING btree (repondue_par_id);
CREATE INDEX orientation_demandeexplication_courrier_id_b9d0a0dc ON public.orientation_demandeexplication USING btree (courrier_id);
CREATE INDEX orientation_demandeexplication_notee_par_id_865ed5b3 ON public.orientation_demandeexplication USING btree (notee_par_id);
CREATE INDEX orientation_demandeexplication_orientation_id_115e0cf9 ON public.orientation_demandeexplication USING btree (orientation_id);
CREATE INDEX orientation_demandeexplication_personne_id_7af9b21d ON public.orientation_demandeexplication USING btree (personne_id);
CREATE INDEX orientation_demandereorientation_decidee_par_id_9d2dc9be ON public.orientation_demandereorientation USING btree (decidee_par_id);
CREATE INDEX orientation_demandereorientation_demandee_par_id_8d582a3d ON public.orientation_demandereorientation USING btree (demandee_par_id);
CREATE INDEX orientation_demandereorientation_orientation_id_aa025776 ON public.orientation_demandereorientation USING btree (orientation_id);
CREATE INDEX orientation_demandereorientation_personne_id_37045eb6 ON public.orientation_demandereorientation USING btree (personne_id);
CREATE INDEX orientation_detaildiagnostic_diagnostic_id_3f3d3656 ON public.orientation_detaildiagnostic USING btree (diagnostic_id);
CREATE INDEX orientation_detaildiagnostic_par_id_82cbb5e8 ON public.orientation_detaildiagnostic USING btree (par_id);
CREATE INDEX orientation_diagnostic_mene_par_id_1653d3c2 ON public.orientation_diagnostic USING btree (mene_par_id);
CREATE INDEX orientation_diagnostic_personne_id_22f0d378 ON public.orientation_diagnostic USING btree (personne_id);
CREATE INDEX orientation_domainerome_code_f50c16cd_like ON public.orientation_domainerome USING btree (code varchar_pattern_ops);
CREATE INDEX orientation_experienceemploi_diagnostic_id_7486c465 ON public.orientation_experienceemploi USING btree (diagnostic_id);
CREATE INDEX orientation_itemrome_code_ogr_10d295c5_like ON public.orientation_itemrome USING btree (code_ogr varchar_pattern_ops);
CREATE INDEX orientation_ligneaffectation_agent_id_f5e9b0d4 ON public.orientation_ligneaffectation USING btree (agent_id);
CREATE INDEX orientation_ligneaffectation_deplacee_par_id_36852ccf ON public.orientation_ligneaffectation USING btree (deplacee_par_id);
CREATE INDEX orientation_ligneaffectation_personne_id_8a719933 ON public.orientation_ligneaffectation USING btree (personne_id);
CREATE INDEX orientation_ligneaffectation_propose_agent_id_91d40329 ON public.orientation_ligneaffectation USING btree (propose_agent_id);
CREATE INDEX orientation_ligneaffectation_propose_structure_id_89028364 ON public.orientation_ligneaffectation USING btree (propose_structure_id);
CREATE INDEX orientation_ligneaffectation_proposition_id_981f4b5f ON public.orientation_ligneaffectation USING btree (proposition_id);
CREATE INDEX orientation_ligneaffectation_structure_decidee_id_6f087609 ON public.orientation_ligneaffectation USING btree (structure_decidee_id);
CREATE INDEX orientation_ligneaffectation_structure_id_f77d56fd ON public.orientation_ligneaffectation USING btree (structure_id);
CREATE INDEX orientation_metierrome_code_503c648e_like ON public.orientation_metierrome USING btree (code varchar_pattern_ops);
CREATE INDEX orientation_mobiliterome_cible_id_02c0f607 ON public.orientation_mobiliterome USING btree (cible_id);
CREATE INDEX orientation_mobiliterome_cible_id_02c0f607_like ON public.orientation_mobiliterome USING btree (cible_id varchar_pattern_ops);
CREATE INDEX orientation_orientation_decidee_par_id_9fba8944 ON public.orientation_orientation USING btree (decidee_par_id);
CREATE INDEX orientation_orientation_diagnostic_id_59e86616 ON public.orientation_orientation USING btree (diagnostic_id);
CREATE INDEX orientation_orientation_personne_id_050d55de ON public.orientation_orientation USING btree (personne_id);
CREATE INDEX orientation_orientation_structure_id_6790da46 ON public.orientation_orientation USING btree (structure_id);
CREATE INDEX orientation_projetemploi_diagnostic_id_8495f4c7 ON public.orientation_projetemploi USING btree (diagnostic_id);
CREATE INDEX orientation_propositionaffectation_cree_par_id_2894faf4 ON public.orientation_propositionaffectation USING btree (cree_par_id);
CREATE INDEX orientation_propositionaffectation_structure_id_f407f263 ON public.orientation_propositionaffectation USING btree (structure_id);
CREATE INDEX orientation_propositionaffectation_validee_par_id_600b1e3f ON public.orientation_propositionaffectation USING btree (validee_par_id);
CREATE INDEX orientation_reglagereferent_agent_id_727003cb ON public.orientation_reglagereferent USING btree (agent_id);
CREATE INDEX orientation_reglagereferent_structure_id_1407b772 ON public.orientation_reglagereferent USING btree (structure_id);
CREATE INDEX orientation_relais_clos_par_id_44340796 ON public.orientation_relais USING btree (clos_par_id);
CREATE INDEX orientation_relais_de_agent_id_2edd003f ON public.orientation_relais USING btree (de_agent_id);
CREATE INDEX orientation_relais_de_structure_id_208867f0 ON public.orientation_relais USING btree (de_structure_id);
CREATE INDEX orientation_relais_personne_id_aa29bfe8 ON public.orientation_relais USING btree (personne_id);
CREATE INDEX orientation_relais_propose_par_id_feb63c9d ON public.orientation_relais USING btree (propose_par_id);
CREATE INDEX orientation_relais_recu_par_id_33becff2 ON public.orientation_relais USING btree (recu_par_id);
CREATE INDEX orientation_relais_vers_agent_id_0f259ab9 ON public.orientation_relais USING btree (vers_agent_id);
CREATE INDEX orientation_relais_vers_structure_id_07576ddc ON public.orientation_relais USING btree (vers_structure_id);
CREATE INDEX orientation_versiondiagnostic_diagnostic_id_5db87252 ON public.orientation_versiondiagnostic USING btree (diagnostic_id);
CREATE INDEX orientation_versiondiagnostic_par_id_7e352d06 ON public.orientation_versiondiagnostic USING btree (par_id);
CREATE INDEX ouverture_personne ON public.personnes_ouverturedroit USING btree (personne_id, recue_le DESC);
CREATE INDEX parcours_echeance_evenement_id_c182f57a ON public.parcours_echeance USING btree (evenement_id);
CREATE INDEX parcours_echeance_fermee_par_id_6dea8c85 ON public.parcours_echeance USING btree (fermee_par_id);
CREATE INDEX parcours_echeance_personne_id_46c5ca7f ON public.parcours_echeance USING btree (personne_id);
CREATE INDEX parcours_etape_evenement_id_58eb79e7 ON public.parcours_etape USING btree (evenement_id);
CREATE INDEX parcours_etape_fermee_par_id_5c653092 ON public.parcours_etape USING btree (fermee_par_id);
CREATE INDEX parcours_etape_personne_id_9a979c93 ON public.parcours_etape USING btree (personne_id);
CREATE INDEX partenaires_correspondance_cree_par_id_39b6c356 ON public.partenaires_correspondance USING btree (cree_par_id);
CREATE INDEX partenaires_correspondance_emetteur_id_f166c762 ON public.partenaires_correspondance USING btree (emetteur_id);
CREATE INDEX partenaires_correspondance_organisme_id_4587f634 ON public.partenaires_correspondance USING btree (organisme_id);
CREATE INDEX partenaires_usage_correspondance_id_01437bed ON public.partenaires_usage USING btree (correspondance_id);
CREATE INDEX participation_accesespace_active_par_id_173684c0 ON public.participation_accesespace USING btree (active_par_id);
CREATE INDEX participation_accesespace_contact_id_95ddde39 ON public.participation_accesespace USING btree (contact_id);
CREATE INDEX participation_accesespace_retire_par_id_b7ffdb11 ON public.participation_accesespace USING btree (retire_par_id);
CREATE INDEX participation_codeunique_acces_id_f883681f ON public.participation_codeunique USING btree (acces_id);
CREATE INDEX participation_codeunique_contact_id_c978a42d ON public.participation_codeunique USING btree (contact_id);
CREATE INDEX participation_codeunique_cree_par_id_7dee089d ON public.participation_codeunique USING btree (cree_par_id);
CREATE INDEX passage_contrat ON public.contrats_passagecircuit USING btree (contrat_id, version, id);
CREATE UNIQUE INDEX passage_ep_une_fois_par_seance ON public.devoirs_passageep USING btree (seance_id, personne_id) WHERE (NOT ((statut)::text = 'retire'::text));
CREATE INDEX personne_cle_recherche ON public.personnes_personne USING gin (public.cle_recherche(((COALESCE(nom, ''::character varying))::text || COALESCE((COALESCE(' '::text, ''::text) || COALESCE(((COALESCE(nom_naissance, ''::character varying))::text || COALESCE((COALESCE(' '::text, ''::text) || (COALESCE(prenom, ''::character varying))::text), ''::text)), ''::text)), ''::text))) public.gin_trgm_ops);
CREATE INDEX personne_interprete ON public.personnes_personne USING btree (id) WHERE interprete;
CREATE INDEX personne_naissance ON public.personnes_personne USING btree (date_naissance, id);
CREATE INDEX personne_ordre ON public.personnes_personne USING btree (public.cle_recherche((nom)::text), public.cle_recherche((prenom)::text), id);
CREATE INDEX personne_sensible ON public.personnes_personne USING btree (id) WHERE dossier_sensible;
CREATE INDEX personnes_adresse_domiciliataire_id_0e7e4880 ON public.personnes_adresse USING btree (domiciliataire_id);
CREATE INDEX personnes_adresse_foyer_id_46c5f0a5 ON public.personnes_adresse USING btree (foyer_id);
CREATE INDEX personnes_adresse_personne_id_bcfe1091 ON public.personnes_adresse USING btree (personne_id);
CREATE INDEX personnes_appartenance_foyer_id_8481d24b ON public.personnes_appartenance USING btree (foyer_id);
CREATE INDEX personnes_appartenance_personne_id_3f61a045 ON public.personnes_appartenance USING btree (personne_id);
CREATE INDEX personnes_arbitrage_candidate_id_303aa763 ON public.personnes_arbitrage USING btree (candidate_id);
CREATE INDEX personnes_arbitrage_decide_par_id_c5ddfc93 ON public.personnes_arbitrage USING btree (decide_par_id);
CREATE INDEX personnes_arbitrage_personne_id_ac5b9305 ON public.personnes_arbitrage USING btree (personne_id);
CREATE INDEX personnes_contact_personne_id_4a2298e3 ON public.personnes_contact USING btree (personne_id);
CREATE INDEX personnes_contactpropose_decide_par_id_7f93a96e ON public.personnes_contactpropose USING btree (decide_par_id);
CREATE INDEX personnes_contactpropose_personne_id_bfa8b39f ON public.personnes_contactpropose USING btree (personne_id);
CREATE INDEX personnes_droitfoyer_foyer_id_0b4852d5 ON public.personnes_droitfoyer USING btree (foyer_id);
CREATE INDEX personnes_droitpersonne_foyer_id_2cb67cf9 ON public.personnes_droitpersonne USING btree (foyer_id);
CREATE INDEX personnes_droitpersonne_personne_id_3f108934 ON public.personnes_droitpersonne USING btree (personne_id);
CREATE INDEX personnes_foyer_organisme_id_a7187330 ON public.personnes_foyer USING btree (organisme_id);
CREATE INDEX personnes_foyer_precedent_id_f65e1d71 ON public.personnes_foyer USING btree (precedent_id);
CREATE INDEX personnes_fusion_absorbee_id_7b75ff22 ON public.personnes_fusion USING btree (absorbee_id);
CREATE INDEX personnes_fusion_annulee_par_id_9fd8a5c6 ON public.personnes_fusion USING btree (annulee_par_id);
CREATE INDEX personnes_fusion_canonique_id_654ba756 ON public.personnes_fusion USING btree (canonique_id);
CREATE INDEX personnes_fusion_faite_par_id_e9a46c4b ON public.personnes_fusion USING btree (faite_par_id);
CREATE INDEX personnes_identifiant_personne_id_6a7da500 ON public.personnes_identifiant USING btree (personne_id);
CREATE INDEX personnes_lecteursensible_agent_id_9bc7adeb ON public.personnes_lecteursensible USING btree (agent_id);
CREATE INDEX personnes_lecteursensible_personne_id_62f33926 ON public.personnes_lecteursensible USING btree (personne_id);
CREATE INDEX personnes_lienagent_agent_id_444497e7 ON public.personnes_lienagent USING btree (agent_id);
CREATE INDEX personnes_lienagent_personne_id_8b9ed919 ON public.personnes_lienagent USING btree (personne_id);
CREATE INDEX personnes_organismepayeur_code_d7fc863e_like ON public.personnes_organismepayeur USING btree (code varchar_pattern_ops);
CREATE INDEX personnes_ouverturedroit_foyer_id_1835e118 ON public.personnes_ouverturedroit USING btree (foyer_id);
CREATE INDEX personnes_personne_canonique_id_1fbd746b ON public.personnes_personne USING btree (canonique_id);
CREATE INDEX personnes_personneevent_canonique_id_0b7ffc68 ON public.personnes_personneevent USING btree (canonique_id);
CREATE INDEX personnes_personneevent_pgh_context_id_85bad528 ON public.personnes_personneevent USING btree (pgh_context_id);
CREATE INDEX personnes_personneevent_pgh_obj_id_a110a590 ON public.personnes_personneevent USING btree (pgh_obj_id);
CREATE INDEX personnes_representant_personne_id_37ffa7e4 ON public.personnes_representant USING btree (personne_id);
CREATE INDEX piece_personne ON public.suivi_piecevue USING btree (personne_id, vue_le DESC);
CREATE INDEX piece_qui_expire ON public.suivi_piecevue USING btree (expire_le) WHERE (close_le IS NULL);
CREATE INDEX pilotage_abonnementvue_destinataire_id_0be875a9 ON public.pilotage_abonnementvue USING btree (destinataire_id);
CREATE INDEX pilotage_abonnementvue_jeton_96db5eee_like ON public.pilotage_abonnementvue USING btree (jeton varchar_pattern_ops);
CREATE INDEX pilotage_abonnementvue_vue_id_5747cd2a ON public.pilotage_abonnementvue USING btree (vue_id);
CREATE INDEX pilotage_accordbilan_bilan_id_c32a6e00 ON public.pilotage_accordbilan USING btree (bilan_id);
CREATE INDEX pilotage_cohortegardee_par_id_67203a2e ON public.pilotage_cohortegardee USING btree (par_id);
CREATE INDEX pilotage_edition_bilan_id_f93b2d3f ON public.pilotage_edition USING btree (bilan_id);
CREATE INDEX pilotage_envoivue_abonnement_id_45ac31fa ON public.pilotage_envoivue USING btree (abonnement_id);
CREATE INDEX pilotage_experience_code_c13835a2_like ON public.pilotage_experience USING btree (code varchar_pattern_ops);
CREATE INDEX pilotage_instantane_libelle_89b386f6_like ON public.pilotage_instantane USING btree (libelle varchar_pattern_ops);
CREATE INDEX pilotage_instantane_par_id_455c1bed ON public.pilotage_instantane USING btree (par_id);
CREATE INDEX pilotage_mentionexperience_experience_id_38d66400 ON public.pilotage_mentionexperience USING btree (experience_id);
CREATE INDEX pilotage_notebilan_bilan_id_f61c4f3f ON public.pilotage_notebilan USING btree (bilan_id);
CREATE INDEX pilotage_ordrealeatoire_experience_id_d61c7a21 ON public.pilotage_ordrealeatoire USING btree (experience_id);
CREATE INDEX pilotage_participation_experience_id_9c37e06b ON public.pilotage_participation USING btree (experience_id);
CREATE INDEX pilotage_participation_personne_id_21b8ba14 ON public.pilotage_participation USING btree (personne_id);
CREATE INDEX pilotage_vuegardee_agent_id_ca796e1a ON public.pilotage_vuegardee USING btree (agent_id);
CREATE INDEX point_personne ON public.suivi_pointsituation USING btree (personne_id, fait_le DESC);
CREATE INDEX prestations_simulation_empreinte_c71002e4_like ON public.prestations_simulation USING btree (empreinte varchar_pattern_ops);
CREATE UNIQUE INDEX preuve_une_par_partie ON public.contrats_preuvesignature USING btree (contrat_id, partie) WHERE (retiree_le IS NULL);
CREATE INDEX procedure_etat ON public.devoirs_procedure USING btree (etat, ouverte_le DESC);
CREATE INDEX procedure_personne ON public.devoirs_procedure USING btree (personne_id, ouverte_le DESC);
CREATE INDEX procedure_responsable ON public.devoirs_procedure USING btree (responsable_id, etat);
CREATE UNIQUE INDEX procedure_unique_ouverte ON public.devoirs_procedure USING btree (personne_id) WHERE ((etat)::text = ANY ((ARRAY['contradictoire'::character varying, 'decidee'::character varying, 'griefs_envoyes'::character varying, 'ouverte'::character varying])::text[]));
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE INDEX projet_emploi_rome ON public.orientation_projetemploi USING btree (rome) WHERE (NOT ((rome)::text = ''::text));
CREATE UNIQUE INDEX proposition_un_brouillon ON public.orientation_propositionaffectation USING btree (structure_id) NULLS NOT DISTINCT WHERE ((statut)::text = 'brouillon'::text);
CREATE INDEX rappel_attendu ON public.rendezvous_demanderappel USING btree (structure_id, echeance) WHERE (traitee_le IS NULL);
CREATE UNIQUE INDEX rappel_un_a_la_fois ON public.rendezvous_demanderappel USING btree (personne_id) WHERE (traitee_le IS NULL);
CREATE INDEX rattachement_agent ON public.personnes_rattachement USING btree (agent_id, personne_id);
CREATE INDEX rattachement_personne ON public.personnes_rattachement USING btree (personne_id);
CREATE INDEX rattachement_structure ON public.personnes_rattachement USING btree (structure_id, personne_id);
CREATE INDEX rdv_creneau ON public.rendezvous_rendezvous USING btree (creneau_id) WHERE (creneau_id IS NOT NULL);
CREATE INDEX rdv_personne ON public.rendezvous_rendezvous USING btree (personne_id, debut);
CREATE INDEX rdv_prevu ON public.rendezvous_rendezvous USING btree (personne_id, debut) WHERE ((statut)::text = 'prevu'::text);
CREATE INDEX rdv_sans_creneau ON public.rendezvous_rendezvous USING btree (agent_id, debut) INCLUDE (fin) WHERE ((creneau_id IS NULL) AND ((statut)::text = 'prevu'::text));
CREATE INDEX rdv_structure ON public.rendezvous_rendezvous USING btree (structure_id, debut);
CREATE INDEX rdv_suite ON public.rendezvous_rendezvous USING btree (suite_id) WHERE (suite_id IS NOT NULL);
CREATE INDEX reclamation_attend ON public.suivi_reclamation USING btree (repondre_avant) WHERE (repondue_le IS NULL);
CREATE UNIQUE INDEX reclamation_une_ouverte ON public.suivi_reclamation USING btree (personne_id) WHERE (repondue_le IS NULL);
CREATE INDEX recours_mesure ON public.devoirs_recours USING btree (mesure_id, recu_le DESC);
CREATE UNIQUE INDEX recours_un_en_cours ON public.devoirs_recours USING btree (mesure_id, genre) WHERE ((issue)::text = ''::text);
CREATE INDEX relais_a_recevoir ON public.orientation_relais USING btree (vers_structure_id, propose_le) WHERE ((statut)::text = ANY ((ARRAY['propose'::character varying, 'recu'::character varying, 'expire'::character varying])::text[]));
CREATE INDEX relais_envoyes ON public.orientation_relais USING btree (de_structure_id, propose_le) WHERE ((statut)::text = ANY ((ARRAY['propose'::character varying, 'recu'::character varying, 'expire'::character varying])::text[]));
CREATE UNIQUE INDEX relais_un_seul_ouvert ON public.orientation_relais USING btree (personne_id) WHERE ((statut)::text = ANY ((ARRAY['propose'::character varying, 'recu'::character varying, 'expire'::character varying])::text[]));
CREATE INDEX relance_attendu ON public.fichiers_relancefichier USING btree (attendu_id, attendu_le);
CREATE INDEX rendezvous_abonnementagenda_agent_id_8c6be4c8 ON public.rendezvous_abonnementagenda USING btree (agent_id);
CREATE INDEX rendezvous_abonnementagenda_empreinte_5aa0592e_like ON public.rendezvous_abonnementagenda USING btree (empreinte varchar_pattern_ops);
CREATE INDEX rendezvous_attente_personne_id_a5a07120 ON public.rendezvous_attente USING btree (personne_id);
CREATE INDEX rendezvous_attente_rendez_vous_id_3ee91805 ON public.rendezvous_attente USING btree (rendez_vous_id);
CREATE INDEX rendezvous_attente_structure_id_f955e333 ON public.rendezvous_attente USING btree (structure_id);
CREATE INDEX rendezvous_campagne_cree_par_id_10ced4dd ON public.rendezvous_campagne USING btree (cree_par_id);
CREATE INDEX rendezvous_campagne_lancee_par_id_644a2546 ON public.rendezvous_campagne USING btree (lancee_par_id);
CREATE INDEX rendezvous_campagneligne_courrier_id_1a271096 ON public.rendezvous_campagneligne USING btree (courrier_id);
CREATE INDEX rendezvous_campagneligne_creneau_id_3e96ec38 ON public.rendezvous_campagneligne USING btree (creneau_id);
CREATE INDEX rendezvous_campagneligne_personne_id_fd229e08 ON public.rendezvous_campagneligne USING btree (personne_id);
CREATE INDEX rendezvous_campagneligne_rendez_vous_id_8bacec8b ON public.rendezvous_campagneligne USING btree (rendez_vous_id);
CREATE INDEX rendezvous_campagneligne_suite_id_f07227f8 ON public.rendezvous_campagneligne USING btree (suite_id);
CREATE INDEX rendezvous_creneau_lieu_id_3aa4ef0a ON public.rendezvous_creneau USING btree (lieu_id);
CREATE INDEX rendezvous_demanderappel_personne_id_3871e8eb ON public.rendezvous_demanderappel USING btree (personne_id);
CREATE INDEX rendezvous_demanderappel_rendez_vous_id_e977ed01 ON public.rendezvous_demanderappel USING btree (rendez_vous_id);
CREATE INDEX rendezvous_demanderappel_structure_id_f35dd791 ON public.rendezvous_demanderappel USING btree (structure_id);
CREATE INDEX rendezvous_demanderappel_traitee_par_id_596f587f ON public.rendezvous_demanderappel USING btree (traitee_par_id);
CREATE INDEX rendezvous_fermeture_lieu_id_27c850d0 ON public.rendezvous_fermeture USING btree (lieu_id);
CREATE INDEX rendezvous_fermeture_structure_id_28cf132f ON public.rendezvous_fermeture USING btree (structure_id);
CREATE INDEX rendezvous_lienpersonnel_personne_id_6b73a697 ON public.rendezvous_lienpersonnel USING btree (personne_id);
CREATE INDEX rendezvous_lienpersonnel_structure_id_de0620b1 ON public.rendezvous_lienpersonnel USING btree (structure_id);
CREATE INDEX rendezvous_lieu_commune_id_e7c6ef21 ON public.rendezvous_lieu USING btree (commune_id);
CREATE INDEX rendezvous_lieu_commune_id_e7c6ef21_like ON public.rendezvous_lieu USING btree (commune_id varchar_pattern_ops);
CREATE INDEX rendezvous_lieu_structure_id_3d45384e ON public.rendezvous_lieu USING btree (structure_id);
CREATE INDEX rendezvous_plage_agent_id_4d72f0fd ON public.rendezvous_plage USING btree (agent_id);
CREATE INDEX rendezvous_plage_lieu_id_3811ef7a ON public.rendezvous_plage USING btree (lieu_id);
CREATE INDEX rendezvous_plage_structure_id_ee08afc5 ON public.rendezvous_plage USING btree (structure_id);
CREATE INDEX rendezvous_rendezvous_agent_id_024be8b7 ON public.rendezvous_rendezvous USING btree (agent_id);
CREATE INDEX rendezvous_surreservation_fixe_par_id_c2fa258f ON public.rendezvous_surreservation USING btree (fixe_par_id);
CREATE INDEX rendezvous_surreservation_structure_id_1581b6fb ON public.rendezvous_surreservation USING btree (structure_id);
CREATE INDEX reorientation_personne ON public.orientation_demandereorientation USING btree (personne_id, demandee_le DESC);
CREATE UNIQUE INDEX reorientation_une_seule_en_attente ON public.orientation_demandereorientation USING btree (personne_id) WHERE ((issue)::text = 'en_attente'::text);
CREATE INDEX revue_conjointe_personne ON public.suivi_revueconjointe USING btree (personne_id, tenue_le DESC);
CREATE INDEX seance_ep_statut ON public.devoirs_seanceep USING btree (statut, debut);
CREATE UNIQUE INDEX seance_ep_une_par_heure ON public.devoirs_seanceep USING btree (debut) WHERE (NOT ((statut)::text = 'annulee'::text));
CREATE INDEX simulation_en_attente ON public.prestations_simulation USING btree (id) WHERE ((statut)::text = 'en_attente'::text);
CREATE INDEX simulation_servie ON public.prestations_simulation USING btree (servie_le);
CREATE INDEX situation_a_orienter ON public.parcours_situation USING btree (etat, recu_le) WHERE ((etat)::text = ANY ((ARRAY['injoignable'::character varying, 'a_orienter_par_defaut'::character varying])::text[]));
CREATE INDEX situation_intensive ON public.parcours_situation USING btree (referent_structure_id, referent_agent_id) INCLUDE (dernier_contact_le, soumis, personne_id) WHERE ((calcul -> 'intensite'::text) = '"intensive"'::jsonb);
CREATE INDEX situation_liste ON public.parcours_situation USING btree (soumis, echeance, dernier_contact_le NULLS FIRST, personne_id) INCLUDE (etat, voie, oriente_le, contrat_le, actualisation_le, structure_secteur_id, referent_structure_id, referent_agent_id);
CREATE INDEX situation_ref_structure ON public.parcours_situation USING btree (referent_structure_id);
CREATE INDEX situation_referent ON public.parcours_situation USING btree (referent_agent_id);
CREATE INDEX suivi_accompagnementglobal_clos_par_id_b4a3d76d ON public.suivi_accompagnementglobal USING btree (clos_par_id);
CREATE INDEX suivi_accompagnementglobal_coreferent_id_ab83638d ON public.suivi_accompagnementglobal USING btree (coreferent_id);
CREATE INDEX suivi_accompagnementglobal_coreferent_structure_id_9591802c ON public.suivi_accompagnementglobal USING btree (coreferent_structure_id);
CREATE INDEX suivi_accompagnementglobal_ouvert_par_id_b3563715 ON public.suivi_accompagnementglobal USING btree (ouvert_par_id);
CREATE INDEX suivi_accompagnementglobal_personne_id_b2975d57 ON public.suivi_accompagnementglobal USING btree (personne_id);
CREATE INDEX suivi_accompagnementglobal_referent_id_697d468b ON public.suivi_accompagnementglobal USING btree (referent_id);
CREATE INDEX suivi_accompagnementglobal_structure_id_3b990ca4 ON public.suivi_accompagnementglobal USING btree (structure_id);
CREATE INDEX suivi_contactsuivi_par_id_26b57872 ON public.suivi_contactsuivi USING btree (par_id);
CREATE INDEX suivi_contactsuivi_personne_id_91da60aa ON public.suivi_contactsuivi USING btree (personne_id);
CREATE INDEX suivi_decisionentretien_entretien_id_0c23b8ea ON public.suivi_decisionentretien USING btree (entretien_id);
CREATE INDEX suivi_document_depose_par_id_657c9ad3 ON public.suivi_document USING btree (depose_par_id);
CREATE INDEX suivi_document_efface_par_id_7b5c0352 ON public.suivi_document USING btree (efface_par_id);
CREATE INDEX suivi_document_fichier_ec86366a_like ON public.suivi_document USING btree (fichier varchar_pattern_ops);
CREATE INDEX suivi_document_personne_id_5896bacf ON public.suivi_document USING btree (personne_id);
CREATE INDEX suivi_document_structure_id_3cdfbe1a ON public.suivi_document USING btree (structure_id);
CREATE INDEX suivi_entretiensuivi_par_id_65fa038c ON public.suivi_entretiensuivi USING btree (par_id);
CREATE INDEX suivi_entretiensuivi_personne_id_0f412148 ON public.suivi_entretiensuivi USING btree (personne_id);
CREATE INDEX suivi_entretiensuivi_rendez_vous_id_5cfa32f7 ON public.suivi_entretiensuivi USING btree (rendez_vous_id);
CREATE INDEX suivi_entretiensuivi_structure_id_15bf14d6 ON public.suivi_entretiensuivi USING btree (structure_id);
CREATE INDEX suivi_informationpartenaire_par_id_3b74f066 ON public.suivi_informationpartenaire USING btree (par_id);
CREATE INDEX suivi_informationpartenaire_personne_id_01793fba ON public.suivi_informationpartenaire USING btree (personne_id);
CREATE INDEX suivi_informationpartenaire_structure_id_3f131609 ON public.suivi_informationpartenaire USING btree (structure_id);
CREATE INDEX suivi_note_par_id_cd5a31a8 ON public.suivi_note USING btree (par_id);
CREATE INDEX suivi_note_personne_id_3d83c38f ON public.suivi_note USING btree (personne_id);
CREATE INDEX suivi_note_structure_id_fbfab104 ON public.suivi_note USING btree (structure_id);
CREATE INDEX suivi_objectifglobal_fixe_par_id_523d66b8 ON public.suivi_objectifglobal USING btree (fixe_par_id);
CREATE INDEX suivi_piecevue_personne_id_9931319e ON public.suivi_piecevue USING btree (personne_id);
CREATE INDEX suivi_piecevue_structure_id_c63a3969 ON public.suivi_piecevue USING btree (structure_id);
CREATE INDEX suivi_piecevue_vue_par_id_b7ac61c6 ON public.suivi_piecevue USING btree (vue_par_id);
CREATE INDEX suivi_pointsituation_par_id_2558aee1 ON public.suivi_pointsituation USING btree (par_id);
CREATE INDEX suivi_pointsituation_personne_id_f58fdee9 ON public.suivi_pointsituation USING btree (personne_id);
CREATE INDEX suivi_reclamation_personne_id_301c06b2 ON public.suivi_reclamation USING btree (personne_id);
CREATE INDEX suivi_reclamation_repondue_par_id_6c96498c ON public.suivi_reclamation USING btree (repondue_par_id);
CREATE INDEX suivi_reclamation_saisie_par_id_ea7f6fea ON public.suivi_reclamation USING btree (saisie_par_id);
CREATE INDEX suivi_reclamation_structure_id_cff4bd4c ON public.suivi_reclamation USING btree (structure_id);
CREATE INDEX suivi_revueconjointe_demande_id_86969d8b ON public.suivi_revueconjointe USING btree (demande_id);
CREATE INDEX suivi_revueconjointe_operateur_id_a3e21e61 ON public.suivi_revueconjointe USING btree (operateur_id);
CREATE INDEX suivi_revueconjointe_par_id_96954ca4 ON public.suivi_revueconjointe USING btree (par_id);
CREATE INDEX suivi_revueconjointe_personne_id_2a828294 ON public.suivi_revueconjointe USING btree (personne_id);
CREATE INDEX suppleance_remplacant ON public.organismes_suppleance USING btree (remplacant_id, debut);
CREATE INDEX territoires_commune_code_insee_b7012942_like ON public.territoires_commune USING btree (code_insee varchar_pattern_ops);
CREATE INDEX territoires_commune_departement_6b994724 ON public.territoires_commune USING btree (departement);
CREATE INDEX territoires_commune_departement_6b994724_like ON public.territoires_commune USING btree (departement varchar_pattern_ops);
CREATE INDEX territoires_commune_ept_id_e47437d6 ON public.territoires_commune USING btree (ept_id);
CREATE INDEX territoires_commune_ept_id_e47437d6_like ON public.territoires_commune USING btree (ept_id varchar_pattern_ops);
CREATE INDEX territoires_ept_code_b8b712c6_like ON public.territoires_ept USING btree (code varchar_pattern_ops);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX valeur_carte ON public.pilotage_valeurcalculee USING btree (au, code, niveau);
CREATE INDEX valeur_serie ON public.pilotage_valeurcalculee USING btree (code, territoire, au);
CREATE UNIQUE INDEX vue_nom_unique ON public.pilotage_vuegardee USING btree (agent_id, nom) WHERE (supprimee_le IS NULL);
CREATE INDEX vue_partagee ON public.pilotage_vuegardee USING btree (nom) WHERE (partagee AND (supprimee_le IS NULL));
CREATE UNIQUE INDEX vue_premiere_unique ON public.pilotage_vuegardee USING btree (agent_id) WHERE (premiere AND (supprimee_le IS NULL));
CREATE STATISTICS public.echeance_ouvertes (mcv) ON unite, fermee_le, genre FROM public.parcours_echeance;
CREATE STATISTICS public.etape_ouvertes (mcv) ON unite, fermee_le, genre FROM public.parcours_etape;
CREATE TRIGGER bilan_scelle BEFORE DELETE OR UPDATE ON public.pilotage_bilan FOR EACH ROW EXECUTE FUNCTION public.bilan_scelle();
CREATE CONSTRAINT TRIGGER etape_ouverte_et_designee AFTER INSERT OR UPDATE OF fermee_le ON public.parcours_etape DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.etape_ouverte_et_designee();
CREATE TRIGGER evenement_immuable BEFORE DELETE OR UPDATE ON public.parcours_evenement FOR EACH ROW EXECUTE FUNCTION public.evenement_immuable();
CREATE TRIGGER evenement_pas_de_troncature BEFORE TRUNCATE ON public.parcours_evenement FOR EACH STATEMENT EXECUTE FUNCTION public.evenement_immuable();
CREATE TRIGGER instantane_immuable BEFORE DELETE OR UPDATE ON public.pilotage_instantane FOR EACH ROW EXECUTE FUNCTION public.publie_immuable();
CREATE TRIGGER instantane_pas_de_troncature BEFORE TRUNCATE ON public.pilotage_instantane FOR EACH STATEMENT EXECUTE FUNCTION public.publie_immuable();
CREATE TRIGGER lac_delete AFTER DELETE ON public.contrats_contrat REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.contrats_engagement REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.contrats_heuresrealisees REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.contrats_objectif REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.courriers_courrier REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_avisep REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_controlealeatoire REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_examenmotif REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_manquement REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_membreep REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_mesuredecidee REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_participationep REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_passageep REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_procedure REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_recours REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_seanceep REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.devoirs_tiragecontrole REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.fichiers_fichierrecu REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.organismes_structure REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.orientation_constat REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.orientation_demandereorientation REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.orientation_diagnostic REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.orientation_orientation REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.parcours_echeance REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.parcours_etape REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.parcours_evenement REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.personnes_adresse REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.personnes_appartenance REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.personnes_contact REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.personnes_droitfoyer REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.personnes_droitpersonne REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.personnes_foyer REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.personnes_identifiant REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.personnes_ouverturedroit REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.personnes_personne REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.personnes_rattachement REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.pilotage_participation REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.prestations_droitexamine REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.rendezvous_rendezvous REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.suivi_accompagnementglobal REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.suivi_contactsuivi REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.suivi_reclamation REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.suivi_revueconjointe REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_delete AFTER DELETE ON public.territoires_commune REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('');
CREATE TRIGGER lac_insert AFTER INSERT ON public.contrats_contrat REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.contrats_engagement REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.contrats_heuresrealisees REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.contrats_objectif REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.courriers_courrier REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_avisep REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_controlealeatoire REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_examenmotif REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_manquement REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_membreep REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_mesuredecidee REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_participationep REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_passageep REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_procedure REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_recours REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_seanceep REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.devoirs_tiragecontrole REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.fichiers_fichierrecu REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.organismes_structure REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.orientation_constat REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.orientation_demandereorientation REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.orientation_diagnostic REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.orientation_orientation REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.parcours_echeance REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.parcours_etape REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.parcours_evenement REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.personnes_adresse REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.personnes_appartenance REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.personnes_contact REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.personnes_droitfoyer REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.personnes_droitpersonne REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.personnes_foyer REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.personnes_identifiant REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.personnes_ouverturedroit REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.personnes_personne REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.personnes_rattachement REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.pilotage_participation REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.prestations_droitexamine REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.rendezvous_rendezvous REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.suivi_accompagnementglobal REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.suivi_contactsuivi REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.suivi_reclamation REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.suivi_revueconjointe REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_insert AFTER INSERT ON public.territoires_commune REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.contrats_contrat FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.contrats_engagement FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.contrats_heuresrealisees FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.contrats_objectif FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.courriers_courrier FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_avisep FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_controlealeatoire FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_examenmotif FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_manquement FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_membreep FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_mesuredecidee FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_participationep FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_passageep FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_procedure FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_recours FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_seanceep FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.devoirs_tiragecontrole FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.fichiers_fichierrecu FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.organismes_structure FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.orientation_constat FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.orientation_demandereorientation FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.orientation_diagnostic FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.orientation_orientation FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.parcours_echeance FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.parcours_etape FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.parcours_evenement FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.personnes_adresse FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.personnes_appartenance FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.personnes_contact FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.personnes_droitfoyer FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.personnes_droitpersonne FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.personnes_foyer FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.personnes_identifiant FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.personnes_ouverturedroit FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.personnes_personne FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.personnes_rattachement FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.pilotage_participation FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.prestations_droitexamine FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.rendezvous_rendezvous FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.suivi_accompagnementglobal FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.suivi_contactsuivi FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.suivi_reclamation FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.suivi_revueconjointe FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_truncate AFTER TRUNCATE ON public.territoires_commune FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('');
CREATE TRIGGER lac_update AFTER UPDATE ON public.contrats_contrat REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.contrats_engagement REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.contrats_heuresrealisees REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.contrats_objectif REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.courriers_courrier REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_avisep REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_controlealeatoire REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_examenmotif REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_manquement REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_membreep REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_mesuredecidee REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_participationep REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_passageep REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_procedure REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_recours REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_seanceep REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.devoirs_tiragecontrole REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.fichiers_fichierrecu REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.organismes_structure REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.orientation_constat REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.orientation_demandereorientation REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.orientation_diagnostic REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.orientation_orientation REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.parcours_echeance REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.parcours_etape REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.parcours_evenement REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.personnes_adresse REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.personnes_appartenance REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.personnes_contact REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.personnes_droitfoyer REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.personnes_droitpersonne REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.personnes_foyer REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.personnes_identifiant REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.personnes_ouverturedroit REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.personnes_personne REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.personnes_rattachement REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.pilotage_participation REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.prestations_droitexamine REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.rendezvous_rendezvous REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.suivi_accompagnementglobal REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.suivi_contactsuivi REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.suivi_reclamation REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.suivi_revueconjointe REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('id');
CREATE TRIGGER lac_update AFTER UPDATE ON public.territoires_commune REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION public.lac_noter('');
CREATE TRIGGER pgtrigger_delete_delete_a76a7 AFTER DELETE ON public.personnes_personne REFERENCING OLD TABLE AS old_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_delete_delete_a76a7();
COMMENT ON TRIGGER pgtrigger_delete_delete_a76a7 ON public.personnes_personne IS '4a1b5f2af6c0204b582ab10dd9db102642340b88';
CREATE TRIGGER pgtrigger_update_update_ef24a AFTER UPDATE ON public.personnes_personne REFERENCING OLD TABLE AS old_values NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_update_update_ef24a();
COMMENT ON TRIGGER pgtrigger_update_update_ef24a ON public.personnes_personne IS 'b539d8c2e1ff916afaaaec29340ea4bd0d3f5b35';
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
CREATE CONSTRAINT TRIGGER situation_designe_une_etape_ouverte AFTER INSERT OR UPDATE OF etape_id ON public.parcours_situation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.etape_ouverte_et_designee();
CREATE TRIGGER valeur_publiee_immuable BEFORE DELETE OR UPDATE ON public.pilotage_valeurpubliee FOR EACH ROW EXECUTE FUNCTION public.publie_immuable();
CREATE TRIGGER valeur_publiee_pas_de_troncature BEFORE TRUNCATE ON public.pilotage_valeurpubliee FOR EACH STATEMENT EXECUTE FUNCTION public.publie_immuable();
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_organismes_agent_id FOREIGN KEY (user_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.caf_contenufichier
    ADD CONSTRAINT caf_contenufichier_fichier_id_ce1a467a_fk_fichiers_ FOREIGN KEY (fichier_id) REFERENCES public.fichiers_fichierrecu(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.caf_evenementfoyer
    ADD CONSTRAINT caf_evenementfoyer_fichier_id_812f9a7f_fk_fichiers_ FOREIGN KEY (fichier_id) REFERENCES public.fichiers_fichierrecu(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.caf_evenementfoyer
    ADD CONSTRAINT caf_evenementfoyer_foyer_id_e296d484_fk_personnes_foyer_id FOREIGN KEY (foyer_id) REFERENCES public.personnes_foyer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_fichierrecu
    ADD CONSTRAINT caf_fichierrecu_depose_par_id_37e5b3c1_fk_organismes_agent_id FOREIGN KEY (depose_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_fichierrecu
    ADD CONSTRAINT caf_fichierrecu_organisme_id_ac8a2f37_fk_personnes FOREIGN KEY (organisme_id) REFERENCES public.personnes_organismepayeur(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_elementrejete
    ADD CONSTRAINT caf_foyerrejete_fichier_id_e868e1bb_fk_caf_fichierrecu_id FOREIGN KEY (fichier_id) REFERENCES public.fichiers_fichierrecu(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrats_contrat_cree_par_id_800ca7fa_fk_organismes_agent_id FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrats_contrat_lot_id_993a5178_fk_contrats_lotcontrats_id FOREIGN KEY (lot_id) REFERENCES public.contrats_lotcontrats(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrats_contrat_orientation_id_d3990d84_fk_orientati FOREIGN KEY (orientation_id) REFERENCES public.orientation_orientation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrats_contrat_personne_id_1ff648ff_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrats_contrat_precedent_id_16f2fbe7_fk_contrats_contrat_id FOREIGN KEY (precedent_id) REFERENCES public.contrats_contrat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrats_contrat_propose_par_id_b4d850e4_fk_organismes_agent_id FOREIGN KEY (propose_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrats_contrat_referent_id_89208523_fk_organismes_agent_id FOREIGN KEY (referent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_contrat
    ADD CONSTRAINT contrats_contrat_structure_id_c76f9239_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_engagement
    ADD CONSTRAINT contrats_engagement_contrat_id_ccfa5f42_fk_contrats_contrat_id FOREIGN KEY (contrat_id) REFERENCES public.contrats_contrat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_engagement
    ADD CONSTRAINT contrats_engagement_etat_par_id_639e72c0_fk_organismes_agent_id FOREIGN KEY (etat_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_engagement
    ADD CONSTRAINT contrats_engagement_objectif_id_c1c06919_fk_contrats_ FOREIGN KEY (objectif_id) REFERENCES public.contrats_objectif(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_engagement
    ADD CONSTRAINT contrats_engagement_responsable_id_81530ebb_fk_organisme FOREIGN KEY (responsable_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_engagement
    ADD CONSTRAINT contrats_engagement_structure_id_f9672f0c_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_etapecircuit
    ADD CONSTRAINT contrats_etapecircui_structure_id_9a28ea18_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_heuresrealisees
    ADD CONSTRAINT contrats_heuresreali_personne_id_c185c453_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_heuresrealisees
    ADD CONSTRAINT contrats_heuresreali_saisie_par_id_8986c776_fk_organisme FOREIGN KEY (saisie_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_heuresrealisees
    ADD CONSTRAINT contrats_heuresreali_structure_id_bf836610_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_lotcontrats
    ADD CONSTRAINT contrats_lotcontrats_cree_par_id_292f7e0c_fk_organisme FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_objectif
    ADD CONSTRAINT contrats_objectif_contrat_id_1ef795a8_fk_contrats_contrat_id FOREIGN KEY (contrat_id) REFERENCES public.contrats_contrat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_objectif
    ADD CONSTRAINT contrats_objectif_parent_id_b368636f_fk_contrats_objectif_id FOREIGN KEY (parent_id) REFERENCES public.contrats_objectif(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_passagecircuit
    ADD CONSTRAINT contrats_passagecirc_contrat_id_d6332dce_fk_contrats_ FOREIGN KEY (contrat_id) REFERENCES public.contrats_contrat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_passagecircuit
    ADD CONSTRAINT contrats_passagecircuit_par_id_440f5e74_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_piecesignee
    ADD CONSTRAINT contrats_piecesignee_depose_par_id_2c2325b7_fk_organisme FOREIGN KEY (depose_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_preuvesignature
    ADD CONSTRAINT contrats_preuvesigna_contrat_id_3ee93e52_fk_contrats_ FOREIGN KEY (contrat_id) REFERENCES public.contrats_contrat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_preuvesignature
    ADD CONSTRAINT contrats_preuvesigna_piece_id_c0d8128a_fk_contrats_ FOREIGN KEY (piece_id) REFERENCES public.contrats_piecesignee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_preuvesignature
    ADD CONSTRAINT contrats_preuvesigna_recueillie_par_id_782d3658_fk_organisme FOREIGN KEY (recueillie_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_versioncontrat
    ADD CONSTRAINT contrats_versioncont_contrat_id_74e84ccf_fk_contrats_ FOREIGN KEY (contrat_id) REFERENCES public.contrats_contrat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contrats_versioncontrat
    ADD CONSTRAINT contrats_versioncontrat_par_id_3552362c_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_acheminement
    ADD CONSTRAINT courriers_achemineme_courrier_id_3c42204c_fk_courriers FOREIGN KEY (courrier_id) REFERENCES public.courriers_courrier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_acheminement
    ADD CONSTRAINT courriers_achemineme_regle_par_id_ebc62ce9_fk_organisme FOREIGN KEY (regle_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_courrier
    ADD CONSTRAINT courriers_courrier_adresse_id_7b740f8f_fk_personnes_adresse_id FOREIGN KEY (adresse_id) REFERENCES public.personnes_adresse(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_courrier
    ADD CONSTRAINT courriers_courrier_contact_id_95fcf07d_fk_personnes_contact_id FOREIGN KEY (contact_id) REFERENCES public.personnes_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_courrier
    ADD CONSTRAINT courriers_courrier_cree_par_id_b59ca2f9_fk_organismes_agent_id FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_courrier
    ADD CONSTRAINT courriers_courrier_modele_id_e3257dc0_fk_courriers FOREIGN KEY (modele_id) REFERENCES public.courriers_modelecourrier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_courrier
    ADD CONSTRAINT courriers_courrier_personne_id_9f8b6aed_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_lotimpression
    ADD CONSTRAINT courriers_lotimpress_cree_par_id_ce493a45_fk_organisme FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_lotimpression
    ADD CONSTRAINT courriers_lotimpress_poste_par_id_1646caee_fk_organisme FOREIGN KEY (poste_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_modelecourrier
    ADD CONSTRAINT courriers_modelecour_active_par_id_764393ef_fk_organisme FOREIGN KEY (active_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_modelecourrier
    ADD CONSTRAINT courriers_modelecour_cree_par_id_fd16c7db_fk_organisme FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_plidelot
    ADD CONSTRAINT courriers_plidelot_courrier_id_d4a55f24_fk_courriers FOREIGN KEY (courrier_id) REFERENCES public.courriers_courrier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_plidelot
    ADD CONSTRAINT courriers_plidelot_lot_id_e906b126_fk_courriers FOREIGN KEY (lot_id) REFERENCES public.courriers_lotimpression(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_preferencecontact
    ADD CONSTRAINT courriers_preference_note_par_id_25d4e403_fk_organisme FOREIGN KEY (note_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_preferencecontact
    ADD CONSTRAINT courriers_preference_personne_id_1bf039a0_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_suiviremise
    ADD CONSTRAINT courriers_suiviremis_courrier_id_f3360104_fk_courriers FOREIGN KEY (courrier_id) REFERENCES public.courriers_courrier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.courriers_suiviremise
    ADD CONSTRAINT courriers_suiviremis_note_par_id_c59c3c28_fk_organisme FOREIGN KEY (note_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_acteseance
    ADD CONSTRAINT devoirs_acteseance_membre_id_6bccb5a6_fk_devoirs_membreep_id FOREIGN KEY (membre_id) REFERENCES public.devoirs_membreep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_acteseance
    ADD CONSTRAINT devoirs_acteseance_par_id_a15aa9fb_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_acteseance
    ADD CONSTRAINT devoirs_acteseance_passage_id_16636a96_fk_devoirs_passageep_id FOREIGN KEY (passage_id) REFERENCES public.devoirs_passageep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_acteseance
    ADD CONSTRAINT devoirs_acteseance_seance_id_fac9b683_fk_devoirs_seanceep_id FOREIGN KEY (seance_id) REFERENCES public.devoirs_seanceep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_avisep
    ADD CONSTRAINT devoirs_avisep_enregistre_par_id_35a2ec3f_fk_organisme FOREIGN KEY (enregistre_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_avisep
    ADD CONSTRAINT devoirs_avisep_passage_id_76b9247e_fk_devoirs_passageep_id FOREIGN KEY (passage_id) REFERENCES public.devoirs_passageep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_collegeep
    ADD CONSTRAINT devoirs_collegeep_reglement_id_eed73f26_fk_devoirs_r FOREIGN KEY (reglement_id) REFERENCES public.devoirs_reglementep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_controlealeatoire
    ADD CONSTRAINT devoirs_controlealea_conclu_par_id_b105820d_fk_organisme FOREIGN KEY (conclu_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_controlealeatoire
    ADD CONSTRAINT devoirs_controlealea_personne_id_17334d1f_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_controlealeatoire
    ADD CONSTRAINT devoirs_controlealea_tirage_id_5b476cab_fk_devoirs_t FOREIGN KEY (tirage_id) REFERENCES public.devoirs_tiragecontrole(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_dissentimentep
    ADD CONSTRAINT devoirs_dissentiment_membre_id_77ea777d_fk_devoirs_m FOREIGN KEY (membre_id) REFERENCES public.devoirs_membreep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_dissentimentep
    ADD CONSTRAINT devoirs_dissentimentep_avis_id_7c55b75f_fk_devoirs_avisep_id FOREIGN KEY (avis_id) REFERENCES public.devoirs_avisep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_droitsverifies
    ADD CONSTRAINT devoirs_droitsverifi_manquement_id_39fabcde_fk_devoirs_m FOREIGN KEY (manquement_id) REFERENCES public.devoirs_manquement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_droitsverifies
    ADD CONSTRAINT devoirs_droitsverifies_par_id_e8af4cd5_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_echocaisse
    ADD CONSTRAINT devoirs_echocaisse_foyer_id_dc0289a9_fk_personnes_foyer_id FOREIGN KEY (foyer_id) REFERENCES public.personnes_foyer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_echocaisse
    ADD CONSTRAINT devoirs_echocaisse_mesure_id_f69d9681_fk_devoirs_m FOREIGN KEY (mesure_id) REFERENCES public.devoirs_mesuredecidee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_examenmotif
    ADD CONSTRAINT devoirs_examenmotif_manquement_id_dcfba442_fk_devoirs_m FOREIGN KEY (manquement_id) REFERENCES public.devoirs_manquement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_examenmotif
    ADD CONSTRAINT devoirs_examenmotif_par_id_880cdbb2_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_examenmotif
    ADD CONSTRAINT devoirs_examenmotif_procedure_id_e4d0bb0c_fk_devoirs_p FOREIGN KEY (procedure_id) REFERENCES public.devoirs_procedure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_fluxconventionne
    ADD CONSTRAINT devoirs_fluxconventi_ajoute_par_id_c45066ff_fk_organisme FOREIGN KEY (ajoute_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_fluxconventionne
    ADD CONSTRAINT devoirs_fluxconventi_convention_id_9caeb481_fk_organisme FOREIGN KEY (convention_id) REFERENCES public.organismes_convention(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_fluxconventionne
    ADD CONSTRAINT devoirs_fluxconventi_organisme_id_6d631465_fk_personnes FOREIGN KEY (organisme_id) REFERENCES public.personnes_organismepayeur(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_lignecaisse
    ADD CONSTRAINT devoirs_lignecaisse_foyer_id_aa6f76a6_fk_personnes_foyer_id FOREIGN KEY (foyer_id) REFERENCES public.personnes_foyer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_lignecaisse
    ADD CONSTRAINT devoirs_lignecaisse_liste_id_c8d63cd1_fk_devoirs_listecaisse_id FOREIGN KEY (liste_id) REFERENCES public.devoirs_listecaisse(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_lignecaisse
    ADD CONSTRAINT devoirs_lignecaisse_mesure_id_1349fe2c_fk_devoirs_m FOREIGN KEY (mesure_id) REFERENCES public.devoirs_mesuredecidee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_listecaisse
    ADD CONSTRAINT devoirs_listecaisse_convention_id_2937e3b2_fk_organisme FOREIGN KEY (convention_id) REFERENCES public.organismes_convention(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_listecaisse
    ADD CONSTRAINT devoirs_listecaisse_envoyee_par_id_83dff7ab_fk_organisme FOREIGN KEY (envoyee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_listecaisse
    ADD CONSTRAINT devoirs_listecaisse_organisme_id_78c7dd6b_fk_personnes FOREIGN KEY (organisme_id) REFERENCES public.personnes_organismepayeur(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_listecaisse
    ADD CONSTRAINT devoirs_listecaisse_preparee_par_id_f2a917b1_fk_organisme FOREIGN KEY (preparee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_manquement
    ADD CONSTRAINT devoirs_manquement_contrat_id_9338e77e_fk_contrats_contrat_id FOREIGN KEY (contrat_id) REFERENCES public.contrats_contrat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_manquement
    ADD CONSTRAINT devoirs_manquement_engagement_id_0251c407_fk_contrats_ FOREIGN KEY (engagement_id) REFERENCES public.contrats_engagement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_manquement
    ADD CONSTRAINT devoirs_manquement_persistance_de_id_85b67744_fk_devoirs_m FOREIGN KEY (persistance_de_id) REFERENCES public.devoirs_mesuredecidee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_manquement
    ADD CONSTRAINT devoirs_manquement_personne_id_28676f77_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_manquement
    ADD CONSTRAINT devoirs_manquement_procedure_id_50de64f5_fk_devoirs_p FOREIGN KEY (procedure_id) REFERENCES public.devoirs_procedure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_manquement
    ADD CONSTRAINT devoirs_manquement_signale_par_id_77b665c9_fk_organisme FOREIGN KEY (signale_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_manquement
    ADD CONSTRAINT devoirs_manquement_structure_id_17686e4a_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_membreep
    ADD CONSTRAINT devoirs_membreep_agent_id_b4fe866e_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_mesuredecidee
    ADD CONSTRAINT devoirs_mesuredecide_decideur_id_09767f67_fk_organisme FOREIGN KEY (decideur_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_mesuredecidee
    ADD CONSTRAINT devoirs_mesuredecide_notification_id_d7ba1882_fk_courriers FOREIGN KEY (notification_id) REFERENCES public.courriers_courrier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_mesuredecidee
    ADD CONSTRAINT devoirs_mesuredecide_personne_id_59212024_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_mesuredecidee
    ADD CONSTRAINT devoirs_mesuredecide_procedure_id_e7c0349d_fk_devoirs_p FOREIGN KEY (procedure_id) REFERENCES public.devoirs_procedure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_mesuredecidee
    ADD CONSTRAINT devoirs_mesuredecide_saisie_par_id_266797f7_fk_organisme FOREIGN KEY (saisie_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_observation
    ADD CONSTRAINT devoirs_observation_notee_par_id_59efbf93_fk_organisme FOREIGN KEY (notee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_observation
    ADD CONSTRAINT devoirs_observation_procedure_id_7469da28_fk_devoirs_p FOREIGN KEY (procedure_id) REFERENCES public.devoirs_procedure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_participationep
    ADD CONSTRAINT devoirs_participatio_membre_id_be47c831_fk_devoirs_m FOREIGN KEY (membre_id) REFERENCES public.devoirs_membreep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_participationep
    ADD CONSTRAINT devoirs_participatio_seance_id_249f010c_fk_devoirs_s FOREIGN KEY (seance_id) REFERENCES public.devoirs_seanceep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_passageep
    ADD CONSTRAINT devoirs_passageep_convocation_id_3ec890d1_fk_courriers FOREIGN KEY (convocation_id) REFERENCES public.courriers_courrier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_passageep
    ADD CONSTRAINT devoirs_passageep_demande_id_04c12d07_fk_orientati FOREIGN KEY (demande_id) REFERENCES public.orientation_demandereorientation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_passageep
    ADD CONSTRAINT devoirs_passageep_inscrit_par_id_5294631b_fk_organisme FOREIGN KEY (inscrit_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_passageep
    ADD CONSTRAINT devoirs_passageep_personne_id_0fce943d_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_passageep
    ADD CONSTRAINT devoirs_passageep_procedure_id_087545d5_fk_devoirs_procedure_id FOREIGN KEY (procedure_id) REFERENCES public.devoirs_procedure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_passageep
    ADD CONSTRAINT devoirs_passageep_seance_id_33f6bd75_fk_devoirs_seanceep_id FOREIGN KEY (seance_id) REFERENCES public.devoirs_seanceep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_passageep
    ADD CONSTRAINT devoirs_passageep_suite_id_d3278c76_fk_courriers_courrier_id FOREIGN KEY (suite_id) REFERENCES public.courriers_courrier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_procedure
    ADD CONSTRAINT devoirs_procedure_close_par_id_982490d9_fk_organismes_agent_id FOREIGN KEY (close_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_procedure
    ADD CONSTRAINT devoirs_procedure_griefs_id_b831590c_fk_courriers_courrier_id FOREIGN KEY (griefs_id) REFERENCES public.courriers_courrier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_procedure
    ADD CONSTRAINT devoirs_procedure_ouverte_par_id_94ddc99d_fk_organisme FOREIGN KEY (ouverte_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_procedure
    ADD CONSTRAINT devoirs_procedure_personne_id_b7879501_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_procedure
    ADD CONSTRAINT devoirs_procedure_responsable_id_eaebb249_fk_organisme FOREIGN KEY (responsable_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_procesverbal
    ADD CONSTRAINT devoirs_procesverbal_etabli_par_id_a9050c3e_fk_organisme FOREIGN KEY (etabli_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_procesverbal
    ADD CONSTRAINT devoirs_procesverbal_seance_id_d2b300dc_fk_devoirs_seanceep_id FOREIGN KEY (seance_id) REFERENCES public.devoirs_seanceep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_projetdecision
    ADD CONSTRAINT devoirs_projetdecisi_prepare_par_id_943a4d46_fk_organisme FOREIGN KEY (prepare_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_projetdecision
    ADD CONSTRAINT devoirs_projetdecisi_procedure_id_a2df89b4_fk_devoirs_p FOREIGN KEY (procedure_id) REFERENCES public.devoirs_procedure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_recours
    ADD CONSTRAINT devoirs_recours_depose_par_id_d3b9ad29_fk_organismes_agent_id FOREIGN KEY (depose_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_recours
    ADD CONSTRAINT devoirs_recours_mesure_id_2a639e0d_fk_devoirs_mesuredecidee_id FOREIGN KEY (mesure_id) REFERENCES public.devoirs_mesuredecidee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_recours
    ADD CONSTRAINT devoirs_recours_statue_par_id_79e2b977_fk_organismes_agent_id FOREIGN KEY (statue_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_reglementep
    ADD CONSTRAINT devoirs_reglementep_cree_par_id_368a519c_fk_organismes_agent_id FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_retraitmembre
    ADD CONSTRAINT devoirs_retraitmembr_passage_id_09c13f16_fk_devoirs_p FOREIGN KEY (passage_id) REFERENCES public.devoirs_passageep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_retraitmembre
    ADD CONSTRAINT devoirs_retraitmembre_membre_id_98408b0c_fk_devoirs_membreep_id FOREIGN KEY (membre_id) REFERENCES public.devoirs_membreep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_retraitmembre
    ADD CONSTRAINT devoirs_retraitmembre_par_id_63715832_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_seanceep
    ADD CONSTRAINT devoirs_seanceep_presidence_id_dc05d152_fk_devoirs_membreep_id FOREIGN KEY (presidence_id) REFERENCES public.devoirs_membreep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_seanceep
    ADD CONSTRAINT devoirs_seanceep_reglement_id_2d208568_fk_devoirs_r FOREIGN KEY (reglement_id) REFERENCES public.devoirs_reglementep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_seanceep
    ADD CONSTRAINT devoirs_seanceep_secretaire_id_1744ed9f_fk_organismes_agent_id FOREIGN KEY (secretaire_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_tiragecontrole
    ADD CONSTRAINT devoirs_tiragecontro_annonce_par_id_afd21343_fk_organisme FOREIGN KEY (annonce_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.devoirs_tiragecontrole
    ADD CONSTRAINT devoirs_tiragecontro_tire_par_id_867f996e_fk_organisme FOREIGN KEY (tire_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_elementrejete
    ADD CONSTRAINT fichiers_elementreje_traite_par_id_595433e7_fk_organisme FOREIGN KEY (traite_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_fichierattendu
    ADD CONSTRAINT fichiers_fichieratte_emetteur_id_e67bb6f9_fk_organisme FOREIGN KEY (emetteur_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_fichierattendu
    ADD CONSTRAINT fichiers_fichieratte_modifie_par_id_89579185_fk_organisme FOREIGN KEY (modifie_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_fichierattendu
    ADD CONSTRAINT fichiers_fichieratte_organisme_id_6764fb32_fk_personnes FOREIGN KEY (organisme_id) REFERENCES public.personnes_organismepayeur(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_fichierattendu
    ADD CONSTRAINT fichiers_fichieratte_structure_id_e6672572_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_fichierrecu
    ADD CONSTRAINT fichiers_fichierrecu_emetteur_id_54620dfb_fk_organisme FOREIGN KEY (emetteur_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_rejeu
    ADD CONSTRAINT fichiers_rejeu_demande_par_id_2cb119d9_fk_organismes_agent_id FOREIGN KEY (demande_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_relancefichier
    ADD CONSTRAINT fichiers_relancefich_attendu_id_a9c7ac92_fk_fichiers_ FOREIGN KEY (attendu_id) REFERENCES public.fichiers_fichierattendu(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fichiers_relancefichier
    ADD CONSTRAINT fichiers_relancefichier_par_id_cd4fc3c6_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_organismes_agent_id FOREIGN KEY (user_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_absenceagent
    ADD CONSTRAINT organismes_absenceag_agent_id_baa28b86_fk_organisme FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_affectation
    ADD CONSTRAINT organismes_affectati_structure_id_ddc95c6f_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_affectation
    ADD CONSTRAINT organismes_affectation_agent_id_f92862fb_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_convention
    ADD CONSTRAINT organismes_conventio_structure_id_84925892_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_reglesecteur
    ADD CONSTRAINT organismes_reglesect_commune_id_4e27964f_fk_territoir FOREIGN KEY (commune_id) REFERENCES public.territoires_commune(code_insee) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_reglesecteur
    ADD CONSTRAINT organismes_reglesect_structure_id_7e75a8db_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_structure
    ADD CONSTRAINT organismes_structure_commune_id_b252f946_fk_territoir FOREIGN KEY (commune_id) REFERENCES public.territoires_commune(code_insee) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_structure
    ADD CONSTRAINT organismes_structure_parent_id_a908ce2d_fk_organisme FOREIGN KEY (parent_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_suppleance
    ADD CONSTRAINT organismes_suppleanc_creee_par_id_f07b303d_fk_organisme FOREIGN KEY (creee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_suppleance
    ADD CONSTRAINT organismes_suppleanc_remplacant_id_bbd36086_fk_organisme FOREIGN KEY (remplacant_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organismes_suppleance
    ADD CONSTRAINT organismes_suppleance_absent_id_93d7dda6_fk_organismes_agent_id FOREIGN KEY (absent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_actearrete
    ADD CONSTRAINT orientation_actearre_arrete_id_0dbf55c4_fk_orientati FOREIGN KEY (arrete_id) REFERENCES public.orientation_arretecriteres(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_actearrete
    ADD CONSTRAINT orientation_actearrete_par_id_276860ec_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_appellationrome
    ADD CONSTRAINT orientation_appellat_metier_id_1219eab5_fk_orientati FOREIGN KEY (metier_id) REFERENCES public.orientation_metierrome(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_besoinaccueil
    ADD CONSTRAINT orientation_besoinac_note_par_id_d93fff31_fk_organisme FOREIGN KEY (note_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_besoinaccueil
    ADD CONSTRAINT orientation_besoinac_personne_id_6b33fc33_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_constat
    ADD CONSTRAINT orientation_constat_diagnostic_id_9de8e448_fk_orientati FOREIGN KEY (diagnostic_id) REFERENCES public.orientation_diagnostic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_constat
    ADD CONSTRAINT orientation_constat_par_id_ceefa718_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_constat
    ADD CONSTRAINT orientation_constat_personne_id_3b26559c_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandechangement
    ADD CONSTRAINT orientation_demandec_agent_id_710ae3a4_fk_organisme FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandechangement
    ADD CONSTRAINT orientation_demandec_demandee_par_id_f8199da4_fk_organisme FOREIGN KEY (demandee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandechangement
    ADD CONSTRAINT orientation_demandec_nouvel_agent_id_525fbda8_fk_organisme FOREIGN KEY (nouvel_agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandechangement
    ADD CONSTRAINT orientation_demandec_personne_id_d5393e1e_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandechangement
    ADD CONSTRAINT orientation_demandec_repondue_par_id_58bce51e_fk_organisme FOREIGN KEY (repondue_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandeexplication
    ADD CONSTRAINT orientation_demandee_courrier_id_b9d0a0dc_fk_courriers FOREIGN KEY (courrier_id) REFERENCES public.courriers_courrier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandeexplication
    ADD CONSTRAINT orientation_demandee_notee_par_id_865ed5b3_fk_organisme FOREIGN KEY (notee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandeexplication
    ADD CONSTRAINT orientation_demandee_orientation_id_115e0cf9_fk_orientati FOREIGN KEY (orientation_id) REFERENCES public.orientation_orientation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandeexplication
    ADD CONSTRAINT orientation_demandee_personne_id_7af9b21d_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandereorientation
    ADD CONSTRAINT orientation_demander_decidee_par_id_9d2dc9be_fk_organisme FOREIGN KEY (decidee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandereorientation
    ADD CONSTRAINT orientation_demander_demandee_par_id_8d582a3d_fk_organisme FOREIGN KEY (demandee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandereorientation
    ADD CONSTRAINT orientation_demander_orientation_id_aa025776_fk_orientati FOREIGN KEY (orientation_id) REFERENCES public.orientation_orientation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_demandereorientation
    ADD CONSTRAINT orientation_demander_personne_id_37045eb6_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_detaildiagnostic
    ADD CONSTRAINT orientation_detaildi_diagnostic_id_3f3d3656_fk_orientati FOREIGN KEY (diagnostic_id) REFERENCES public.orientation_diagnostic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_detaildiagnostic
    ADD CONSTRAINT orientation_detaildi_par_id_82cbb5e8_fk_organisme FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_diagnostic
    ADD CONSTRAINT orientation_diagnost_mene_par_id_1653d3c2_fk_organisme FOREIGN KEY (mene_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_diagnostic
    ADD CONSTRAINT orientation_diagnost_personne_id_22f0d378_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_diagnostic
    ADD CONSTRAINT orientation_diagnost_remplace_id_fdab0c30_fk_orientati FOREIGN KEY (remplace_id) REFERENCES public.orientation_diagnostic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_experienceemploi
    ADD CONSTRAINT orientation_experien_diagnostic_id_7486c465_fk_orientati FOREIGN KEY (diagnostic_id) REFERENCES public.orientation_diagnostic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_itemmetierrome
    ADD CONSTRAINT orientation_itemmeti_metier_id_d115c1c3_fk_orientati FOREIGN KEY (metier_id) REFERENCES public.orientation_metierrome(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_ligneaffectation
    ADD CONSTRAINT orientation_ligneaff_agent_id_f5e9b0d4_fk_organisme FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_ligneaffectation
    ADD CONSTRAINT orientation_ligneaff_deplacee_par_id_36852ccf_fk_organisme FOREIGN KEY (deplacee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_ligneaffectation
    ADD CONSTRAINT orientation_ligneaff_personne_id_8a719933_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_ligneaffectation
    ADD CONSTRAINT orientation_ligneaff_propose_agent_id_91d40329_fk_organisme FOREIGN KEY (propose_agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_ligneaffectation
    ADD CONSTRAINT orientation_ligneaff_propose_structure_id_89028364_fk_organisme FOREIGN KEY (propose_structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_ligneaffectation
    ADD CONSTRAINT orientation_ligneaff_proposition_id_981f4b5f_fk_orientati FOREIGN KEY (proposition_id) REFERENCES public.orientation_propositionaffectation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_ligneaffectation
    ADD CONSTRAINT orientation_ligneaff_structure_decidee_id_6f087609_fk_organisme FOREIGN KEY (structure_decidee_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_ligneaffectation
    ADD CONSTRAINT orientation_ligneaff_structure_id_f77d56fd_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_mobiliterome
    ADD CONSTRAINT orientation_mobilite_cible_id_02c0f607_fk_orientati FOREIGN KEY (cible_id) REFERENCES public.orientation_metierrome(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_mobiliterome
    ADD CONSTRAINT orientation_mobilite_metier_id_2e1da320_fk_orientati FOREIGN KEY (metier_id) REFERENCES public.orientation_metierrome(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_orientation
    ADD CONSTRAINT orientation_orientat_decidee_par_id_9fba8944_fk_organisme FOREIGN KEY (decidee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_orientation
    ADD CONSTRAINT orientation_orientat_diagnostic_id_59e86616_fk_orientati FOREIGN KEY (diagnostic_id) REFERENCES public.orientation_diagnostic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_orientation
    ADD CONSTRAINT orientation_orientat_personne_id_050d55de_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_orientation
    ADD CONSTRAINT orientation_orientat_structure_id_6790da46_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_projetemploi
    ADD CONSTRAINT orientation_projetem_diagnostic_id_8495f4c7_fk_orientati FOREIGN KEY (diagnostic_id) REFERENCES public.orientation_diagnostic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_propositionaffectation
    ADD CONSTRAINT orientation_proposit_cree_par_id_2894faf4_fk_organisme FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_propositionaffectation
    ADD CONSTRAINT orientation_proposit_structure_id_f407f263_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_propositionaffectation
    ADD CONSTRAINT orientation_proposit_validee_par_id_600b1e3f_fk_organisme FOREIGN KEY (validee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_reglagereferent
    ADD CONSTRAINT orientation_reglager_agent_id_727003cb_fk_organisme FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_reglagereferent
    ADD CONSTRAINT orientation_reglager_structure_id_1407b772_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_reglagestructure
    ADD CONSTRAINT orientation_reglages_structure_id_d599624e_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_relais
    ADD CONSTRAINT orientation_relais_clos_par_id_44340796_fk_organismes_agent_id FOREIGN KEY (clos_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_relais
    ADD CONSTRAINT orientation_relais_de_agent_id_2edd003f_fk_organismes_agent_id FOREIGN KEY (de_agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_relais
    ADD CONSTRAINT orientation_relais_de_structure_id_208867f0_fk_organisme FOREIGN KEY (de_structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_relais
    ADD CONSTRAINT orientation_relais_personne_id_aa29bfe8_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_relais
    ADD CONSTRAINT orientation_relais_propose_par_id_feb63c9d_fk_organisme FOREIGN KEY (propose_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_relais
    ADD CONSTRAINT orientation_relais_recu_par_id_33becff2_fk_organismes_agent_id FOREIGN KEY (recu_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_relais
    ADD CONSTRAINT orientation_relais_vers_agent_id_0f259ab9_fk_organisme FOREIGN KEY (vers_agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_relais
    ADD CONSTRAINT orientation_relais_vers_structure_id_07576ddc_fk_organisme FOREIGN KEY (vers_structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_versiondiagnostic
    ADD CONSTRAINT orientation_versiond_diagnostic_id_5db87252_fk_orientati FOREIGN KEY (diagnostic_id) REFERENCES public.orientation_diagnostic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orientation_versiondiagnostic
    ADD CONSTRAINT orientation_versiond_par_id_7e352d06_fk_organisme FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_echeance
    ADD CONSTRAINT parcours_echeance_agent_id_d4d4bc4e_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_echeance
    ADD CONSTRAINT parcours_echeance_evenement_id_c182f57a_fk_parcours_ FOREIGN KEY (evenement_id) REFERENCES public.parcours_evenement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_echeance
    ADD CONSTRAINT parcours_echeance_fermee_par_id_6dea8c85_fk_parcours_ FOREIGN KEY (fermee_par_id) REFERENCES public.parcours_evenement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_echeance
    ADD CONSTRAINT parcours_echeance_personne_id_46c5ca7f_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_echeance
    ADD CONSTRAINT parcours_echeance_structure_id_d338c679_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_etape
    ADD CONSTRAINT parcours_etape_agent_id_9ec45311_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_etape
    ADD CONSTRAINT parcours_etape_evenement_id_58eb79e7_fk_parcours_evenement_id FOREIGN KEY (evenement_id) REFERENCES public.parcours_evenement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_etape
    ADD CONSTRAINT parcours_etape_fermee_par_id_5c653092_fk_parcours_evenement_id FOREIGN KEY (fermee_par_id) REFERENCES public.parcours_evenement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_etape
    ADD CONSTRAINT parcours_etape_personne_id_9a979c93_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_etape
    ADD CONSTRAINT parcours_etape_structure_id_09b7489c_fk_organismes_structure_id FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_evenement
    ADD CONSTRAINT parcours_evenement_par_id_bb3d0e63_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_evenement
    ADD CONSTRAINT parcours_evenement_personne_id_4ff8fad8_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_situation
    ADD CONSTRAINT parcours_situation_personne_id_a5cc4149_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_situation
    ADD CONSTRAINT parcours_situation_referent_agent_id_cd198016_fk_organisme FOREIGN KEY (referent_agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_situation
    ADD CONSTRAINT parcours_situation_referent_structure_i_6dda79c1_fk_organisme FOREIGN KEY (referent_structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_situation
    ADD CONSTRAINT parcours_situation_structure_secteur_id_07715242_fk_organisme FOREIGN KEY (structure_secteur_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partenaires_correspondance
    ADD CONSTRAINT partenaires_correspo_cree_par_id_39b6c356_fk_organisme FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partenaires_correspondance
    ADD CONSTRAINT partenaires_correspo_emetteur_id_f166c762_fk_organisme FOREIGN KEY (emetteur_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partenaires_correspondance
    ADD CONSTRAINT partenaires_correspo_organisme_id_4587f634_fk_personnes FOREIGN KEY (organisme_id) REFERENCES public.personnes_organismepayeur(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partenaires_correspondance
    ADD CONSTRAINT partenaires_correspo_precedente_id_f0a49667_fk_partenair FOREIGN KEY (precedente_id) REFERENCES public.partenaires_correspondance(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partenaires_usage
    ADD CONSTRAINT partenaires_usage_correspondance_id_01437bed_fk_partenair FOREIGN KEY (correspondance_id) REFERENCES public.partenaires_correspondance(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partenaires_usage
    ADD CONSTRAINT partenaires_usage_fichier_id_b55d55b3_fk_fichiers_ FOREIGN KEY (fichier_id) REFERENCES public.fichiers_fichierrecu(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.participation_accesespace
    ADD CONSTRAINT participation_accese_active_par_id_173684c0_fk_organisme FOREIGN KEY (active_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.participation_accesespace
    ADD CONSTRAINT participation_accese_contact_id_95ddde39_fk_personnes FOREIGN KEY (contact_id) REFERENCES public.personnes_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.participation_accesespace
    ADD CONSTRAINT participation_accese_personne_id_fb83a942_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.participation_accesespace
    ADD CONSTRAINT participation_accese_retire_par_id_b7ffdb11_fk_organisme FOREIGN KEY (retire_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.participation_codeunique
    ADD CONSTRAINT participation_codeun_acces_id_f883681f_fk_participa FOREIGN KEY (acces_id) REFERENCES public.participation_accesespace(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.participation_codeunique
    ADD CONSTRAINT participation_codeun_contact_id_c978a42d_fk_personnes FOREIGN KEY (contact_id) REFERENCES public.personnes_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.participation_codeunique
    ADD CONSTRAINT participation_codeun_cree_par_id_7dee089d_fk_organisme FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_adresse
    ADD CONSTRAINT personnes_adresse_commune_id_d30e47c1_fk_territoir FOREIGN KEY (commune_id) REFERENCES public.territoires_commune(code_insee) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_adresse
    ADD CONSTRAINT personnes_adresse_domiciliataire_id_0e7e4880_fk_organisme FOREIGN KEY (domiciliataire_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_adresse
    ADD CONSTRAINT personnes_adresse_foyer_id_46c5f0a5_fk_personnes_foyer_id FOREIGN KEY (foyer_id) REFERENCES public.personnes_foyer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_adresse
    ADD CONSTRAINT personnes_adresse_personne_id_bcfe1091_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_appartenance
    ADD CONSTRAINT personnes_appartenan_personne_id_3f61a045_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_appartenance
    ADD CONSTRAINT personnes_appartenance_foyer_id_8481d24b_fk_personnes_foyer_id FOREIGN KEY (foyer_id) REFERENCES public.personnes_foyer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_arbitrage
    ADD CONSTRAINT personnes_arbitrage_candidate_id_303aa763_fk_personnes FOREIGN KEY (candidate_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_arbitrage
    ADD CONSTRAINT personnes_arbitrage_decide_par_id_c5ddfc93_fk_organisme FOREIGN KEY (decide_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_arbitrage
    ADD CONSTRAINT personnes_arbitrage_personne_id_ac5b9305_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_contact
    ADD CONSTRAINT personnes_contact_personne_id_4a2298e3_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_contactpropose
    ADD CONSTRAINT personnes_contactpro_decide_par_id_7f93a96e_fk_organisme FOREIGN KEY (decide_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_contactpropose
    ADD CONSTRAINT personnes_contactpro_personne_id_bfa8b39f_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_droitfoyer
    ADD CONSTRAINT personnes_droitfoyer_foyer_id_0b4852d5_fk_personnes_foyer_id FOREIGN KEY (foyer_id) REFERENCES public.personnes_foyer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_droitpersonne
    ADD CONSTRAINT personnes_droitperso_personne_id_3f108934_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_droitpersonne
    ADD CONSTRAINT personnes_droitpersonne_foyer_id_2cb67cf9_fk_personnes_foyer_id FOREIGN KEY (foyer_id) REFERENCES public.personnes_foyer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_foyer
    ADD CONSTRAINT personnes_foyer_organisme_id_a7187330_fk_personnes FOREIGN KEY (organisme_id) REFERENCES public.personnes_organismepayeur(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_foyer
    ADD CONSTRAINT personnes_foyer_precedent_id_f65e1d71_fk_personnes_foyer_id FOREIGN KEY (precedent_id) REFERENCES public.personnes_foyer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_fusion
    ADD CONSTRAINT personnes_fusion_absorbee_id_7b75ff22_fk_personnes_personne_id FOREIGN KEY (absorbee_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_fusion
    ADD CONSTRAINT personnes_fusion_annulee_par_id_9fd8a5c6_fk_organismes_agent_id FOREIGN KEY (annulee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_fusion
    ADD CONSTRAINT personnes_fusion_canonique_id_654ba756_fk_personnes_personne_id FOREIGN KEY (canonique_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_fusion
    ADD CONSTRAINT personnes_fusion_faite_par_id_e9a46c4b_fk_organismes_agent_id FOREIGN KEY (faite_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_identifiant
    ADD CONSTRAINT personnes_identifian_personne_id_6a7da500_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_lecteursensible
    ADD CONSTRAINT personnes_lecteursen_agent_id_9bc7adeb_fk_organisme FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_lecteursensible
    ADD CONSTRAINT personnes_lecteursen_personne_id_62f33926_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_lienagent
    ADD CONSTRAINT personnes_lienagent_agent_id_444497e7_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_lienagent
    ADD CONSTRAINT personnes_lienagent_personne_id_8b9ed919_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_ouverturedroit
    ADD CONSTRAINT personnes_ouvertured_foyer_id_1835e118_fk_personnes FOREIGN KEY (foyer_id) REFERENCES public.personnes_foyer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_ouverturedroit
    ADD CONSTRAINT personnes_ouvertured_personne_id_e35c3e14_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_personne
    ADD CONSTRAINT personnes_personne_canonique_id_1fbd746b_fk_personnes FOREIGN KEY (canonique_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_rattachement
    ADD CONSTRAINT personnes_rattacheme_personne_id_7c12613d_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_rattachement
    ADD CONSTRAINT personnes_rattacheme_structure_id_eacbcd14_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_rattachement
    ADD CONSTRAINT personnes_rattachement_agent_id_b996a433_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.personnes_representant
    ADD CONSTRAINT personnes_representa_personne_id_37ffa7e4_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_abonnementvue
    ADD CONSTRAINT pilotage_abonnementv_destinataire_id_0be875a9_fk_organisme FOREIGN KEY (destinataire_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_abonnementvue
    ADD CONSTRAINT pilotage_abonnementvue_par_id_7dd60a51_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_abonnementvue
    ADD CONSTRAINT pilotage_abonnementvue_vue_id_5747cd2a_fk_pilotage_vuegardee_id FOREIGN KEY (vue_id) REFERENCES public.pilotage_vuegardee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_accordbilan
    ADD CONSTRAINT pilotage_accordbilan_bilan_id_c32a6e00_fk_pilotage_bilan_id FOREIGN KEY (bilan_id) REFERENCES public.pilotage_bilan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_accordbilan
    ADD CONSTRAINT pilotage_accordbilan_par_id_b5e50455_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_bilan
    ADD CONSTRAINT pilotage_bilan_cree_par_id_b78216fc_fk_organismes_agent_id FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_bilan
    ADD CONSTRAINT pilotage_bilan_instantane_id_425a643b_fk_pilotage_instantane_id FOREIGN KEY (instantane_id) REFERENCES public.pilotage_instantane(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_bilan
    ADD CONSTRAINT pilotage_bilan_publie_par_id_131b6bff_fk_organismes_agent_id FOREIGN KEY (publie_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_cible
    ADD CONSTRAINT pilotage_cible_agent_id_74996503_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_cible
    ADD CONSTRAINT pilotage_cible_par_id_20f81478_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_cible
    ADD CONSTRAINT pilotage_cible_retiree_par_id_7520ccc5_fk_organismes_agent_id FOREIGN KEY (retiree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_cohortegardee
    ADD CONSTRAINT pilotage_cohortegardee_par_id_67203a2e_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_edition
    ADD CONSTRAINT pilotage_edition_bilan_id_f93b2d3f_fk_pilotage_bilan_id FOREIGN KEY (bilan_id) REFERENCES public.pilotage_bilan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_edition
    ADD CONSTRAINT pilotage_edition_demandee_par_id_dd66548e_fk_organisme FOREIGN KEY (demandee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_envoivue
    ADD CONSTRAINT pilotage_envoivue_abonnement_id_45ac31fa_fk_pilotage_ FOREIGN KEY (abonnement_id) REFERENCES public.pilotage_abonnementvue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_etude
    ADD CONSTRAINT pilotage_etude_demandee_par_id_1f46d61d_fk_organismes_agent_id FOREIGN KEY (demandee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_experience
    ADD CONSTRAINT pilotage_experience_creee_par_id_cdda9ea2_fk_organisme FOREIGN KEY (creee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_exportcohorte
    ADD CONSTRAINT pilotage_exportcohorte_par_id_5a25fe11_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_instantane
    ADD CONSTRAINT pilotage_instantane_par_id_455c1bed_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_mentionexperience
    ADD CONSTRAINT pilotage_mentionexpe_experience_id_38d66400_fk_pilotage_ FOREIGN KEY (experience_id) REFERENCES public.pilotage_experience(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_mentionexperience
    ADD CONSTRAINT pilotage_mentionexpe_par_id_9f1cc784_fk_organisme FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_notebilan
    ADD CONSTRAINT pilotage_notebilan_bilan_id_f61c4f3f_fk_pilotage_bilan_id FOREIGN KEY (bilan_id) REFERENCES public.pilotage_bilan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_notebilan
    ADD CONSTRAINT pilotage_notebilan_par_id_c7a4e80d_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_notebilan
    ADD CONSTRAINT pilotage_notebilan_retiree_par_id_bc64d220_fk_organisme FOREIGN KEY (retiree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_ordrealeatoire
    ADD CONSTRAINT pilotage_ordrealeato_annonce_par_id_efbd7ce1_fk_organisme FOREIGN KEY (annonce_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_ordrealeatoire
    ADD CONSTRAINT pilotage_ordrealeato_experience_id_d61c7a21_fk_pilotage_ FOREIGN KEY (experience_id) REFERENCES public.pilotage_experience(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_ordrealeatoire
    ADD CONSTRAINT pilotage_ordrealeato_tire_par_id_efcad5b2_fk_organisme FOREIGN KEY (tire_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_participation
    ADD CONSTRAINT pilotage_participati_experience_id_9c37e06b_fk_pilotage_ FOREIGN KEY (experience_id) REFERENCES public.pilotage_experience(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_participation
    ADD CONSTRAINT pilotage_participati_personne_id_21b8ba14_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_valeurpubliee
    ADD CONSTRAINT pilotage_valeurpubli_instantane_id_adb12c1e_fk_pilotage_ FOREIGN KEY (instantane_id) REFERENCES public.pilotage_instantane(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.pilotage_vuegardee
    ADD CONSTRAINT pilotage_vuegardee_agent_id_ca796e1a_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.prestations_droitexamine
    ADD CONSTRAINT prestations_droitexa_personne_id_a29036e6_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.prestations_droitexamine
    ADD CONSTRAINT prestations_droitexamine_par_id_11c87cad_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.prestations_simulation
    ADD CONSTRAINT prestations_simulati_demandee_par_id_0920f623_fk_organisme FOREIGN KEY (demandee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE ONLY public.rendezvous_abonnementagenda
    ADD CONSTRAINT rendezvous_abonnemen_agent_id_8c6be4c8_fk_organisme FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_attente
    ADD CONSTRAINT rendezvous_attente_personne_id_a5a07120_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_attente
    ADD CONSTRAINT rendezvous_attente_rendez_vous_id_3ee91805_fk_rendezvou FOREIGN KEY (rendez_vous_id) REFERENCES public.rendezvous_rendezvous(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_attente
    ADD CONSTRAINT rendezvous_attente_structure_id_f955e333_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_campagne
    ADD CONSTRAINT rendezvous_campagne_cree_par_id_10ced4dd_fk_organismes_agent_id FOREIGN KEY (cree_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_campagne
    ADD CONSTRAINT rendezvous_campagne_lancee_par_id_644a2546_fk_organisme FOREIGN KEY (lancee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_campagneligne
    ADD CONSTRAINT rendezvous_campagnel_campagne_id_5e0543fa_fk_rendezvou FOREIGN KEY (campagne_id) REFERENCES public.rendezvous_campagne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_campagneligne
    ADD CONSTRAINT rendezvous_campagnel_courrier_id_1a271096_fk_courriers FOREIGN KEY (courrier_id) REFERENCES public.courriers_courrier(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_campagneligne
    ADD CONSTRAINT rendezvous_campagnel_creneau_id_3e96ec38_fk_rendezvou FOREIGN KEY (creneau_id) REFERENCES public.rendezvous_creneau(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_campagneligne
    ADD CONSTRAINT rendezvous_campagnel_personne_id_fd229e08_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_campagneligne
    ADD CONSTRAINT rendezvous_campagnel_rendez_vous_id_8bacec8b_fk_rendezvou FOREIGN KEY (rendez_vous_id) REFERENCES public.rendezvous_rendezvous(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_campagneligne
    ADD CONSTRAINT rendezvous_campagnel_secteur_id_ea4a1026_fk_organisme FOREIGN KEY (secteur_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_campagneligne
    ADD CONSTRAINT rendezvous_campagnel_structure_id_b996554f_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_campagneligne
    ADD CONSTRAINT rendezvous_campagnel_suite_id_f07227f8_fk_rendezvou FOREIGN KEY (suite_id) REFERENCES public.rendezvous_creneau(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_creneau
    ADD CONSTRAINT rendezvous_creneau_agent_id_4c28252a_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_creneau
    ADD CONSTRAINT rendezvous_creneau_lieu_id_3aa4ef0a_fk_rendezvous_lieu_id FOREIGN KEY (lieu_id) REFERENCES public.rendezvous_lieu(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_creneau
    ADD CONSTRAINT rendezvous_creneau_plage_id_17524064_fk_rendezvous_plage_id FOREIGN KEY (plage_id) REFERENCES public.rendezvous_plage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_creneau
    ADD CONSTRAINT rendezvous_creneau_structure_id_23e1bc61_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_demanderappel
    ADD CONSTRAINT rendezvous_demandera_personne_id_3871e8eb_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_demanderappel
    ADD CONSTRAINT rendezvous_demandera_rendez_vous_id_e977ed01_fk_rendezvou FOREIGN KEY (rendez_vous_id) REFERENCES public.rendezvous_rendezvous(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_demanderappel
    ADD CONSTRAINT rendezvous_demandera_structure_id_f35dd791_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_demanderappel
    ADD CONSTRAINT rendezvous_demandera_traitee_par_id_596f587f_fk_organisme FOREIGN KEY (traitee_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_fermeture
    ADD CONSTRAINT rendezvous_fermeture_lieu_id_27c850d0_fk_rendezvous_lieu_id FOREIGN KEY (lieu_id) REFERENCES public.rendezvous_lieu(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_fermeture
    ADD CONSTRAINT rendezvous_fermeture_structure_id_28cf132f_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_interprete
    ADD CONSTRAINT rendezvous_interpret_rendez_vous_id_d0f37c5e_fk_rendezvou FOREIGN KEY (rendez_vous_id) REFERENCES public.rendezvous_rendezvous(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_lienpersonnel
    ADD CONSTRAINT rendezvous_lienperso_personne_id_6b73a697_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_lienpersonnel
    ADD CONSTRAINT rendezvous_lienperso_rendez_vous_id_005d20b2_fk_rendezvou FOREIGN KEY (rendez_vous_id) REFERENCES public.rendezvous_rendezvous(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_lienpersonnel
    ADD CONSTRAINT rendezvous_lienperso_structure_id_de0620b1_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_lieu
    ADD CONSTRAINT rendezvous_lieu_commune_id_e7c6ef21_fk_territoir FOREIGN KEY (commune_id) REFERENCES public.territoires_commune(code_insee) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_lieu
    ADD CONSTRAINT rendezvous_lieu_structure_id_3d45384e_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_plage
    ADD CONSTRAINT rendezvous_plage_agent_id_4d72f0fd_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_plage
    ADD CONSTRAINT rendezvous_plage_lieu_id_3811ef7a_fk_rendezvous_lieu_id FOREIGN KEY (lieu_id) REFERENCES public.rendezvous_lieu(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_plage
    ADD CONSTRAINT rendezvous_plage_structure_id_ee08afc5_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_rendezvous
    ADD CONSTRAINT rendezvous_rendezvou_creneau_id_124d4eb3_fk_rendezvou FOREIGN KEY (creneau_id) REFERENCES public.rendezvous_creneau(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_rendezvous
    ADD CONSTRAINT rendezvous_rendezvou_personne_id_fc530848_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_rendezvous
    ADD CONSTRAINT rendezvous_rendezvou_structure_id_785d60e7_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_rendezvous
    ADD CONSTRAINT rendezvous_rendezvou_suite_id_8c677b36_fk_rendezvou FOREIGN KEY (suite_id) REFERENCES public.rendezvous_creneau(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_rendezvous
    ADD CONSTRAINT rendezvous_rendezvous_agent_id_024be8b7_fk_organismes_agent_id FOREIGN KEY (agent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_surreservation
    ADD CONSTRAINT rendezvous_surreserv_fixe_par_id_c2fa258f_fk_organisme FOREIGN KEY (fixe_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rendezvous_surreservation
    ADD CONSTRAINT rendezvous_surreserv_structure_id_1581b6fb_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parcours_situation
    ADD CONSTRAINT situation_etape_de_la_personne FOREIGN KEY (etape_id, personne_id) REFERENCES public.parcours_etape(id, personne_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_accompagnementglobal
    ADD CONSTRAINT suivi_accompagnement_clos_par_id_b4a3d76d_fk_organisme FOREIGN KEY (clos_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_accompagnementglobal
    ADD CONSTRAINT suivi_accompagnement_coreferent_id_ab83638d_fk_organisme FOREIGN KEY (coreferent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_accompagnementglobal
    ADD CONSTRAINT suivi_accompagnement_coreferent_structure_9591802c_fk_organisme FOREIGN KEY (coreferent_structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_accompagnementglobal
    ADD CONSTRAINT suivi_accompagnement_ouvert_par_id_b3563715_fk_organisme FOREIGN KEY (ouvert_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_accompagnementglobal
    ADD CONSTRAINT suivi_accompagnement_personne_id_b2975d57_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_accompagnementglobal
    ADD CONSTRAINT suivi_accompagnement_referent_id_697d468b_fk_organisme FOREIGN KEY (referent_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_accompagnementglobal
    ADD CONSTRAINT suivi_accompagnement_structure_id_3b990ca4_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_contactsuivi
    ADD CONSTRAINT suivi_contactsuivi_par_id_26b57872_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_contactsuivi
    ADD CONSTRAINT suivi_contactsuivi_personne_id_91da60aa_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_decisionentretien
    ADD CONSTRAINT suivi_decisionentret_entretien_id_0c23b8ea_fk_suivi_ent FOREIGN KEY (entretien_id) REFERENCES public.suivi_entretiensuivi(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_document
    ADD CONSTRAINT suivi_document_depose_par_id_657c9ad3_fk_organismes_agent_id FOREIGN KEY (depose_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_document
    ADD CONSTRAINT suivi_document_efface_par_id_7b5c0352_fk_organismes_agent_id FOREIGN KEY (efface_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_document
    ADD CONSTRAINT suivi_document_personne_id_5896bacf_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_document
    ADD CONSTRAINT suivi_document_structure_id_3cdfbe1a_fk_organismes_structure_id FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_entretiensuivi
    ADD CONSTRAINT suivi_entretiensuivi_contact_id_a5fd808a_fk_suivi_con FOREIGN KEY (contact_id) REFERENCES public.suivi_contactsuivi(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_entretiensuivi
    ADD CONSTRAINT suivi_entretiensuivi_par_id_65fa038c_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_entretiensuivi
    ADD CONSTRAINT suivi_entretiensuivi_personne_id_0f412148_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_entretiensuivi
    ADD CONSTRAINT suivi_entretiensuivi_rendez_vous_id_5cfa32f7_fk_rendezvou FOREIGN KEY (rendez_vous_id) REFERENCES public.rendezvous_rendezvous(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_entretiensuivi
    ADD CONSTRAINT suivi_entretiensuivi_structure_id_15bf14d6_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_informationpartenaire
    ADD CONSTRAINT suivi_informationpar_par_id_3b74f066_fk_organisme FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_informationpartenaire
    ADD CONSTRAINT suivi_informationpar_personne_id_01793fba_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_informationpartenaire
    ADD CONSTRAINT suivi_informationpar_structure_id_3f131609_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_note
    ADD CONSTRAINT suivi_note_entretien_id_e577fa07_fk_suivi_entretiensuivi_id FOREIGN KEY (entretien_id) REFERENCES public.suivi_entretiensuivi(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_note
    ADD CONSTRAINT suivi_note_par_id_cd5a31a8_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_note
    ADD CONSTRAINT suivi_note_personne_id_3d83c38f_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_note
    ADD CONSTRAINT suivi_note_remplace_id_df947db9_fk_suivi_note_id FOREIGN KEY (remplace_id) REFERENCES public.suivi_note(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_note
    ADD CONSTRAINT suivi_note_structure_id_fbfab104_fk_organismes_structure_id FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_objectifglobal
    ADD CONSTRAINT suivi_objectifglobal_fixe_par_id_523d66b8_fk_organisme FOREIGN KEY (fixe_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_piecevue
    ADD CONSTRAINT suivi_piecevue_personne_id_9931319e_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_piecevue
    ADD CONSTRAINT suivi_piecevue_structure_id_c63a3969_fk_organismes_structure_id FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_piecevue
    ADD CONSTRAINT suivi_piecevue_vue_par_id_b7ac61c6_fk_organismes_agent_id FOREIGN KEY (vue_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_pointsituation
    ADD CONSTRAINT suivi_pointsituation_par_id_2558aee1_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_pointsituation
    ADD CONSTRAINT suivi_pointsituation_personne_id_f58fdee9_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_reclamation
    ADD CONSTRAINT suivi_reclamation_personne_id_301c06b2_fk_personnes_personne_id FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_reclamation
    ADD CONSTRAINT suivi_reclamation_repondue_par_id_6c96498c_fk_organisme FOREIGN KEY (repondue_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_reclamation
    ADD CONSTRAINT suivi_reclamation_saisie_par_id_ea7f6fea_fk_organismes_agent_id FOREIGN KEY (saisie_par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_reclamation
    ADD CONSTRAINT suivi_reclamation_structure_id_cff4bd4c_fk_organisme FOREIGN KEY (structure_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_revueconjointe
    ADD CONSTRAINT suivi_revueconjointe_demande_id_86969d8b_fk_orientati FOREIGN KEY (demande_id) REFERENCES public.orientation_demandereorientation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_revueconjointe
    ADD CONSTRAINT suivi_revueconjointe_operateur_id_a3e21e61_fk_organisme FOREIGN KEY (operateur_id) REFERENCES public.organismes_structure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_revueconjointe
    ADD CONSTRAINT suivi_revueconjointe_par_id_96954ca4_fk_organismes_agent_id FOREIGN KEY (par_id) REFERENCES public.organismes_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.suivi_revueconjointe
    ADD CONSTRAINT suivi_revueconjointe_personne_id_2a828294_fk_personnes FOREIGN KEY (personne_id) REFERENCES public.personnes_personne(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.territoires_commune
    ADD CONSTRAINT territoires_commune_ept_id_e47437d6_fk_territoires_ept_code FOREIGN KEY (ept_id) REFERENCES public.territoires_ept(code) DEFERRABLE INITIALLY DEFERRED;
