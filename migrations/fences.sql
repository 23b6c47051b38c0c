-- Runs after every change of the schema: the second fence between workspaces, and what the serving role may do.
-- A table with workspace_id shows and takes only rows of the workspace that the transaction has set; unset means none.

CREATE OR REPLACE FUNCTION rafid_workspace() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('rafid.workspace_id', true), '')::uuid $$;

CREATE OR REPLACE FUNCTION rafid_user() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('rafid.user_id', true), '')::uuid $$;

DO $$
DECLARE
  name text;
  fenced boolean;
BEGIN
  FOR name, fenced IN
    SELECT c.relname, EXISTS (
      SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> 'rafid_migrations'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS fence ON %I', name);
    EXECUTE format('DROP POLICY IF EXISTS for_all_to_read ON %I', name);
    IF name = 'members' THEN
      -- A person sees their own memberships before a workspace is chosen.
      CREATE POLICY fence ON members
        USING (workspace_id = rafid_workspace() OR user_id = rafid_user())
        WITH CHECK (workspace_id = rafid_workspace());
    ELSIF name = 'workspaces' THEN
      CREATE POLICY fence ON workspaces
        USING (id = rafid_workspace() OR EXISTS (
          SELECT FROM members m WHERE m.workspace_id = workspaces.id AND m.user_id = rafid_user()))
        WITH CHECK (id = rafid_workspace());
      -- A backup by an owner who is no superuser reads workspace by workspace, and has to know which there are.
      DROP POLICY IF EXISTS for_the_owner_to_list ON workspaces;
      CREATE POLICY for_the_owner_to_list ON workspaces FOR SELECT TO CURRENT_USER
        USING (current_setting('rafid.every_workspace', true) = 'on');
    ELSIF fenced THEN
      EXECUTE format('CREATE POLICY fence ON %I USING (workspace_id = rafid_workspace())
        WITH CHECK (workspace_id = rafid_workspace())', name);
      IF name IN ('store_directory', 'store_former_slugs') THEN
        -- Anybody may follow a store's address, also an earlier one; only its own workspace may give it one.
        EXECUTE format('CREATE POLICY for_all_to_read ON %I FOR SELECT USING (true)', name);
      END IF;
    ELSE
      -- People, sign-in and the instance itself belong to no workspace.
      EXECUTE format('CREATE POLICY fence ON %I USING (true) WITH CHECK (true)', name);
    END IF;
    IF name LIKE 'ledger\_%' THEN
      EXECUTE format('REVOKE ALL ON %I FROM rafid_app', name);
      EXECUTE format('GRANT SELECT ON %I TO rafid_app', name);
    ELSIF name IN ('audit_events', 'audit_links', 'documents', 'refund_lines') THEN
      -- Written once: what happened, what was issued, and what was given back of which line.
      EXECUTE format('REVOKE ALL ON %I FROM rafid_app', name);
      EXECUTE format('GRANT SELECT, INSERT ON %I TO rafid_app', name);
    ELSE
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO rafid_app', name);
    END IF;
  END LOOP;
END
$$;

-- Whoever serves may see which version the tables are of.
GRANT SELECT ON rafid_migrations TO rafid_app;

-- A path that does not name pg_temp has it in front: a temporary table of the caller's would stand in for ours in a
-- function that runs with the owner's rights.
DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN
    SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND p.proconfig::text LIKE '%search_path=%'
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', f);
  END LOOP;
END
$$;

-- Until a table is analysed for the first time, the planner takes a workspace for one row of it, and any index that begins
-- with workspace_id for as good as the primary key; plans are kept, so the first rush of a new store would read all of it
-- for each row. Told that all rows are of one workspace, it takes the key. PostgreSQL 18 can be told.
DO $$
DECLARE
  place record;
BEGIN
  IF to_regproc('pg_catalog.pg_restore_attribute_stats') IS NULL THEN RETURN; END IF;
  FOR place IN
    SELECT n.nspname, c.relname, a.attname
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND c.reltuples < 0 AND n.nspname = 'public' AND a.attname = 'workspace_id'
  LOOP
    EXECUTE format('SELECT pg_restore_attribute_stats(%L, %L, %L, %L, %L, %L, %L, false, %L, 0::real, %L, 16, %L, 1::real)',
      'schemaname', place.nspname, 'relname', place.relname, 'attname', place.attname, 'inherited', 'null_frac',
      'avg_width', 'n_distinct');
  END LOOP;
END
$$;
