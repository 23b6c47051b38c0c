import ts from 'typescript'

/** A statement as it stands in a source, or in the body of one of the database's functions. */
export type Found = {
  /** Its words, with a blank where something is put in. */
  sql: string
  line: number
  /** The tables of workspaces that it reads, changes or adds to, each as often as it names it. */
  tables: string[]
  /** Whether all of them are bound to the workspace: by a condition, or by the columns that are filled. */
  namesWorkspace: boolean
  /** A table that it changes twice. */
  changedTwice: string | undefined
}

/** The tables of workspaces, by the names that sources and the database have for them. */
export type Tables = ReadonlyMap<string, string>

const READ = /\b(?:FROM|JOIN|UPDATE)\s+(?:ONLY\s+)?"?([a-z_][a-z_0-9]*)\b/g
const ADDED = /\bINSERT INTO\s+"?([a-z_][a-z_0-9]*)\b/g
const CHANGED = /\b(?:INSERT INTO|(?<!FOR |DO |KEY )UPDATE|DELETE FROM)\s+"?([a-z_][a-z_0-9]*)\b/g
/** In a condition, or at the end of a part that goes on where it is put in. */
const BOUND =
  /\bworkspace_id\b"?\s*(?:=|IN\b)|\bAND\s+(?:\w+\.)?workspace_id`|=\s*(?:\w+\.)?"?workspace_id\b|USING \([^)]*\bworkspace_id\b/
const FILLED = /\bINSERT INTO\s+\S+(?:\s+AS\s+\w+)?\s*\(\s*"?workspace_id\b/
const BEGINNING =
  /^\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE|ALTER|DROP|TRUNCATE|LOCK|LISTEN|NOTIFY)\s/

function namesOf(pattern: RegExp, sql: string): string[] {
  return [...sql.matchAll(pattern)].map(([, name]) => name ?? '')
}

/** What can be seen of a statement in its words; `whole` has what is put into it, too. */
function look(sql: string, whole: string, tables: Tables): Omit<Found, 'line'> {
  const ours = new Set(tables.values())
  const added = namesOf(ADDED, sql).filter((name) => ours.has(name))
  const read = namesOf(READ, sql).filter((name) => ours.has(name))
  const changed = namesOf(CHANGED, sql)
  return {
    sql,
    tables: [...read, ...added],
    namesWorkspace: (added.length === 0 || FILLED.test(whole)) && (read.length === 0 || BOUND.test(whole)),
    changedTwice: changed.find((name, at) => changed.indexOf(name) !== at),
  }
}

/** Every statement of a source: templates with the tag `sql`, texts that begin as a statement, and calls of the builder. */
export function statementsOf(text: string, tables: Tables): Found[] {
  const source = ts.createSourceFile('source.tsx', text, ts.ScriptTarget.Latest, true)
  const declared = declarationsOf(source)
  const found: Found[] = []
  const visit = (node: ts.Node, inside: boolean): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
    const sql = textOf(node)
    if (sql !== undefined && !inside) found.push({ ...look(sql, withParts(node, declared), tables), line })
    const built = builtBy(node, declared, tables)
    if (built !== undefined) found.push({ ...built, line })
    node.forEachChild((child) => visit(child, inside || sql !== undefined))
  }
  visit(source, false)
  return found
}

type Declared = ReadonlyMap<string, ts.Node>

function declarationsOf(source: ts.SourceFile): Declared {
  const declared = new Map<string, ts.Node>()
  const visit = (node: ts.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) && node.name !== undefined)
      declared.set(node.name.getText(), node)
    node.forEachChild(visit)
  }
  visit(source)
  return declared
}

/** The words of a statement or a part of one, with a blank where something is put in. */
function textOf(node: ts.Node): string | undefined {
  const tagged = ts.isTaggedTemplateExpression(node) && /^sql\b/.test(node.tag.getText())
  const words = wordsOf(tagged ? node.template : node)
  return tagged || (words !== undefined && BEGINNING.test(words)) ? words : undefined
}

function wordsOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ')
}

const DEPTH = 3

/** A node's text and those of what it mentions by a name that is declared in the same file. */
function withParts(node: ts.Node, declared: Declared, depth = DEPTH, seen = new Set<ts.Node>()): string {
  if (seen.has(node)) return ''
  seen.add(node)
  let whole = node.getText()
  if (depth === 0) return whole
  const visit = (child: ts.Node): void => {
    const part = ts.isIdentifier(child) ? declared.get(child.text) : undefined
    if (part !== undefined) whole += ` ${withParts(part, declared, depth - 1, seen)}`
    child.forEachChild(visit)
  }
  visit(node)
  return whole
}

const VERBS: Readonly<Record<string, string>> = {
  select: 'SELECT',
  selectDistinct: 'SELECT',
  insert: 'INSERT INTO',
  update: 'UPDATE',
  delete: 'DELETE FROM',
}
const TARGETS = /^(?:from|insert|update|delete|(?:left|inner|right|full)?[jJ]oin|crossJoin)$/
const CONDITIONS = /^(?:where|(?:left|inner|right|full)Join)$/

/** A chain of calls that begins with `db.select(`, `db.insert(` and so on, as the statement that it becomes. */
function builtBy(node: ts.Node, declared: Declared, known: Tables): Omit<Found, 'line'> | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  if (!/(?:^|\.)db$/.test(node.expression.expression.getText())) return undefined
  const { text: begun } = node.expression.name
  // Its statement is a template, and seen as such.
  if (begun === 'execute') return undefined
  const verb = VERBS[begun] ?? `db.${begun}`
  const calls: { name: string; args: readonly ts.Expression[] }[] = []
  for (let at: ts.Node = node; ; at = at.parent) {
    if (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression))
      calls.push({ name: at.expression.name.text, args: at.arguments })
    else if (!ts.isPropertyAccessExpression(at)) break
  }
  const tables = calls
    .filter(({ name }) => TARGETS.test(name))
    .flatMap(({ args }) => known.get(args[0]?.getText() ?? '') ?? [])
  const wanted = verb === 'INSERT INTO' ? /^values$/ : CONDITIONS
  const said = calls
    .filter(({ name }) => wanted.test(name))
    .flatMap(({ args }) => args.map((one) => withParts(one, declared)))
  return {
    sql: `${verb} ${tables.join(', ')}`,
    tables,
    namesWorkspace: said.some((one) => /\bworkspaceId\b|\bworkspace_id\b/.test(one)),
    changedTwice: undefined,
  }
}

/** The statements in the body of a function of the database; each table that one names needs a condition of its own there. */
export function statementsOfBody(body: string, tables: Tables): Found[] {
  let line = 1
  return body.split(';').map((statement) => {
    const begins = line + (/^\s*/.exec(statement)?.[0].split('\n').length ?? 1) - 1
    line += statement.split('\n').length - 1
    const sql = statement.replaceAll(/--.*/g, '')
    const seen = look(sql, sql, tables)
    const added = namesOf(ADDED, sql).length
    const bound = sql.match(/\bworkspace_id\b\s*=\s*(?:p_workspace|\w+\.workspace_id)\b/g)?.length ?? 0
    const enough = bound >= seen.tables.length - added
    return { ...seen, line: begins, namesWorkspace: seen.namesWorkspace && enough }
  })
}
