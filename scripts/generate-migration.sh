#!/bin/sh
# Until the first release there is one migration of tables, made again from all tables.ts; hand-written ones stand beside it.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
rm -rf .cache/migrations
drizzle-kit generate --name tables
sed 's/--> statement-breakpoint//' .cache/migrations/0000_tables.sql > migrations/0001_tables.sql
