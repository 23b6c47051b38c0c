/**
 * The import rules of docs/architecture.md as data. `test/architecture.test.ts` plants violations of each and expects them to be found.
 * A new edge in the module graph needs a decision record.
 */
const graph = {
  workspaces: [],
  ledger: ['workspaces'],
  catalog: ['workspaces', 'ledger'],
  checkout: ['workspaces', 'ledger', 'catalog'],
  fulfilment: ['workspaces', 'ledger', 'catalog', 'checkout'],
  streams: ['workspaces', 'ledger'],
  planner: ['workspaces', 'ledger', 'streams'],
  // Knows all that is kept about people: no module knows it (decision 0008).
  privacy: [
    'workspaces',
    'ledger',
    'catalog',
    'checkout',
    'fulfilment',
    'webhooks',
    'streams',
    'planner',
    'desk',
  ],
  webhooks: ['workspaces'],
  // What people at a desk need of all modules at once: search, views, lists as files (decision 0012).
  desk: ['workspaces', 'ledger', 'catalog', 'checkout', 'webhooks', 'streams'],
}

const modules = Object.keys(graph)

const foreignModule = (name) =>
  modules.filter((other) => other !== name && !graph[name].includes(other)).join('|')

const own = '^src/modules/([^/]+)/'

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-is-pure',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(?!shared/)' },
    },
    {
      name: 'shared-does-no-io',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|util)$' },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(modules|storefront|dashboard)/' },
    },
    ...modules.map((name) => ({
      name: `graph-of-${name}`,
      severity: 'error',
      from: { path: `^src/modules/${name}/`, pathNot: '\\.test\\.tsx?$' },
      to: { path: `^src/modules/(${foreignModule(name) || 'none'})/` },
    })),
    {
      name: 'modules-meet-at-the-door',
      comment: 'Another module is reached through its index.ts; only tables may point at tables.',
      severity: 'error',
      from: { path: own, pathNot: '(tables|schema|\\.test)\\.tsx?$' },
      to: { path: '^src/modules/([^/]+)/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'tables-point-at-tables',
      severity: 'error',
      from: { path: `${own}(tables|schema)\\.ts$` },
      to: {
        path: '^src/modules/([^/]+)/',
        pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/(tables|schema|index)\\.ts$'],
      },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: `${own}rules/`, pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/shared/', '^src/modules/$1/(rules/|schema\\.ts|errors\\.ts)'] },
    },
    {
      name: 'operations-know-no-http',
      severity: 'error',
      from: { path: `${own}operations/`, pathNot: '\\.test\\.tsx?$' },
      to: {
        path: [
          '^src/platform/http/(?!page\\.ts|idempotency\\.ts)',
          '^src/storefront/',
          '^hono',
          '^node_modules/hono',
        ],
      },
    },
    {
      name: 'edges-touch-no-tables',
      severity: 'error',
      from: { path: `${own}(api\\.ts|pages/|jobs\\.ts)`, pathNot: '\\.test\\.tsx?$' },
      to: { path: ['/tables\\.ts$', '^node_modules/(drizzle-orm|pg)/'] },
    },
    {
      name: 'dashboard-knows-only-types',
      severity: 'error',
      from: { path: '^src/dashboard/', pathNot: '\\.test\\.tsx?$|vite\\.config\\.ts$' },
      to: { path: '^src/(?!dashboard/|shared/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'storefront-knows-no-module',
      severity: 'error',
      from: { path: '^src/storefront/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(modules|dashboard)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
