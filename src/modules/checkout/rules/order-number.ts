import { humanCode } from '../../../shared/ids.ts'

/** The number that people quote: eight letters and digits made from the random end of the order's id. */
export function orderNumber(orderId: string): string {
  return humanCode(Buffer.from(orderId.replaceAll('-', '').slice(16), 'hex'))
}
