import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { knownAction } from '../../dashboard/screens/settings/audit-actions.ts'
import { hasMessage } from '../../platform/i18n/index.ts'
import { ACCOUNT_CHANGES } from '../../platform/mail/account-kinds.ts'
import { projectRoot } from '../../platform/project-root.ts'
import { locales } from '../../shared/locale.ts'

/** Actions whose verb is put in when they happen. */
const PUT_IN: Readonly<Record<string, readonly string[]>> = {
  product: ['unpublish', 'archive'],
  customer: ['export', 'erasure'],
  person: ACCOUNT_CHANGES,
  'webhook-endpoint': ['pause', 'gone'],
}

/** Writing operations that write no line themselves, and why. */
const SILENT: Readonly<Record<string, string>> = {
  'catalog/operations/finish-upload.ts': 'record-file.ts writes the line',
  'catalog/operations/if-unchanged.ts': 'the change that it lets through writes the line',
  'catalog/operations/receive-file.ts': 'record-file.ts writes the line',
  'checkout/operations/refund-order.ts': 'request-refund.ts writes the line',
  'planner/operations/answer-assessment.ts': 'answers are their person’s own, and nobody else’s to read',
  'planner/operations/change-milestones.ts': 'dates of the plan that a person makes for themselves',
  'planner/operations/write-review.ts': 'the review is its own record',
  'planner/operations/plan-advised.ts': 'change-plans.ts writes the line',
  'privacy/operations/read-requests.ts': 'reads',
  'streams/operations/timer.ts': 'hours.ts writes the line when the clock is stopped',
  'workspaces/operations/list-tokens.ts': 'reads',
}

const sources = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(
    (file) =>
      /^(modules|platform|app)/.test(file) && file.endsWith('.ts') && !/\.test(-support)?\.ts$/.test(file),
  )
  .map((file) => ({ file, text: readFileSync(join(projectRoot, 'src', file), 'utf8') }))
  .filter(({ text }) => /\baudit(ed|Entry|Hold)?\(/.test(text))

function actionsIn(text: string): string[] {
  const said = [...text.matchAll(/['`]([a-z][a-z-]*)\.([a-z][a-z-]*|\$\{\w+\})['`]/g)]
  return said.flatMap(([, subject = '', verb = '']) =>
    verb.startsWith('$')
      ? (PUT_IN[subject] ?? [verb]).map((one) => `${subject}.${one}`)
      : [`${subject}.${verb}`],
  )
}

const actions = new Set(
  sources.flatMap(({ text }) =>
    text
      .split(/\baudit(?:ed|Entry|Hold)?\(/)
      .slice(1)
      .flatMap((call) => actionsIn(call.slice(0, 260)).slice(0, 2)),
  ),
)

test('every action of the log has a name in both languages', () => {
  const nameless = [...actions].filter(
    (action) => !locales.every((locale) => hasMessage(locale, `dashboard.settings.audit.does.${action}`)),
  )
  expect(actions.size).toBeGreaterThan(50)
  expect(nameless).toEqual([])
})

test('the dashboard lets its reader look for each of them', () => {
  expect([...actions].filter((action) => knownAction(action) === undefined)).toEqual([])
})

test('every operation that wants a right to write also writes to the log', () => {
  const forgotten = readdirSync(join(projectRoot, 'src/modules'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\/operations\/[^.]+\.ts$/.test(file) && SILENT[file] === undefined)
    .filter((file) => {
      const text = readFileSync(join(projectRoot, 'src/modules', file), 'utf8')
      return (
        /authorise\(ctx, '[a-z]+:(write|refund)'\)/.test(text) && !/\baudit(ed\w*|Entry|Hold)?\(/.test(text)
      )
    })
  expect(forgotten).toEqual([])
})

test('the search finds actions that are written down and those whose verb is put in', () => {
  expect(actionsIn("{ action: 'token.revoke', x: 1 }")).toEqual(['token.revoke'])
  expect(actionsIn('{ action: `product.${how}` }')).toEqual(['product.unpublish', 'product.archive'])
  expect(actionsIn('{ action: `novel.${how}` }')).toEqual(['novel.${how}'])
})
