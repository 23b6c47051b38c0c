import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { setLivingCosts, type LivingCosts } from '../../api/coverage.ts'
import { useRight } from '../../api/session.ts'
import { monthNames } from '../../text/month-names.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioChoice, SearchSelect } from '../../ui/choice-fields.tsx'
import { Card } from '../../ui/page.tsx'
import { Amount, ProblemNotice } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'
import { monthsToChoose } from './living-costs-draft.ts'
import { today } from './today.ts'

type CostLadder = LivingCosts['ladders'][number]

/** Whether what is saved corrects what was there, or is what life costs from a month on. */
export type Since = { readonly way: 'correct' | 'new'; readonly month: string }

/** Since when life costs what stands above. */
export function SinceFields(props: {
  saved: LivingCosts
  value: Since
  onChange: (value: Since) => void
}): ReactNode {
  const { saved, value, onChange } = props
  const { t, preferences } = usePerson()
  const months = monthNames(preferences)
  return (
    <Card title={t('living.since')}>
      <p className="muted prose">{t('living.since-lead')}</p>
      {saved.from !== null && (
        <RadioChoice
          label={t('living.since-way')}
          choices={[
            { id: 'correct', label: t('living.since-correct', { month: months.long(saved.from) }) },
            { id: 'new', label: t('living.since-new') },
          ]}
          value={value.way}
          onChange={(way) => onChange({ ...value, way })}
        />
      )}
      {value.way === 'new' && (
        <div className="columns">
          <SearchSelect
            label={t('living.since-month')}
            choices={monthsToChoose(today().slice(0, 7)).map((id) => ({ id, label: months.long(id) }))}
            value={value.month}
            onChange={(month) => onChange({ ...value, month })}
          />
        </div>
      )}
    </Card>
  )
}

/** What life cost before, costs and will cost, as far as it was entered. */
export function CostLadders({ saved }: { saved: LivingCosts }): ReactNode {
  const { t, preferences } = usePerson()
  const mayWrite = useRight('streams:write')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const months = monthNames(preferences)
  const removing = useMutation({
    mutationFn: (from: string) => setLivingCosts({ from, items: [] }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['streams'] })
      await navigate({ to: '/streams/living-costs', search: {} })
    },
  })
  if (saved.ladders.length < 2) return null
  const columns: Column<CostLadder>[] = [
    {
      id: 'from',
      title: t('living.since-month'),
      main: true,
      cell: ({ from }) =>
        from === saved.from ? (
          <strong>{months.long(from)}</strong>
        ) : (
          <Link to="/streams/living-costs" search={{ month: from }}>
            {months.long(from)}
          </Link>
        ),
    },
    {
      id: 'monthly',
      title: t('living.average-month'),
      figure: true,
      cell: ({ monthly }) => <Amount of={monthly} />,
    },
    ...(mayWrite
      ? [
          {
            id: 'remove',
            title: t('action.actions'),
            bare: true,
            cell: ({ from }: CostLadder) => (
              <Button
                small
                look="quiet"
                icon={Trash2}
                label={t('living.remove-since', { month: months.long(from) })}
                isDisabled={removing.isPending}
                onPress={() => removing.mutate(from)}
              />
            ),
          },
        ]
      : []),
  ]
  return (
    <Card title={t('living.ladders')} flush>
      <Table
        label={t('living.ladders')}
        columns={columns}
        rows={saved.ladders.toReversed()}
        keyOf={({ from }) => from}
      />
      <ProblemNotice error={removing.error} />
    </Card>
  )
}
