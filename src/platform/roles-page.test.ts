import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { locales } from '../shared/locale.ts'
import { RIGHTS, RIGHTS_OF_ROLE, ROLES, type Right } from './authorise.ts'
import { t } from './i18n/index.ts'
import { projectRoot } from './project-root.ts'

const path = join(projectRoot, 'docs/roles.md')

/** The page as the table in the code makes it; `vitest -u` writes it anew. */
function page(): string {
  const head = `# Roles and rights · الأدوار والحقوق

One table in the code says who may do what: \`RIGHTS_OF_ROLE\` in \`src/platform/authorise.ts\`. This page is made from it, and a test fails
when the two differ.

في الشيفرة جدول واحد يقول من يفعل ماذا، ومنه صُنعت هذه الصفحة، ويفشل اختبار إن اختلفا.

## Roles · الأدوار
`
  const roles = ROLES.map((role) => [
    `\`${role}\``,
    ...locales.flatMap((locale) => [
      t(locale, `dashboard.settings.members.roles.${role}`),
      t(locale, `dashboard.settings.members.means.${role}`),
    ]),
  ])
  const rights = RIGHTS.map((right) => [
    `\`${right}\``,
    ...locales.map((locale) => t(locale, `dashboard.rights.${right}`)),
    ...ROLES.map((role) => (RIGHTS_OF_ROLE[role].includes(right) ? '✓' : '')),
  ])
  return [
    head,
    table(['role', 'الدور', 'ما يفعله', 'name', 'what they do'], roles),
    '\n## Rights · الحقوق\n',
    table(['right', 'الحق', 'what it allows', ...ROLES], rights),
    TAIL,
  ].join('\n')
}

const TAIL = `
## What follows from it · ما يتبع ذلك

- Nobody gives, changes or takes away a role that has a right which they lack: an admin can neither make nor remove an owner.
- A token has some of the rights of the member who made it, and loses those that this member loses.
- Ownership is offered by an owner and accepted by the other; nobody is made an owner. The last owner can neither leave nor become less.
- A change of role and a removal hold at once in the process that makes them, and within a second in the others.

- لا يُسند أحد دورًا ولا يغيّره ولا يسحبه إن كان فيه حق ليس له: لا يعيّن المدير مالكًا ولا يزيله.
- للمفتاح بعض حقوق من أنشأه، ويفقد ما يفقده صاحبه.
- تُعرض الملكية ويقبلها الآخر، ولا يُجعل أحد مالكًا دون قبوله. ولا يغادر آخر المالكين ولا ينزل عن دوره.
- يسري تغيير الدور والإزالة فورًا في العملية التي أجرتهما، وخلال ثانية في غيرها.
`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

test('docs/roles.md is the table of the code, in both languages', async () => {
  const config = await resolveConfig(path)
  await expect(await format(page(), { ...config, filepath: path })).toMatchFileSnapshot(path)
})

test('the table is the one that people were told of', () => {
  const rightsOf = (role: (typeof ROLES)[number]): ReadonlySet<Right> => new Set(RIGHTS_OF_ROLE[role])
  expect(RIGHTS.filter((right) => !rightsOf('owner').has(right))).toEqual([])
  expect(RIGHTS.filter((right) => !rightsOf('admin').has(right))).toEqual(['ledger:write'])
  expect([...rightsOf('analyst')].filter((right) => !right.endsWith(':read'))).toEqual([])
})
