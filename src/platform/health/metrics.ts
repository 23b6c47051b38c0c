/** Upper bounds in seconds of the latencies that are counted apart. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const
const MOST_SERIES = 2_000

type Series = { labels: string; counts: number[]; sum: number; total: number }

const requests = new Map<string, Series>()
const counters = new Map<string, { name: string; labels: string; value: number }>()

/** Notes a request that was answered. `route` is the pattern, never the address: addresses hold keys and names. */
export function countRequest(
  method: string,
  route: string,
  { status, ms }: { status: number; ms: number },
): void {
  const key = `${method} ${route} ${status}`
  let series = requests.get(key)
  if (series === undefined) {
    if (requests.size >= MOST_SERIES) return
    const labels = labelsOf({ method, route, status: String(status) })
    series = { labels, counts: BOUNDS.map(() => 0), sum: 0, total: 0 }
    requests.set(key, series)
  }
  const seconds = ms / 1_000
  const at = BOUNDS.findIndex((bound) => seconds <= bound)
  if (at >= 0) series.counts[at] = (series.counts[at] ?? 0) + 1
  series.sum += seconds
  series.total += 1
}

/** Adds to a counter of this process. */
export function count(name: string, labels: Readonly<Record<string, string>> = {}, by = 1): void {
  const written = labelsOf(labels)
  const key = name + written
  const counter = counters.get(key)
  if (counter !== undefined) counter.value += by
  else if (counters.size < MOST_SERIES) counters.set(key, { name, labels: written, value: by })
}

/** A figure as it is now. */
export type Gauge = { name: string; help: string; labels?: Readonly<Record<string, string>>; value: number }

const HELP: Readonly<Record<string, string>> = {
  rafid_slow_statements_total: 'Statements that took longer than half a second.',
  rafid_jobs_total: 'Jobs that this process ended, by outcome.',
}

/** Source: Prometheus, exposition formats, text format 0.0.4. */
export function writeMetrics(gauges: readonly Gauge[]): string {
  const lines: string[] = []
  const head = (name: string, type: string, help: string) =>
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`)
  for (const [name, group] of Map.groupBy(gauges, (gauge) => gauge.name)) {
    head(name, 'gauge', group[0]?.help ?? '')
    for (const { labels = {}, value } of group) lines.push(`${name}${labelsOf(labels)} ${value}`)
  }
  for (const [name, group] of Map.groupBy(counters.values(), (counter) => counter.name)) {
    head(name, 'counter', HELP[name] ?? name)
    for (const { labels, value } of group) lines.push(`${name}${labels} ${value}`)
  }
  head('rafid_http_request_seconds', 'histogram', 'Requests by route and status, and how long they took.')
  for (const { labels, counts, sum, total } of requests.values()) {
    const inner = labels.slice(1, -1)
    let reached = 0
    for (const [at, bound] of BOUNDS.entries()) {
      reached += counts[at] ?? 0
      lines.push(`rafid_http_request_seconds_bucket{${inner},le="${bound}"} ${reached}`)
    }
    lines.push(`rafid_http_request_seconds_bucket{${inner},le="+Inf"} ${total}`)
    lines.push(
      `rafid_http_request_seconds_sum${labels} ${sum}`,
      `rafid_http_request_seconds_count${labels} ${total}`,
    )
  }
  return `${lines.join('\n')}\n`
}

function labelsOf(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`)
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
