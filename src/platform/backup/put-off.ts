import type pg from 'pg'

/** A key or an index that was taken away, and what makes it again. */
export type Later = { drop: string; make: string }

/**
 * Takes all keys and indexes away from the program's empty tables: made at the end they cost a fraction, and rows may come in
 * any order. What is returned is in the order in which it can be made again.
 */
export async function putOff(client: pg.Client): Promise<Later[]> {
  const { rows } = await client.query<Later>(
    `SELECT 'ALTER TABLE ' || place || ' DROP CONSTRAINT ' || name AS drop,
       index || '; ALTER TABLE ' || place || ' ADD CONSTRAINT ' || name || ' ' || kind || ' USING INDEX ' || name AS make
     FROM (SELECT conrelid::regclass AS place, quote_ident(conname) AS name, pg_get_indexdef(conindid) AS index,
         CASE contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END AS kind FROM pg_constraint
       WHERE contype IN ('p', 'u') AND ${OURS} AND conrelid <> 'rafid_migrations'::regclass) keys
     UNION ALL SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
       JOIN pg_class c ON c.oid = indexrelid
       WHERE c.relnamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
  )
  const { rows: foreign } = await client.query<Later>(
    `SELECT 'ALTER TABLE ' || place || ' DROP CONSTRAINT ' || name AS drop,
       'ALTER TABLE ' || place || ' ADD CONSTRAINT ' || name || ' ' || definition AS make
     FROM (SELECT conrelid::regclass AS place, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype = 'f' AND ${OURS}) keys`,
  )
  for (const { drop } of [...foreign, ...rows]) await client.query(drop)
  return [...rows, ...foreign]
}

const OURS = "connamespace = 'public'::regnamespace AND conparentid = 0"
