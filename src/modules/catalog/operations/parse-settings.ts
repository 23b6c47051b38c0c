import { Invalid } from '../../../platform/errors.ts'
import { invalid } from '../errors.ts'
import { findProductKind } from '../rules/kinds.ts'

/** The settings of a product as its kind takes them. @throws Invalid for an unknown kind or settings that it does not take. */
export function parseSettings(kind: string, settings: Record<string, unknown>): Record<string, unknown> {
  const definition = findProductKind(kind)
  if (definition === undefined) throw invalid('/kind', 'problems.field.choice')
  const parsed = definition.settings.safeParse(settings)
  if (parsed.success) return parsed.data
  throw new Invalid(
    parsed.error.issues.map((issue) => ({
      pointer: ['/settings', ...issue.path.map(String)].join('/'),
      detail: 'problems.field.invalid',
    })),
  )
}
