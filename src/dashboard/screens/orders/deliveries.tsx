import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { allowDownloads, rightsOfOrderQuery, type OrderStory, type SellerView } from '../../api/checkout.ts'
import { useRight } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice, Said } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'

/** What the buyer has, how often they can still download it, and the way to let them begin anew. */
export function Deliveries({ order }: { order: OrderStory }): ReactNode {
  const { t } = usePerson()
  const { data } = useQuery({ ...rightsOfOrderQuery(order.id), enabled: order.paidAt !== null })
  if (data === undefined || data.items.length === 0) return null
  return (
    <Card title={t('orders.deliveries')}>
      <ul className="items">
        {data.items.map((right) => (
          <Delivery key={right.entitlementId} order={order} right={right} />
        ))}
      </ul>
    </Card>
  )
}

function Delivery({ order, right }: { order: OrderStory; right: SellerView }): ReactNode {
  const { t, pick } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const mayWrite = useRight('orders:write')
  const title = order.lines.find(({ line }) => line === right.line)?.title
  const offered = [...right.files, ...right.earlierVersions.flatMap(({ files }) => files)]
  const used = offered.some(({ downloadsLeft, downloadLimit }) => downloadsLeft < downloadLimit)
  const allowing = useMutation({
    mutationFn: () => allowDownloads({ orderId: order.id, entitlementId: right.entitlementId }),
    onSuccess: () => {
      notify(t('orders.downloads-reset'))
      return queries.invalidateQueries(rightsOfOrderQuery(order.id))
    },
  })
  return (
    <li className="stack tight">
      <span className="row between">
        <Said>{title === undefined ? '' : pick(title)}</Said>
        {!right.active && <Badge>{t('orders.delivery-ended')}</Badge>}
      </span>
      {right.files.map((file) => (
        <span key={file.id} className="row between small muted">
          <Said>{file.name}</Said>
          <span>{t('orders.downloads-left', { left: file.downloadsLeft, limit: file.downloadLimit })}</span>
        </span>
      ))}
      {mayWrite && right.active && used && (
        <div>
          <Button small icon={RotateCcw} isPending={allowing.isPending} onPress={() => allowing.mutate()}>
            {t('orders.downloads-allow')}
          </Button>
        </div>
      )}
      <ProblemNotice error={allowing.error} />
    </li>
  )
}
