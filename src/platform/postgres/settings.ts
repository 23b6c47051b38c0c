/** The settings of the private cluster, as `name=value`; given at every start, so a changed file cannot weaken them. */
export function settingsFor({ throwaway }: { throwaway: boolean }): string[] {
  const durable = throwaway ? 'off' : 'on'
  return [
    'listen_addresses=',
    'port=5432',
    // Relative to the cluster, so that no path is too long for a socket.
    'unix_socket_directories=.',
    'unix_socket_permissions=0700',
    'max_connections=80',
    'shared_buffers=160MB',
    'work_mem=8MB',
    'maintenance_work_mem=64MB',
    'max_logical_replication_workers=0',
    'max_wal_size=2GB',
    'min_wal_size=128MB',
    'checkpoint_timeout=15min',
    'random_page_cost=1.1',
    'autovacuum_naptime=30s',
    'jit=off',
    'update_process_title=off',
    // Its helpers would be three more processes; reads here are small and mostly cached.
    'io_method=sync',
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
