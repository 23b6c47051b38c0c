-- The ledger's only writers. The tables are made by 0001; the serving role may read them and nothing else, so every
-- change of the books goes through a function below, which runs as the tables' owner. Row-level security is forced, so
-- the functions too see only the workspace that the transaction has set, and they refuse any other.
--
-- Lock order, in every function: the book, accounts (in the order given, which callers sort by code and currency),
-- keys of entries, holds. A call that meets another order is retried by the caller's transaction.

-- A row of accounts changes with every posting: leave room for the next versions on its page.
ALTER TABLE ledger_accounts SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
-- Entries and postings only grow: statistics follow the growth, not a share of what is there.
ALTER TABLE ledger_entries SET (autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
ALTER TABLE ledger_postings SET (autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);

ALTER TABLE ledger_chart
  ADD CONSTRAINT ledger_chart_type CHECK (type IN ('asset', 'liability', 'equity', 'income', 'expense')),
  ADD CONSTRAINT ledger_chart_sign CHECK (sign IN (1, -1)),
  ADD CONSTRAINT ledger_chart_code CHECK (code ~ '^[1-9][0-9]{3}(\.[a-z0-9][a-z0-9-]{0,63})*$');
ALTER TABLE ledger_accounts
  ADD CONSTRAINT ledger_accounts_pending CHECK (pending_debit >= 0 AND pending_credit >= 0),
  ADD CONSTRAINT ledger_accounts_currency CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE ledger_postings ADD CONSTRAINT ledger_postings_amount CHECK (amount <> 0);
ALTER TABLE ledger_holds
  ADD CONSTRAINT ledger_holds_amount CHECK (amount > 0 AND debit_account <> credit_account),
  ADD CONSTRAINT ledger_holds_parts CHECK (
    posted >= 0 AND voided >= 0 AND expired >= 0 AND posted + voided + expired <= amount
    AND (resolved_at IS NOT NULL) = (posted + voided + expired = amount));
ALTER TABLE ledger_rates ADD CONSTRAINT ledger_rates_worth CHECK (numerator > 0 AND denominator > 0 AND base <> quote);

CREATE FUNCTION ledger_fence(p_workspace uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
BEGIN
  IF p_workspace IS DISTINCT FROM nullif(current_setting('rafid.workspace_id', true), '')::uuid THEN
    RAISE EXCEPTION 'ledger: the transaction belongs to another workspace' USING ERRCODE = '42501';
  END IF;
END $$;

-- Opens what a posting needs and does not find: chart rows, accounts, dimensions. Numbers are given out under the lock of
-- the book, so there is no sequence, no gap, and no account that a closing could miss. Returns the dimensions' numbers.
CREATE FUNCTION ledger_open(
  p_workspace uuid, p_now timestamptz,
  p_chart_codes text[], p_types text[], p_names_ar text[], p_names_en text[], p_signs int2[], p_floors int8[],
  p_codes text[], p_currencies text[],
  p_kinds text[], p_ids text[]
) RETURNS int4[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public SET enable_seqscan = off SET jit = off AS $$
DECLARE
  v_book ledger_books;
  v_opened int4;
  v_dimensions int4[];
BEGIN
  PERFORM ledger_fence(p_workspace);
  INSERT INTO ledger_books (workspace_id) VALUES (p_workspace) ON CONFLICT (workspace_id) DO NOTHING;
  SELECT * INTO STRICT v_book FROM ledger_books b WHERE b.workspace_id = p_workspace FOR UPDATE;

  INSERT INTO ledger_chart (workspace_id, code, type, name_ar, name_en, sign, floor, opened_at)
  SELECT p_workspace, c.code, c.type, c.name_ar, c.name_en, c.sign, c.floor, p_now
  FROM unnest(p_chart_codes, p_types, p_names_ar, p_names_en, p_signs, p_floors) c(code, type, name_ar, name_en, sign, floor)
  ON CONFLICT (workspace_id, code) DO NOTHING;

  INSERT INTO ledger_accounts (workspace_id, number, code, currency, sign, floor, recorded_at, opened_at, open_from)
  SELECT p_workspace, v_book.accounts + row_number() OVER (ORDER BY w.ord), c.code, w.currency, c.sign, c.floor,
    '-infinity', p_now, v_book.open_from
  FROM unnest(p_codes, p_currencies) WITH ORDINALITY w(code, currency, ord)
  JOIN ledger_chart c ON c.workspace_id = p_workspace AND c.code = w.code
  WHERE NOT EXISTS (
    SELECT FROM ledger_accounts a WHERE a.workspace_id = p_workspace AND a.code = w.code AND a.currency = w.currency);
  GET DIAGNOSTICS v_opened = ROW_COUNT;
  UPDATE ledger_books b SET accounts = b.accounts + v_opened WHERE b.workspace_id = p_workspace AND v_opened > 0;

  INSERT INTO ledger_dimensions (workspace_id, number, kind, id)
  SELECT p_workspace, v_book.dimensions + row_number() OVER (ORDER BY w.ord), w.kind, w.id
  FROM unnest(p_kinds, p_ids) WITH ORDINALITY w(kind, id, ord)
  WHERE NOT EXISTS (
    SELECT FROM ledger_dimensions d WHERE d.workspace_id = p_workspace AND d.kind = w.kind AND d.id = w.id);
  GET DIAGNOSTICS v_opened = ROW_COUNT;
  UPDATE ledger_books b SET dimensions = b.dimensions + v_opened WHERE b.workspace_id = p_workspace AND v_opened > 0;

  SELECT array_agg(d.number ORDER BY w.ord) INTO v_dimensions
  FROM unnest(p_kinds, p_ids) WITH ORDINALITY w(kind, id, ord)
  JOIN ledger_dimensions d ON d.workspace_id = p_workspace AND d.kind = w.kind AND d.id = w.id;
  RETURN v_dimensions;
END $$;

-- Whether an entry that was posted under a key says what is posted now. Accounts, amounts, streams, kind, source and memo
-- must be the same, line by line; the effective time too, unless the caller left it to the ledger.
CREATE FUNCTION ledger_same(
  p_workspace uuid, p_entry uuid, p_kind text, p_effective timestamptz, p_source_kind text, p_source_id uuid, p_memo text,
  p_accounts int4[], p_lines int2[], p_amounts int8[], p_streams int4[]
) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT FROM ledger_entries e
    WHERE e.workspace_id = p_workspace AND e.id = p_entry AND e.kind = p_kind AND e.source_kind = p_source_kind
      AND e.source_id IS NOT DISTINCT FROM p_source_id AND e.memo = p_memo
      AND (p_effective IS NULL OR e.effective_at = p_effective)
  ) AND NOT EXISTS (
    SELECT FROM (
      SELECT p.line, p.account, p.amount, p.stream FROM ledger_postings p
      WHERE p.workspace_id = p_workspace AND p.entry_id = p_entry) stored
    FULL JOIN unnest(p_lines, p_accounts, p_amounts, p_streams) given(line, account, amount, stream) USING (line)
    WHERE (stored.account, stored.amount, coalesce(stored.stream, 0))
      IS DISTINCT FROM (given.account, given.amount, coalesce(given.stream, 0)))
$$;

-- Posts entries in the order given, as if one after the other: each is posted whole or refused whole, and a refused one
-- leaves no trace. Reads and writes are one statement per table, whatever the number of entries; what is decided in
-- between (running balances, floors, versions, guards) needs only memory.
--
-- p_codes/p_currencies: the accounts, each once, sorted. p_entry: the entry of each posting (ascending), p_account its
-- account's place. Effective null: the recorded time. `others` is null if all were posted, else what became of those that
-- were not; [{"outcome": "missing"}] if an account is not open, and then nothing was done.
CREATE FUNCTION ledger_post_many(
  p_workspace uuid, p_now timestamptz, p_actor int4,
  p_ids uuid[], p_keys uuid[], p_kinds text[], p_effective timestamptz[], p_source_kinds text[], p_source_ids uuid[], p_memos text[],
  p_codes text[], p_currencies text[],
  p_entry int4[], p_account int4[], p_lines int2[], p_amounts int8[], p_streams int4[],
  p_guard_entry int4[], p_guard_account int4[], p_guard_versions int8[], p_guard_minimums int8[],
  OUT recorded timestamptz, OUT others jsonb
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_bitmapscan = off SET jit = off AS $$
DECLARE
  c_limit CONSTANT int8 := 9223372036854775807;
  v_number int4[]; v_sign int2[]; v_floor int8[]; v_balance int8[]; v_version int8[]; v_held int8[]; v_open timestamptz[];
  v_money int4[]; v_sums int8[];
  v_last timestamptz; v_used uuid[]; v_accepted boolean[]; v_all boolean := true; v_any boolean := false;
  v_balances int8[] := p_amounts; v_versions int8[] := p_amounts; v_touched int4[] := '{}';
  r record; v_count int4 := 0; v_postings int4 := cardinality(p_entry); v_guards int4 := coalesce(cardinality(p_guard_entry), 0);
  e int4; i int4 := 1; g int4 := 1; v_first int4; a int4; c int4; v_unbalanced int4; v_amount int8; v_after int8; v_available int8;
  v_effective timestamptz; v_refused jsonb; v_stored ledger_entries; v_inserted int4;
BEGIN
  PERFORM ledger_fence(p_workspace);
  -- Before any lock is taken: who opens an account takes the book's lock first.
  SELECT count(*) INTO v_count
  FROM unnest(p_codes, p_currencies) w(code, currency)
  JOIN ledger_accounts l ON l.workspace_id = p_workspace AND l.code = w.code AND l.currency = w.currency;
  IF v_count < cardinality(p_codes) THEN
    others := '[{"outcome": "missing"}]';
    RETURN;
  END IF;
  v_count := 0;
  FOR r IN
    SELECT l.number, l.sign, l.floor, l.balance, l.version, l.recorded_at, l.open_from,
      CASE WHEN l.sign > 0 THEN l.pending_credit ELSE l.pending_debit END AS held
    FROM unnest(p_codes, p_currencies) WITH ORDINALITY w(code, currency, ord)
    JOIN ledger_accounts l ON l.workspace_id = p_workspace AND l.code = w.code AND l.currency = w.currency
    ORDER BY w.ord FOR NO KEY UPDATE OF l
  LOOP
    v_count := v_count + 1;
    v_number[v_count] := r.number; v_sign[v_count] := r.sign; v_floor[v_count] := r.floor;
    v_balance[v_count] := r.balance; v_version[v_count] := r.version; v_held[v_count] := r.held;
    v_open[v_count] := r.open_from;
    v_money[v_count] := array_position(p_currencies, p_currencies[v_count]); v_sums[v_count] := 0;
    v_last := greatest(v_last, r.recorded_at);
  END LOOP;
  recorded := greatest(p_now, v_last);
  -- Read after the accounts are locked: who posts the same entry at the same time is done, or has not begun.
  SELECT array_agg(x.key) INTO v_used FROM ledger_entries x WHERE x.workspace_id = p_workspace AND x.key = ANY (p_keys);

  FOR e IN 1..cardinality(p_ids) LOOP
    v_first := i; v_refused := NULL; v_unbalanced := 0;
    v_effective := coalesce(p_effective[e], recorded);
    IF v_used IS NOT NULL AND p_keys[e] = ANY (v_used) THEN
      WHILE i <= v_postings AND p_entry[i] = e LOOP i := i + 1; END LOOP;
      SELECT * INTO STRICT v_stored FROM ledger_entries x WHERE x.workspace_id = p_workspace AND x.key = p_keys[e];
      v_refused := jsonb_build_object('entry', e, 'id', v_stored.id, 'recordedAt', v_stored.recorded_at, 'outcome',
        CASE WHEN ledger_same(p_workspace, v_stored.id, p_kinds[e], p_effective[e], p_source_kinds[e], p_source_ids[e],
          p_memos[e],
          (SELECT array_agg(v_number[x.place] ORDER BY x.ord) FROM unnest(p_account[v_first:i - 1]) WITH ORDINALITY x(place, ord)),
          p_lines[v_first:i - 1], p_amounts[v_first:i - 1], p_streams[v_first:i - 1])
        THEN 'replayed' ELSE 'key-reuse' END);
      WHILE g <= v_guards AND p_guard_entry[g] = e LOOP g := g + 1; END LOOP;
    ELSE
      c := g;
      WHILE c <= v_guards AND p_guard_entry[c] = e LOOP
        IF v_refused IS NULL AND p_guard_versions[c] <> v_version[p_guard_account[c]] THEN
          v_refused := jsonb_build_object('entry', e, 'outcome', 'version-conflict', 'account', p_codes[p_guard_account[c]],
            'currency', p_currencies[p_guard_account[c]], 'version', v_version[p_guard_account[c]]::text);
        END IF;
        c := c + 1;
      END LOOP;
      WHILE i <= v_postings AND p_entry[i] = e LOOP
        a := p_account[i]; v_amount := p_amounts[i];
        c := v_money[a];
        IF v_sums[c] = 0 THEN v_unbalanced := v_unbalanced + 1; END IF;
        v_sums[c] := v_sums[c] + v_amount;
        IF v_sums[c] = 0 THEN v_unbalanced := v_unbalanced - 1; END IF;
        IF v_refused IS NULL THEN
          v_after := v_balance[a];
          IF v_effective < v_open[a] THEN
            v_refused := jsonb_build_object('entry', e, 'outcome', 'period-closed', 'openFrom', v_open[a]);
          ELSIF (v_amount > 0 AND v_after > c_limit - v_amount) OR (v_amount < 0 AND v_after < -c_limit - v_amount) THEN
            v_refused := jsonb_build_object('entry', e, 'outcome', 'out-of-range', 'account', p_codes[a], 'currency', p_currencies[a]);
          ELSE
            v_after := v_after + v_amount;
            v_available := CASE WHEN v_sign[a] > 0 THEN v_after ELSE -v_after END - v_held[a];
            IF v_amount * v_sign[a] < 0 AND v_available < v_floor[a] THEN
              v_refused := jsonb_build_object('entry', e, 'outcome', 'insufficient-funds', 'account', p_codes[a],
                'currency', p_currencies[a], 'available', (v_sign[a] * v_balance[a] - v_held[a])::text);
            ELSE
              v_balance[a] := v_after; v_version[a] := v_version[a] + 1;
              v_balances[i] := v_after; v_versions[i] := v_version[a];
            END IF;
          END IF;
          -- What this entry had done so far is taken back.
          IF v_refused IS NOT NULL THEN
            FOR c IN v_first..i - 1 LOOP
              v_balance[p_account[c]] := v_balance[p_account[c]] - p_amounts[c];
              v_version[p_account[c]] := v_version[p_account[c]] - 1;
            END LOOP;
          END IF;
        END IF;
        i := i + 1;
      END LOOP;
      IF v_unbalanced <> 0 OR i - v_first < 2 THEN
        RAISE EXCEPTION 'ledger: entry % does not balance', e USING ERRCODE = '23514';
      END IF;
      WHILE g <= v_guards AND p_guard_entry[g] = e LOOP
        a := p_guard_account[g];
        IF v_refused IS NULL AND v_sign[a] * v_balance[a] - v_held[a] < p_guard_minimums[g] THEN
          FOR c IN v_first..i - 1 LOOP
            v_balance[p_account[c]] := v_balance[p_account[c]] - p_amounts[c];
            v_version[p_account[c]] := v_version[p_account[c]] - 1;
          END LOOP;
          v_refused := jsonb_build_object('entry', e, 'outcome', 'insufficient-funds', 'account', p_codes[a],
            'currency', p_currencies[a], 'available', (v_sign[a] * v_balance[a] - v_held[a])::text);
        END IF;
        g := g + 1;
      END LOOP;
    END IF;
    v_accepted[e] := v_refused IS NULL;
    IF v_refused IS NULL THEN
      v_any := true;
    ELSE
      v_all := false;
      others := coalesce(others, '[]') || v_refused;
    END IF;
  END LOOP;
  IF NOT v_any THEN RETURN; END IF;

  INSERT INTO ledger_entries (workspace_id, id, key, effective_at, recorded_at, actor, kind, source_kind, source_id, memo)
  SELECT p_workspace, x.id, x.key, coalesce(x.effective_at, recorded), recorded, p_actor, x.kind, x.source_kind, x.source_id, x.memo
  FROM unnest(p_ids, p_keys, p_effective, p_kinds, p_source_kinds, p_source_ids, p_memos, v_accepted)
    x(id, key, effective_at, kind, source_kind, source_id, memo, accepted)
  WHERE x.accepted
  ON CONFLICT (workspace_id, key) DO NOTHING;
  GET DIAGNOSTICS v_inserted = ROW_COUNT;
  IF v_inserted < (SELECT count(*) FROM unnest(v_accepted) x(accepted) WHERE x.accepted) THEN
    -- Another caller has just posted other entries under one of these keys: decide again, knowing them.
    RAISE EXCEPTION 'ledger: a key was used at the same time' USING ERRCODE = '40001';
  END IF;
  -- By account, so that an account's postings lie side by side.
  INSERT INTO ledger_postings (workspace_id, account, version, amount, balance, entry_id, line, stream)
  SELECT p_workspace, v_number[x.account], x.version, x.amount, x.balance, p_ids[x.entry], x.line, x.stream
  FROM unnest(p_entry, p_account, p_lines, p_amounts, p_streams, v_versions, v_balances)
    x(entry, account, line, amount, stream, version, balance)
  WHERE v_all OR v_accepted[x.entry];
  UPDATE ledger_accounts l SET balance = x.balance, version = x.version, recorded_at = recorded
  FROM unnest(v_number, v_balance, v_version) x(number, balance, version)
  WHERE l.workspace_id = p_workspace AND l.number = x.number AND l.version < x.version;
END $$;

-- Posts one entry of few postings: the same as ledger_post_many, in half the time. It takes the common case for granted
-- (accounts open, key new, funds there); whatever turns out otherwise is undone and decided by ledger_post_many.
CREATE FUNCTION ledger_post(
  p_workspace uuid, p_now timestamptz, p_actor int4,
  p_id uuid, p_key uuid, p_kind text, p_effective timestamptz, p_source_kind text, p_source_id uuid, p_memo text,
  p_codes text[], p_currencies text[], p_lines int2[], p_amounts int8[], p_streams int4[],
  OUT recorded timestamptz, OUT others jsonb
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
  v_amount int8; i int4 := 0; v_sum int8 := 0; v_number int4; v_balance int8; v_version int8;
  v_numbers int4[]; v_balances int8[]; v_versions int8[]; v_first timestamptz;
BEGIN
  IF p_workspace IS DISTINCT FROM nullif(current_setting('rafid.workspace_id', true), '')::uuid THEN
    RAISE EXCEPTION 'ledger: the transaction belongs to another workspace' USING ERRCODE = '42501';
  END IF;
  BEGIN
    recorded := p_now;
    FOREACH v_amount IN ARRAY p_amounts LOOP
      i := i + 1;
      v_sum := v_sum + v_amount;
      -- The row's lock is taken, and its latest state read, by the change itself.
      UPDATE ledger_accounts l
      SET balance = l.balance + v_amount, version = l.version + 1, recorded_at = greatest(recorded, l.recorded_at)
      WHERE l.workspace_id = p_workspace AND l.code = p_codes[i] AND l.currency = p_currencies[i]
        AND l.open_from <= coalesce(p_effective, recorded)
        AND (l.floor IS NULL OR l.sign * v_amount > 0 OR l.sign * (l.balance + v_amount)
          - CASE WHEN l.sign > 0 THEN l.pending_credit ELSE l.pending_debit END >= l.floor)
      RETURNING l.number, l.balance, l.version, l.recorded_at INTO v_number, v_balance, v_version, recorded;
      IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'LG001'; END IF;
      v_numbers[i] := v_number; v_balances[i] := v_balance; v_versions[i] := v_version;
      IF i = 1 THEN v_first := recorded; END IF;
    END LOOP;
    IF v_sum <> 0 OR i < 2 OR NOT p_currencies[1] = ALL (p_currencies) THEN RAISE EXCEPTION USING ERRCODE = 'LG001'; END IF;
    INSERT INTO ledger_entries (workspace_id, id, key, effective_at, recorded_at, actor, kind, source_kind, source_id, memo)
    VALUES (p_workspace, p_id, p_key, coalesce(p_effective, recorded), recorded, p_actor, p_kind, p_source_kind, p_source_id, p_memo)
    ON CONFLICT (workspace_id, key) DO NOTHING;
    IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'LG001'; END IF;
    INSERT INTO ledger_postings (workspace_id, account, version, amount, balance, entry_id, line, stream)
    SELECT p_workspace, x.account, x.version, x.amount, x.balance, p_id, x.line, x.stream
    FROM unnest(v_numbers, v_versions, p_amounts, v_balances, p_lines, p_streams) x(account, version, amount, balance, line, stream);
    IF v_first < recorded THEN
      UPDATE ledger_accounts l SET recorded_at = recorded
      WHERE l.workspace_id = p_workspace AND l.number = ANY (v_numbers) AND l.recorded_at < recorded;
    END IF;
    RETURN;
  EXCEPTION WHEN SQLSTATE 'LG001' OR numeric_value_out_of_range THEN
    NULL;
  END;
  SELECT m.recorded, m.others INTO recorded, others
  FROM (
    SELECT array_agg(w.code ORDER BY w.first) AS codes, array_agg(w.currency ORDER BY w.first) AS currencies
    FROM (
      SELECT x.code, x.currency, min(x.ord) AS first FROM unnest(p_codes, p_currencies) WITH ORDINALITY x(code, currency, ord)
      GROUP BY x.code, x.currency) w) accounts,
  LATERAL (
    SELECT array_agg(x.place ORDER BY x.ord) AS places, array_agg(1 ORDER BY x.ord) AS entries FROM (
      SELECT p.ord, (
        SELECT n.place::int4 FROM unnest(accounts.codes, accounts.currencies) WITH ORDINALITY n(code, currency, place)
        WHERE n.code = p.code AND n.currency = p.currency) AS place
      FROM unnest(p_codes, p_currencies) WITH ORDINALITY p(code, currency, ord)) x) postings,
  LATERAL ledger_post_many(p_workspace, p_now, p_actor, ARRAY[p_id], ARRAY[p_key], ARRAY[p_kind], ARRAY[p_effective],
    ARRAY[p_source_kind], ARRAY[p_source_id], ARRAY[p_memo], accounts.codes, accounts.currencies, postings.entries,
    postings.places, p_lines, p_amounts, p_streams, NULL, NULL, NULL, NULL) m;
END $$;

-- Nobody but the serving role may call the writers; what only they call themselves, nobody may.
DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN
    SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND p.proname LIKE 'ledger\_%'
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    IF (SELECT p.prosecdef FROM pg_proc p WHERE p.oid = f) THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO rafid_app', f);
    END IF;
  END LOOP;
END $$;
