-- The ledger's only writers. The tables are made by 0001; the serving role may read them and nothing else, so every
-- change of the books goes through a function below, which runs as the tables' owner. Row-level security is forced, so
-- the functions too see only the workspace that the transaction has set, and they refuse any other.
--
-- Lock order, in every function: the book, accounts (in the order given, which callers sort by code and currency),
-- keys of entries, holds. A call that meets another order is retried by the caller's transaction.

-- A row of accounts changes with every posting: leave room for the next versions on its page.
ALTER TABLE ledger_accounts SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
-- Ids ascend, so these indexes grow at their right end: full pages there are split no more.
ALTER INDEX ledger_entries_workspace_id_id_pk SET (fillfactor = 100);
ALTER INDEX ledger_postings_workspace_id_entry_id_line_pk SET (fillfactor = 100);
ALTER TABLE ledger_days SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
ALTER TABLE ledger_sealed SET (fillfactor = 50);
-- Entries and postings only grow: statistics follow the growth, not a share of what is there.
ALTER TABLE ledger_entries SET (autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
ALTER TABLE ledger_postings SET (autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);

ALTER TABLE ledger_chart
  ADD CONSTRAINT ledger_chart_type CHECK (type IN ('asset', 'liability', 'equity', 'income', 'expense')),
  ADD CONSTRAINT ledger_chart_sign CHECK (sign IN (1, -1)),
  ADD CONSTRAINT ledger_chart_code CHECK (code ~ '^[1-9][0-9]{3}(\.[a-z0-9][a-z0-9-]{0,63})*$');
-- Accounts and postings, which every entry touches, have no such checks: PostgreSQL reads a check's text again for every
-- statement, which was a tenth of the cost of an entry. The functions below are the only writers, and refuse the same.
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
  -- Dimensions that are all there need no lock.
  IF cardinality(p_chart_codes) = 0 AND cardinality(p_codes) = 0 THEN
    SELECT array_agg(d.number ORDER BY w.ord) INTO v_dimensions
    FROM unnest(p_kinds, p_ids) WITH ORDINALITY w(kind, id, ord)
    JOIN ledger_dimensions d ON d.workspace_id = p_workspace AND d.kind = w.kind AND d.id = w.id;
    IF cardinality(v_dimensions) = cardinality(p_kinds) THEN RETURN v_dimensions; END IF;
  END IF;
  INSERT INTO ledger_books (workspace_id) VALUES (p_workspace) ON CONFLICT (workspace_id) DO NOTHING;
  SELECT * INTO STRICT v_book FROM ledger_books b WHERE b.workspace_id = p_workspace FOR UPDATE;

  INSERT INTO ledger_chart (workspace_id, code, type, name_ar, name_en, sign, floor, opened_at)
  SELECT p_workspace, c.code, c.type, c.name_ar, c.name_en, c.sign, c.floor, p_now
  FROM unnest(p_chart_codes, p_types, p_names_ar, p_names_en, p_signs, p_floors) c(code, type, name_ar, name_en, sign, floor)
  ON CONFLICT (workspace_id, code) DO NOTHING;

  IF EXISTS (SELECT FROM unnest(p_currencies) w(currency) WHERE w.currency !~ '^[A-Z]{3}$') THEN
    RAISE EXCEPTION 'ledger: a currency has three letters' USING ERRCODE = '23514';
  END IF;
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
    WHERE (stored.account, stored.amount, stored.stream)
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
  e int4; i int4 := 1; g int4 := 1; v_first int4; a int4; c int4; v_unbalanced int4; v_amount int8; v_after int8; v_available numeric;
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
        IF v_amount = 0 THEN RAISE EXCEPTION 'ledger: a line of entry % is empty', e USING ERRCODE = '23514'; END IF;
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
            v_available := CASE WHEN v_sign[a] > 0 THEN v_after ELSE -v_after END::numeric - v_held[a];
            IF v_amount * v_sign[a] < 0 AND v_available < v_floor[a] THEN
              v_refused := jsonb_build_object('entry', e, 'outcome', 'insufficient-funds', 'account', p_codes[a],
                'currency', p_currencies[a], 'available', (v_sign[a]::numeric * v_balance[a] - v_held[a])::text);
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
        IF v_refused IS NULL AND v_sign[a]::numeric * v_balance[a] - v_held[a] < p_guard_minimums[g] THEN
          FOR c IN v_first..i - 1 LOOP
            v_balance[p_account[c]] := v_balance[p_account[c]] - p_amounts[c];
            v_version[p_account[c]] := v_version[p_account[c]] - 1;
          END LOOP;
          v_refused := jsonb_build_object('entry', e, 'outcome', 'insufficient-funds', 'account', p_codes[a],
            'currency', p_currencies[a], 'available', (v_sign[a]::numeric * v_balance[a] - v_held[a])::text);
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
  INSERT INTO ledger_postings (workspace_id, account, chapter, place, amount, balance, entry_id, line, stream)
  SELECT p_workspace, v_number[x.account], x.version >> 6, x.version & 63, x.amount, x.balance, p_ids[x.entry], x.line,
    coalesce(x.stream, 0)
  FROM unnest(p_entry, p_account, p_lines, p_amounts, p_streams, v_versions, v_balances)
    x(entry, account, line, amount, stream, version, balance)
  WHERE v_all OR v_accepted[x.entry];
  UPDATE ledger_accounts l SET balance = x.balance, version = x.version, recorded_at = recorded
  FROM unnest(v_number, v_balance, v_version) x(number, balance, version)
  WHERE l.workspace_id = p_workspace AND l.number = x.number AND l.version < x.version;
END $$;

-- Posts one entry of few postings in the common case: accounts open, key new, funds there. Whatever turns out otherwise
-- fails with LG001, and then nothing of it may be kept. Every word in a statement is read again for each entry, so the
-- statements are short, and what is rare is looked at after them.
CREATE FUNCTION ledger_post_common(
  p_workspace uuid, p_now timestamptz, p_actor int4,
  p_id uuid, p_key uuid, p_kind text, p_effective timestamptz, p_source_kind text, p_source_id uuid, p_memo text,
  p_codes text[], p_currencies text[], p_lines int2[], p_amounts int8[], p_streams int4[],
  OUT recorded timestamptz
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  v_amount int8; i int4 := 0; v_sum int8 := 0; v_first timestamptz; a record;
  v_numbers int4[]; v_balances int8[]; v_versions int8[];
BEGIN
  IF p_workspace IS DISTINCT FROM nullif(current_setting('rafid.workspace_id', true), '')::uuid THEN
    RAISE EXCEPTION 'ledger: the transaction belongs to another workspace' USING ERRCODE = '42501';
  END IF;
  recorded := p_now;
  FOREACH v_amount IN ARRAY p_amounts LOOP
    i := i + 1;
    v_sum := v_sum + v_amount;
    -- The row's lock is taken, and its latest state read, by the change itself.
    UPDATE ledger_accounts l
    SET balance = l.balance + v_amount, version = l.version + 1, recorded_at = greatest(recorded, l.recorded_at)
    WHERE l.workspace_id = p_workspace AND l.code = p_codes[i] AND l.currency = p_currencies[i]
    RETURNING l.number, l.balance, l.version, l.recorded_at, l.open_from, l.floor, l.sign, l.pending_credit, l.pending_debit INTO a;
    IF NOT FOUND OR v_amount = 0 OR p_currencies[i] <> p_currencies[1] OR a.balance = -9223372036854775808
      OR a.open_from > coalesce(p_effective, a.recorded_at) THEN RAISE EXCEPTION USING ERRCODE = 'LG001'; END IF;
    IF a.floor IS NOT NULL THEN
      IF a.sign * v_amount < 0
        AND a.sign * a.balance - (CASE WHEN a.sign > 0 THEN a.pending_credit ELSE a.pending_debit END) < a.floor
      THEN RAISE EXCEPTION USING ERRCODE = 'LG001'; END IF;
    END IF;
    recorded := a.recorded_at;
    v_numbers[i] := a.number; v_balances[i] := a.balance; v_versions[i] := a.version;
    IF i = 1 THEN v_first := recorded; END IF;
  END LOOP;
  IF v_sum <> 0 OR i < 2 THEN RAISE EXCEPTION USING ERRCODE = 'LG001'; END IF;
  INSERT INTO ledger_entries (workspace_id, id, key, effective_at, recorded_at, actor, kind, source_kind, source_id, memo)
  VALUES (p_workspace, p_id, p_key, coalesce(p_effective, recorded), recorded, p_actor, p_kind, p_source_kind, p_source_id, p_memo);
  INSERT INTO ledger_postings (workspace_id, account, chapter, place, amount, balance, entry_id, line, stream)
  SELECT p_workspace, v_numbers[n], v_versions[n] >> 6, v_versions[n] & 63, p_amounts[n], v_balances[n], p_id, p_lines[n],
    coalesce(p_streams[n], 0)
  FROM generate_series(1, i) n;
  IF v_first < recorded THEN
    UPDATE ledger_accounts l SET recorded_at = recorded
    WHERE l.workspace_id = p_workspace AND l.number = ANY (v_numbers) AND l.recorded_at < recorded;
  END IF;
END $$;

-- Posts one entry of few postings: the same as ledger_post_many, in half the time. What is not the common case is undone
-- and decided by ledger_post_many.
CREATE FUNCTION ledger_post(
  p_workspace uuid, p_now timestamptz, p_actor int4,
  p_id uuid, p_key uuid, p_kind text, p_effective timestamptz, p_source_kind text, p_source_id uuid, p_memo text,
  p_codes text[], p_currencies text[], p_lines int2[], p_amounts int8[], p_streams int4[],
  OUT recorded timestamptz, OUT others jsonb
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
BEGIN
  BEGIN
    recorded := ledger_post_common(p_workspace, p_now, p_actor, p_id, p_key, p_kind, p_effective, p_source_kind, p_source_id,
      p_memo, p_codes, p_currencies, p_lines, p_amounts, p_streams);
    RETURN;
  EXCEPTION WHEN SQLSTATE 'LG001' OR numeric_value_out_of_range OR unique_violation THEN
    NULL;
  END;
  SELECT m.recorded, m.others INTO recorded, others
  FROM (
    SELECT array_agg(w.code ORDER BY w.first) AS codes, array_agg(w.currency ORDER BY w.first) AS currencies
    FROM (
      SELECT x.code, x.currency, min(x.ord) AS first FROM unnest(p_codes, p_currencies) WITH ORDINALITY x(code, currency, ord)
      GROUP BY x.code, x.currency) w) accounts,
  LATERAL (
    -- In the order of the lines, which decides what is wrong with an entry first.
    SELECT array_agg(x.place ORDER BY x.line) AS places, array_agg(1 ORDER BY x.line) AS entries,
      array_agg(x.line ORDER BY x.line) AS lines, array_agg(x.amount ORDER BY x.line) AS amounts,
      array_agg(x.stream ORDER BY x.line) AS streams
    FROM (
      SELECT p.line, p.amount, p.stream, (
        SELECT n.place::int4 FROM unnest(accounts.codes, accounts.currencies) WITH ORDINALITY n(code, currency, place)
        WHERE n.code = p.code AND n.currency = p.currency) AS place
      FROM unnest(p_codes, p_currencies, p_lines, p_amounts, p_streams) p(code, currency, line, amount, stream)) x) postings,
  LATERAL ledger_post_many(p_workspace, p_now, p_actor, ARRAY[p_id], ARRAY[p_key], ARRAY[p_kind], ARRAY[p_effective],
    ARRAY[p_source_kind], ARRAY[p_source_id], ARRAY[p_memo], accounts.codes, accounts.currencies, postings.entries,
    postings.places, postings.lines, postings.amounts, postings.streams, NULL, NULL, NULL, NULL) m;
END $$;

-- Takes the locks of accounts, in the order given, and tells their state: for callers that reckon with balances before
-- they post. Accounts that are not open are left out.
CREATE FUNCTION ledger_lock(p_workspace uuid, p_codes text[], p_currencies text[])
RETURNS TABLE (code text, currency text, sign int2, balance int8, version int8)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public SET enable_seqscan = off SET jit = off AS $$
BEGIN
  PERFORM ledger_fence(p_workspace);
  RETURN QUERY
    SELECT l.code, l.currency, l.sign, l.balance, l.version
    FROM unnest(p_codes, p_currencies) WITH ORDINALITY w(code, currency, ord)
    JOIN ledger_accounts l ON l.workspace_id = p_workspace AND l.code = w.code AND l.currency = w.currency
    ORDER BY w.ord FOR NO KEY UPDATE OF l;
END $$;

-- Sets an amount aside: it can no longer be spent, and is not yet there for the other side. Answers with an outcome.
CREATE FUNCTION ledger_hold(
  p_workspace uuid, p_now timestamptz, p_actor int4, p_id uuid, p_key uuid, p_kind text, p_source_kind text, p_source_id uuid,
  p_memo text, p_debit text, p_credit text, p_currency text, p_amount int8, p_stream int4, p_expires timestamptz
) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public SET enable_seqscan = off SET jit = off AS $$
DECLARE
  c_limit CONSTANT int8 := 9223372036854775807;
  v_debit ledger_accounts; v_credit ledger_accounts; v_hold ledger_holds; r ledger_accounts; v_now timestamptz;
BEGIN
  PERFORM ledger_fence(p_workspace);
  IF (SELECT count(*) FROM ledger_accounts l
      WHERE l.workspace_id = p_workspace AND l.code IN (p_debit, p_credit) AND l.currency = p_currency) < 2 THEN
    RETURN '{"outcome": "missing"}';
  END IF;
  FOR r IN
    SELECT l.* FROM ledger_accounts l
    WHERE l.workspace_id = p_workspace AND l.code IN (p_debit, p_credit) AND l.currency = p_currency
    ORDER BY l.code COLLATE "C" FOR NO KEY UPDATE
  LOOP
    IF r.code = p_debit THEN v_debit := r; ELSE v_credit := r; END IF;
  END LOOP;
  v_now := greatest(p_now, v_debit.recorded_at, v_credit.recorded_at);
  SELECT * INTO v_hold FROM ledger_holds h WHERE h.workspace_id = p_workspace AND h.key = p_key;
  IF FOUND THEN
    RETURN jsonb_build_object('id', v_hold.id, 'recordedAt', v_hold.recorded_at, 'outcome', CASE WHEN
      (v_hold.debit_account, v_hold.credit_account, v_hold.amount, v_hold.kind, v_hold.source_kind, v_hold.memo)
        = (v_debit.number, v_credit.number, p_amount, p_kind, p_source_kind, p_memo)
      AND v_hold.source_id IS NOT DISTINCT FROM p_source_id AND v_hold.stream IS NOT DISTINCT FROM p_stream
      AND v_hold.expires_at IS NOT DISTINCT FROM p_expires THEN 'replayed' ELSE 'key-reuse' END);
  END IF;
  IF v_debit.pending_debit > c_limit - p_amount OR v_credit.pending_credit > c_limit - p_amount THEN
    RETURN '{"outcome": "out-of-range"}';
  END IF;
  -- A debit lowers what a credit account has, a credit what a debit account has.
  IF v_debit.sign < 0 AND -v_debit.balance::numeric - v_debit.pending_debit - p_amount < v_debit.floor THEN
    RETURN jsonb_build_object('outcome', 'insufficient-funds', 'account', p_debit, 'currency', p_currency,
      'available', (-v_debit.balance::numeric - v_debit.pending_debit)::text);
  END IF;
  IF v_credit.sign > 0 AND v_credit.balance::numeric - v_credit.pending_credit - p_amount < v_credit.floor THEN
    RETURN jsonb_build_object('outcome', 'insufficient-funds', 'account', p_credit, 'currency', p_currency,
      'available', (v_credit.balance::numeric - v_credit.pending_credit)::text);
  END IF;
  INSERT INTO ledger_holds (workspace_id, id, key, debit_account, credit_account, amount, actor, stream, kind, source_kind,
    source_id, memo, recorded_at, expires_at)
  VALUES (p_workspace, p_id, p_key, v_debit.number, v_credit.number, p_amount, p_actor, p_stream, p_kind, p_source_kind,
    p_source_id, p_memo, v_now, p_expires)
  ON CONFLICT (workspace_id, key) DO NOTHING;
  IF NOT FOUND THEN RAISE EXCEPTION 'ledger: a key was used at the same time' USING ERRCODE = '40001'; END IF;
  UPDATE ledger_accounts l SET
    pending_debit = l.pending_debit + CASE WHEN l.number = v_debit.number THEN p_amount ELSE 0 END,
    pending_credit = l.pending_credit + CASE WHEN l.number = v_credit.number THEN p_amount ELSE 0 END
  WHERE l.workspace_id = p_workspace AND l.number IN (v_debit.number, v_credit.number);
  RETURN jsonb_build_object('outcome', 'held', 'id', p_id, 'recordedAt', v_now);
END $$;

-- Resolves a hold, or part of it: posts an amount as an entry (and, if final, voids the rest), voids or expires what is
-- left. What was pending is freed first, so that the entry may use it; if the entry is refused, nothing has changed.
CREATE FUNCTION ledger_resolve(
  p_workspace uuid, p_now timestamptz, p_actor int4, p_hold uuid, p_verb text, p_amount int8, p_final boolean,
  p_id uuid, p_key uuid, p_effective timestamptz, p_memo text
) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public SET enable_seqscan = off SET jit = off AS $$
DECLARE
  v_hold ledger_holds; v_left int8; v_amount int8; v_freed int8; v_codes text[]; v_currencies text[]; v_debit_first boolean;
  v_stored ledger_entries; v_posted record; v_outcome jsonb;
BEGIN
  PERFORM ledger_fence(p_workspace);
  SELECT * INTO v_hold FROM ledger_holds h WHERE h.workspace_id = p_workspace AND h.id = p_hold;
  IF NOT FOUND THEN RETURN '{"outcome": "not-found"}'; END IF;
  SELECT array_agg(l.code), array_agg(l.currency), bool_and(l.number = v_hold.debit_account OR l.ord > 1)
  INTO v_codes, v_currencies, v_debit_first
  FROM (
    SELECT a.code, a.currency, a.number, row_number() OVER (ORDER BY a.code COLLATE "C") AS ord FROM (
      SELECT x.* FROM ledger_accounts x
      WHERE x.workspace_id = p_workspace AND x.number IN (v_hold.debit_account, v_hold.credit_account)
      ORDER BY x.code COLLATE "C" FOR NO KEY UPDATE) a) l;
  SELECT * INTO STRICT v_hold FROM ledger_holds h WHERE h.workspace_id = p_workspace AND h.id = p_hold FOR UPDATE;
  v_left := v_hold.amount - v_hold.posted - v_hold.voided - v_hold.expired;
  v_amount := coalesce(p_amount, v_left);
  IF p_verb = 'post' THEN
    SELECT e.* INTO v_stored FROM ledger_entries e WHERE e.workspace_id = p_workspace AND e.key = p_key;
    IF FOUND THEN
      RETURN jsonb_build_object('id', v_stored.id, 'recordedAt', v_stored.recorded_at, 'outcome', CASE WHEN EXISTS (
        SELECT FROM ledger_relations x JOIN ledger_postings p ON p.workspace_id = p_workspace AND p.entry_id = x.entry_id
        WHERE x.workspace_id = p_workspace AND x.entry_id = v_stored.id AND x.kind = 'posts' AND x.target_id = p_hold
          AND p.amount = coalesce(p_amount, p.amount)) THEN 'replayed' ELSE 'key-reuse' END);
    END IF;
  END IF;
  IF v_left = 0 OR v_amount > v_left OR v_amount <= 0 THEN
    RETURN jsonb_build_object('outcome', 'resolved', 'remaining', v_left::text);
  END IF;
  IF p_verb = 'expire' AND (v_hold.expires_at IS NULL OR v_hold.expires_at > p_now) THEN
    RETURN jsonb_build_object('outcome', 'not-due', 'remaining', v_left::text);
  END IF;
  v_freed := CASE WHEN p_verb = 'post' AND p_final THEN v_left ELSE v_amount END;
  BEGIN
    UPDATE ledger_accounts l SET
      pending_debit = l.pending_debit - CASE WHEN l.number = v_hold.debit_account THEN v_freed ELSE 0 END,
      pending_credit = l.pending_credit - CASE WHEN l.number = v_hold.credit_account THEN v_freed ELSE 0 END
    WHERE l.workspace_id = p_workspace AND l.number IN (v_hold.debit_account, v_hold.credit_account);
    UPDATE ledger_holds h SET
      posted = h.posted + CASE WHEN p_verb = 'post' THEN v_amount ELSE 0 END,
      voided = h.voided + CASE p_verb WHEN 'void' THEN v_amount WHEN 'post' THEN v_freed - v_amount ELSE 0 END,
      expired = h.expired + CASE WHEN p_verb = 'expire' THEN v_amount ELSE 0 END,
      resolved_at = CASE WHEN v_freed = v_left THEN p_now END
    WHERE h.workspace_id = p_workspace AND h.id = p_hold;
    IF p_verb <> 'post' THEN
      RETURN jsonb_build_object('outcome', 'resolved-now', 'amount', v_amount::text, 'remaining', (v_left - v_freed)::text);
    END IF;
    SELECT m.recorded, m.others INTO v_posted FROM ledger_post_many(p_workspace, p_now, p_actor, ARRAY[p_id], ARRAY[p_key],
      ARRAY[v_hold.kind], ARRAY[p_effective], ARRAY[v_hold.source_kind], ARRAY[v_hold.source_id], ARRAY[p_memo], v_codes,
      v_currencies, '{1,1}', '{1,2}', '{1,2}',
      CASE WHEN v_debit_first THEN ARRAY[v_amount, -v_amount] ELSE ARRAY[-v_amount, v_amount] END,
      ARRAY[v_hold.stream, v_hold.stream], NULL, NULL, NULL, NULL) m;
    IF v_posted.others IS NOT NULL THEN
      v_outcome := v_posted.others -> 0;
      RAISE EXCEPTION USING ERRCODE = 'LG001';
    END IF;
    INSERT INTO ledger_relations (workspace_id, entry_id, kind, target_id) VALUES (p_workspace, p_id, 'posts', p_hold);
    RETURN jsonb_build_object('outcome', 'posted', 'id', p_id, 'recordedAt', v_posted.recorded, 'amount', v_amount::text,
      'remaining', (v_left - v_freed)::text);
  EXCEPTION WHEN SQLSTATE 'LG001' THEN
    RETURN v_outcome;
  END;
END $$;

-- Posts the contrary of entries, in the order given, as if one after the other: of all that is left of each (p_lines null), or,
-- in a call of one, of amounts of some of its lines, each of the line's sign and no more than is left of it. The lines of a
-- reversal keep their numbers, so what is left can be summed. Reads and writes are one statement per table, as in
-- ledger_post_many, which posts them. In one call each key and each target comes once. `others` is as there, with the
-- outcomes 'not-found' and 'already-reversed' besides.
CREATE FUNCTION ledger_reverse_many(
  p_workspace uuid, p_now timestamptz, p_actor int4,
  p_ids uuid[], p_keys uuid[], p_kinds text[], p_effective timestamptz[], p_memos text[], p_targets uuid[],
  p_lines int2[], p_amounts int8[],
  OUT recorded timestamptz, OUT others jsonb
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_bitmapscan = off SET jit = off AS $$
DECLARE
  v_numbers int4[]; v_codes text[]; v_currencies text[]; v_used uuid[]; v_stored ledger_entries; r record;
  -- What is to be posted: the place in the call of each entry, and its lines.
  n int4 := 0; v_of int4[] := '{}'; v_source_kinds text[]; v_source_ids uuid[];
  v_entries int4[] := '{}'; v_places int4[] := '{}'; v_lines int2[] := '{}'; v_amounts int8[] := '{}'; v_streams int4[] := '{}';
  v_refused jsonb; v_refusals int4[];
BEGIN
  PERFORM ledger_fence(p_workspace);
  SELECT array_agg(l.number), array_agg(l.code), array_agg(l.currency) INTO v_numbers, v_codes, v_currencies
  FROM (
    SELECT a.number, a.code, a.currency FROM ledger_accounts a
    WHERE a.workspace_id = p_workspace AND a.number = ANY (ARRAY(
      SELECT DISTINCT p.account FROM unnest(p_targets) t(id)
      JOIN ledger_postings p ON p.workspace_id = p_workspace AND p.entry_id = t.id))
    ORDER BY a.code COLLATE "C", a.currency COLLATE "C" FOR NO KEY UPDATE) l;
  -- Read after the accounts are locked: who posts or reverses the same at the same time is done, or has not begun.
  SELECT array_agg(x.key) INTO v_used FROM ledger_entries x WHERE x.workspace_id = p_workspace AND x.key = ANY (p_keys);

  FOR r IN
    SELECT t.entry::int4, e.id, e.source_kind, e.source_id, l.lines, l.amounts, l.places, l.streams, l.refused
    FROM unnest(p_targets) WITH ORDINALITY t(target, entry)
    LEFT JOIN ledger_entries e ON e.workspace_id = p_workspace AND e.id = t.target
    LEFT JOIN LATERAL (
      SELECT array_agg(x.line ORDER BY x.line) AS lines, array_agg(-x.amount ORDER BY x.line) AS amounts,
        array_agg(array_position(v_numbers, x.account) ORDER BY x.line) AS places, array_agg(x.stream ORDER BY x.line) AS streams,
        bool_or(x.amount = 0 OR sign(x.amount) <> sign(x.remaining) OR abs(x.amount) > abs(x.remaining)) AS refused
      FROM (
        SELECT y.line, y.account, y.stream, y.remaining, coalesce(g.amount, y.remaining) AS amount
        FROM (
          SELECT p.line, p.account, p.stream, p.amount + coalesce((
            SELECT sum(b.amount) FROM ledger_relations x
            JOIN ledger_postings b ON b.workspace_id = p_workspace AND b.entry_id = x.entry_id AND b.line = p.line
            WHERE x.workspace_id = p_workspace AND x.target_id = t.target AND x.kind = 'reverses'), 0)::int8 AS remaining
          FROM ledger_postings p WHERE p.workspace_id = p_workspace AND p.entry_id = t.target) y
        LEFT JOIN unnest(p_lines, p_amounts) g(line, amount) ON g.line = y.line
        WHERE CASE WHEN p_lines IS NULL THEN y.remaining <> 0 ELSE g.line IS NOT NULL END) x) l ON true
    ORDER BY t.entry
  LOOP
    v_refused := NULL;
    IF r.id IS NULL THEN
      v_refused := jsonb_build_object('entry', r.entry, 'outcome', 'not-found');
    ELSIF p_keys[r.entry] = ANY (v_used) THEN
      SELECT * INTO STRICT v_stored FROM ledger_entries x WHERE x.workspace_id = p_workspace AND x.key = p_keys[r.entry];
      v_refused := jsonb_build_object('entry', r.entry, 'id', v_stored.id, 'recordedAt', v_stored.recorded_at, 'outcome',
        CASE WHEN EXISTS (
            SELECT FROM ledger_relations x WHERE x.workspace_id = p_workspace AND x.entry_id = v_stored.id
              AND x.kind = 'reverses' AND x.target_id = r.id)
          AND (p_lines IS NULL OR NOT EXISTS (
            SELECT FROM (
              SELECT p.line, p.amount FROM ledger_postings p
              WHERE p.workspace_id = p_workspace AND p.entry_id = v_stored.id) stored
            FULL JOIN unnest(p_lines, p_amounts) given(line, amount) USING (line)
            WHERE stored.amount IS DISTINCT FROM -given.amount)) THEN 'replayed' ELSE 'key-reuse' END);
    ELSIF r.lines IS NULL OR r.refused OR cardinality(r.lines) < cardinality(p_lines) THEN
      v_refused := jsonb_build_object('entry', r.entry, 'outcome', 'already-reversed');
    END IF;
    IF v_refused IS NOT NULL THEN
      others := coalesce(others, '[]') || v_refused;
    ELSE
      n := n + 1;
      v_of[n] := r.entry; v_source_kinds[n] := r.source_kind; v_source_ids[n] := r.source_id;
      v_entries := v_entries || array_fill(n, ARRAY[cardinality(r.lines)]);
      v_places := v_places || r.places; v_lines := v_lines || r.lines; v_amounts := v_amounts || r.amounts;
      v_streams := v_streams || r.streams;
    END IF;
  END LOOP;
  IF n = 0 THEN RETURN; END IF;

  SELECT m.recorded, m.others INTO recorded, v_refused
  FROM (
    SELECT array_agg(p_ids[x.place] ORDER BY x.n) AS ids, array_agg(p_keys[x.place] ORDER BY x.n) AS keys,
      array_agg(p_kinds[x.place] ORDER BY x.n) AS kinds, array_agg(p_effective[x.place] ORDER BY x.n) AS effective,
      array_agg(p_memos[x.place] ORDER BY x.n) AS memos
    FROM unnest(v_of) WITH ORDINALITY x(place, n)) c,
  LATERAL ledger_post_many(p_workspace, p_now, p_actor, c.ids, c.keys, c.kinds, c.effective, v_source_kinds, v_source_ids,
    c.memos, v_codes, v_currencies, v_entries, v_places, v_lines, v_amounts, v_streams, NULL, NULL, NULL, NULL) m;
  IF v_refused IS NOT NULL THEN
    SELECT array_agg(v_of[(x.one ->> 'entry')::int4]),
      coalesce(others, '[]') || jsonb_agg(x.one || jsonb_build_object('entry', v_of[(x.one ->> 'entry')::int4]))
    INTO v_refusals, others FROM jsonb_array_elements(v_refused) x(one);
  END IF;
  INSERT INTO ledger_relations (workspace_id, entry_id, kind, target_id)
  SELECT p_workspace, p_ids[x.place], 'reverses', p_targets[x.place] FROM unnest(v_of) x(place)
  WHERE v_refusals IS NULL OR x.place <> ALL (v_refusals);
END $$;

-- Closes the books before a moment: every account is locked, so whoever was posting is done, and whoever comes finds it.
CREATE FUNCTION ledger_close(p_workspace uuid, p_now timestamptz, p_actor int4, p_through timestamptz, p_memo text)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public SET jit = off AS $$
DECLARE
  v_open timestamptz;
BEGIN
  PERFORM ledger_fence(p_workspace);
  INSERT INTO ledger_books (workspace_id) VALUES (p_workspace) ON CONFLICT (workspace_id) DO NOTHING;
  SELECT b.open_from INTO STRICT v_open FROM ledger_books b WHERE b.workspace_id = p_workspace FOR UPDATE;
  IF p_through <= v_open OR p_through > p_now THEN
    RETURN jsonb_build_object('outcome', 'refused', 'openFrom', v_open);
  END IF;
  PERFORM FROM ledger_accounts l WHERE l.workspace_id = p_workspace
    ORDER BY l.code COLLATE "C", l.currency COLLATE "C" FOR NO KEY UPDATE;
  UPDATE ledger_accounts l SET open_from = p_through WHERE l.workspace_id = p_workspace;
  UPDATE ledger_books b SET open_from = p_through WHERE b.workspace_id = p_workspace;
  INSERT INTO ledger_closings (workspace_id, through, closed_at, actor, memo)
  VALUES (p_workspace, p_through, p_now, p_actor, p_memo);
  RETURN jsonb_build_object('outcome', 'closed', 'openFrom', p_through);
END $$;

-- Enters or corrects dated rates.
CREATE FUNCTION ledger_rate(
  p_workspace uuid, p_now timestamptz, p_source text,
  p_bases text[], p_quotes text[], p_days date[], p_numerators int8[], p_denominators int8[]
) RETURNS int4
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public SET jit = off AS $$
DECLARE
  v_count int4;
BEGIN
  PERFORM ledger_fence(p_workspace);
  INSERT INTO ledger_rates (workspace_id, base, quote, day, numerator, denominator, source, recorded_at)
  SELECT p_workspace, x.base, x.quote, x.day, x.numerator, x.denominator, p_source, p_now
  FROM unnest(p_bases, p_quotes, p_days, p_numerators, p_denominators) x(base, quote, day, numerator, denominator)
  ON CONFLICT (workspace_id, base, quote, day) DO UPDATE
  SET numerator = excluded.numerator, denominator = excluded.denominator, source = excluded.source, recorded_at = excluded.recorded_at;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;

-- Appends a block to the integrity chain and adds its postings to the sums by day. The block must follow the last one and
-- start, for each account, where the last one that held it ended. False if another sealer was first.
CREATE FUNCTION ledger_seal(
  p_workspace uuid, p_now timestamptz, p_number int4, p_accounts int4[], p_from int8[], p_to int8[], p_previous bytea,
  p_hash bytea, p_locators bytea
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
  v_last ledger_seals; v_postings int4;
BEGIN
  PERFORM ledger_fence(p_workspace);
  SELECT * INTO v_last FROM ledger_seals s WHERE s.workspace_id = p_workspace ORDER BY s.number DESC LIMIT 1;
  IF coalesce(v_last.number, 0) + 1 <> p_number OR coalesce(v_last.hash, sha256('')) <> p_previous THEN RETURN false; END IF;
  IF EXISTS (
    SELECT FROM unnest(p_accounts, p_from, p_to) r(account, from_version, to_version)
    LEFT JOIN ledger_sealed s ON s.workspace_id = p_workspace AND s.account = r.account
    LEFT JOIN ledger_accounts a ON a.workspace_id = p_workspace AND a.number = r.account
    WHERE coalesce(s.version, 0) <> r.from_version OR r.to_version <= r.from_version OR a.version IS NULL OR a.version < r.to_version
  ) THEN
    RETURN false;
  END IF;
  SELECT sum(r.to_version - r.from_version) INTO v_postings FROM unnest(p_from, p_to) r(from_version, to_version);
  INSERT INTO ledger_seals (workspace_id, number, sealed_at, postings, accounts, from_versions, to_versions, previous, hash, locators)
  VALUES (p_workspace, p_number, p_now, v_postings, p_accounts, p_from, p_to, p_previous, p_hash, p_locators)
  ON CONFLICT (workspace_id, number) DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO ledger_sealed (workspace_id, account, version)
  SELECT p_workspace, r.account, r.to_version FROM unnest(p_accounts, p_to) r(account, to_version)
  ON CONFLICT (workspace_id, account) DO UPDATE SET version = excluded.version;
  INSERT INTO ledger_days (workspace_id, account, day, stream, debit, credit, postings, first_version, last_version)
  SELECT p_workspace, p.account, (e.effective_at AT TIME ZONE 'UTC')::date, p.stream,
    coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0), coalesce(sum(-p.amount) FILTER (WHERE p.amount < 0), 0), count(*),
    min(p.chapter * 64::int8 + p.place), max(p.chapter * 64::int8 + p.place)
  FROM (
    -- Reckoned apart: beside the policy's condition, only plain columns are compared by an index.
    SELECT x.*, x.from_version >> 6 AS first, x.to_version >> 6 AS last
    FROM unnest(p_accounts, p_from, p_to) x(account, from_version, to_version) OFFSET 0) r
  JOIN ledger_postings p ON p.workspace_id = p_workspace AND p.account = r.account AND p.chapter BETWEEN r.first AND r.last
    AND p.chapter * 64::int8 + p.place > r.from_version AND p.chapter * 64::int8 + p.place <= r.to_version
  JOIN ledger_entries e ON e.workspace_id = p_workspace AND e.id = p.entry_id
  GROUP BY 2, 3, 4
  ON CONFLICT (workspace_id, account, day, stream) DO UPDATE SET
    debit = ledger_days.debit + excluded.debit, credit = ledger_days.credit + excluded.credit,
    postings = ledger_days.postings + excluded.postings,
    first_version = least(ledger_days.first_version, excluded.first_version),
    last_version = greatest(ledger_days.last_version, excluded.last_version);
  RETURN true;
END $$;

-- For importing books: what an entry has to do with another, and a hold as it was. Entries come through ledger_post_many.
-- An entry gets a relation once; both must be there. A hold comes once, and what is left of it becomes pending again.
CREATE FUNCTION ledger_restore(
  p_workspace uuid, p_entries uuid[], p_kinds text[], p_targets uuid[], p_holds jsonb, p_actor int4
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public SET enable_seqscan = off SET jit = off AS $$
DECLARE
  h record;
BEGIN
  PERFORM ledger_fence(p_workspace);
  INSERT INTO ledger_relations (workspace_id, entry_id, kind, target_id)
  SELECT p_workspace, x.entry, x.kind, x.target FROM unnest(p_entries, p_kinds, p_targets) x(entry, kind, target)
  JOIN ledger_entries e ON e.workspace_id = p_workspace AND e.id = x.entry
  WHERE x.kind IN ('reverses', 'posts')
  ON CONFLICT (workspace_id, entry_id) DO NOTHING;
  FOR h IN
    SELECT x.*, d.number AS debit_account, c.number AS credit_account, s.number AS stream
    FROM jsonb_to_recordset(p_holds) x(id uuid, key uuid, debit text, credit text, currency text, amount int8, posted int8,
      voided int8, expired int8, "streamKind" text, "streamId" text, kind text, "sourceKind" text, "sourceId" uuid, memo text,
      "recordedAt" timestamptz, "expiresAt" timestamptz, "resolvedAt" timestamptz)
    JOIN ledger_accounts d ON d.workspace_id = p_workspace AND d.code = x.debit AND d.currency = x.currency
    JOIN ledger_accounts c ON c.workspace_id = p_workspace AND c.code = x.credit AND c.currency = x.currency
    LEFT JOIN ledger_dimensions s ON s.workspace_id = p_workspace AND s.kind = x."streamKind" AND s.id = x."streamId"
    ORDER BY least(x.debit COLLATE "C", x.credit COLLATE "C"), x.id
  LOOP
    PERFORM FROM ledger_accounts l WHERE l.workspace_id = p_workspace AND l.number IN (h.debit_account, h.credit_account)
      ORDER BY l.code COLLATE "C" FOR NO KEY UPDATE;
    INSERT INTO ledger_holds (workspace_id, id, key, debit_account, credit_account, amount, posted, voided, expired, actor, stream,
      kind, source_kind, source_id, memo, recorded_at, expires_at, resolved_at)
    VALUES (p_workspace, h.id, h.key, h.debit_account, h.credit_account, h.amount, h.posted, h.voided, h.expired, p_actor, h.stream,
      h.kind, h."sourceKind", h."sourceId", h.memo, h."recordedAt", h."expiresAt", h."resolvedAt")
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
      UPDATE ledger_accounts l SET
        pending_debit = l.pending_debit + CASE WHEN l.number = h.debit_account THEN h.amount - h.posted - h.voided - h.expired ELSE 0 END,
        pending_credit = l.pending_credit + CASE WHEN l.number = h.credit_account THEN h.amount - h.posted - h.voided - h.expired ELSE 0 END
      WHERE l.workspace_id = p_workspace AND l.number IN (h.debit_account, h.credit_account);
    END IF;
  END LOOP;
END $$;

-- The last version of an account that was recorded at a moment or before: recorded times never decrease along versions. It
-- looks where the time lies between the two ends, and in the middle, by turns: few looks where entries come evenly, and
-- never more than twice those of halving. For reading; runs as the caller.
CREATE FUNCTION ledger_version_at(p_workspace uuid, p_account int4, p_at timestamptz) RETURNS int8
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
SET enable_bitmapscan = off AS $$
DECLARE
  v_low int8 := 0; v_high int8; v_probe int8; v_recorded timestamptz; v_first timestamptz; v_last timestamptz; v_even boolean := true;
BEGIN
  SELECT a.version, a.opened_at, a.recorded_at INTO v_high, v_first, v_last
  FROM ledger_accounts a WHERE a.workspace_id = p_workspace AND a.number = p_account;
  IF p_at >= v_last THEN RETURN v_high; END IF;
  WHILE v_low < v_high LOOP
    v_probe := v_low + (v_high - v_low + 1) / 2;
    IF v_even AND v_last > v_first AND p_at BETWEEN v_first AND v_last THEN
      v_probe := v_low + floor((v_high - v_low) * (extract(epoch FROM p_at - v_first) / extract(epoch FROM v_last - v_first)))::int8;
      v_probe := greatest(least(v_probe, v_high), v_low + 1);
    END IF;
    v_even := NOT v_even;
    SELECT e.recorded_at INTO STRICT v_recorded
    FROM ledger_postings p JOIN ledger_entries e ON e.workspace_id = p_workspace AND e.id = p.entry_id
    WHERE p.workspace_id = p_workspace AND p.account = p_account AND p.chapter = v_probe >> 6 AND p.place = v_probe & 63;
    IF v_recorded <= p_at THEN
      v_low := v_probe; v_first := v_recorded;
    ELSE
      v_high := v_probe - 1; v_last := v_recorded;
    END IF;
  END LOOP;
  RETURN coalesce(v_low, 0);
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
    IF (SELECT p.prosecdef OR p.proname = 'ledger_version_at' FROM pg_proc p WHERE p.oid = f) THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO rafid_app', f);
    END IF;
  END LOOP;
END $$;
