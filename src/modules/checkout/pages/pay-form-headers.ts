import { policyWithForms } from '../../../platform/http/form-policy.ts'
import type { Visit } from '../../catalog/index.ts'
import { formOriginsOf } from '../providers/index.ts'

/** The headers of a page with a form that sends the buyer on to pay: kept by nobody, and its form may lead to the providers. */
export function payFormHeaders({ ctx, store }: Visit): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': policyWithForms(formOriginsOf(ctx, store.providers)),
  }
}
