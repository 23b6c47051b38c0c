import { MAJOR } from './binaries.ts'

/**
 * What a cluster is started for. `throwaway`: tests that do not look at crashes. `loading`: it is being filled and counts for
 * nothing until all of it is there.
 */
export type Purpose = 'serving' | 'throwaway' | 'loading'

/** The settings of the private cluster, as `name=value`; given at every start, so a changed file cannot weaken them. */
export function settingsFor(purpose: Purpose, major = MAJOR): string[] {
  const durable = purpose === 'serving' ? 'on' : 'off'
  return [
    'listen_addresses=',
    'port=5432',
    // Relative to the cluster, so that no path is too long for a socket.
    'unix_socket_directories=.',
    'unix_socket_permissions=0700',
    'max_connections=80',
    'shared_buffers=160MB',
    'work_mem=8MB',
    'max_logical_replication_workers=0',
    ...(purpose === 'loading' ? LOADING : SERVING),
    'min_wal_size=128MB',
    'random_page_cost=1.1',
    'autovacuum_naptime=30s',
    'jit=off',
    'update_process_title=off',
    // Its helpers would be three more processes; reads here are small and mostly cached.
    ...(Number(major) >= 18 ? ['io_method=sync'] : []),
    'max_parallel_workers_per_gather=1',
    'log_min_messages=warning',
    'log_checkpoints=off',
    // Statements and the details of errors may hold what people typed.
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'log_line_prefix=%m [%p] ',
    'timezone=UTC',
    `fsync=${durable}`,
    `full_page_writes=${durable}`,
    `synchronous_commit=${durable}`,
  ]
}

const SERVING = ['maintenance_work_mem=64MB', 'max_wal_size=2GB', 'checkpoint_timeout=15min']

/** Rows of a table that the same transaction made are not written twice, and nothing is tidied up in between. */
const LOADING = [
  'wal_level=minimal',
  'max_wal_senders=0',
  'maintenance_work_mem=192MB',
  'max_parallel_maintenance_workers=1',
  'max_wal_size=8GB',
  'checkpoint_timeout=1h',
  'autovacuum=off',
]
