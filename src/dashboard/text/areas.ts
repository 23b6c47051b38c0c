/** The parts of the dashboard's texts, each fetched for itself: what any screen may show, and those of four places. */
export const areas = ['first', 'settings', 'streams', 'ledger', 'plan'] as const

/** One of the parts; but for the first they are called like the addresses that they belong to. */
export type Area = (typeof areas)[number]

const areaOfName: ReadonlyMap<string, Area> = new Map([
  ['settings', 'settings'],
  ['ledger', 'ledger'],
  ...['streams', 'imports', 'worth', 'coverage', 'concentration', 'living'].map(
    (name) => [name, 'streams'] as const,
  ),
  // The clock stands on every screen.
  ['streams.clock', 'first'],
  ['streams.duration', 'first'],
  ...['plan', 'focus', 'advice', 'assessment', 'weights', 'review', 'milestones', 'jump'].map(
    (name) => [name, 'plan'] as const,
  ),
])

/** The part that holds a key of the dashboard's texts. */
export function areaOf(key: string): Area {
  const [name = '', below = ''] = key.split('.', 2)
  return areaOfName.get(`${name}.${below}`) ?? areaOfName.get(name) ?? 'first'
}

/** The part that an address needs beside the first. */
export function areaOfPath(path: string): Area {
  const name = path.replace(/^\/dashboard(?=\/|$)/, '').split('/')[1]
  return areas.find((area) => area === name) ?? 'first'
}

type Tree = { readonly [name: string]: string | Tree }

/** The texts of a catalogue file that belong to one part. */
export function textsOf(area: Area, file: { readonly dashboard: Tree }): { readonly dashboard: Tree } {
  return { dashboard: pick(file.dashboard, '', area) }
}

function pick(tree: Tree, path: string, area: Area): Tree {
  const entries = Object.entries(tree).flatMap(([name, node]): [string, string | Tree][] => {
    const key = path + name
    if (typeof node === 'string') return areaOf(key) === area ? [[name, node]] : []
    const below = pick(node, `${key}.`, area)
    return Object.keys(below).length === 0 ? [] : [[name, below]]
  })
  return Object.fromEntries(entries)
}
