import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { FileText, Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import { storeQuery } from '../../api/catalog.ts'
import {
  balanceSheetQuery,
  incomeStatementQuery,
  trialBalanceQuery,
  type ReportQuery,
} from '../../api/ledger.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card } from '../../ui/page.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Empty, Ghost, ProblemNotice } from '../../ui/show.tsx'
import { monthsOf } from './months.ts'
import { balanceSheetSections, incomeSections, trialBalanceSections } from './report-sections.ts'
import { ReportTable, type ReportSection } from './report-table.tsx'
import { StreamsReport } from './streams.tsx'

const reports = ['income-statement', 'streams', 'balance-sheet', 'trial-balance'] as const

/** Those of a period, and not of a day. */
const ofPeriods: readonly string[] = ['income-statement', 'streams']
type ReportName = (typeof reports)[number]

/** The reports, for a period or a day, to be read, printed or kept. */
export function ReportsScreen(): ReactNode {
  const { t } = usePerson()
  const search = useSearch({ from: '/inside/ledger-frame/ledger/reports' })
  const navigate = useNavigate({ from: '/ledger/reports' })
  const { data: store } = useSuspenseQuery(storeQuery)
  const report = reports.find((name) => name === search.report) ?? 'income-statement'
  const period = monthsOf(new Date(), store.timeZone)
  const from = search.from ?? period.thisYear.from
  const to = search.to ?? period.thisYear.to
  const query: ReportQuery = {
    ...(ofPeriods.includes(report) ? { from } : {}),
    to,
    timeZone: store.timeZone,
    ...(search.currency === undefined || report === 'trial-balance' ? {} : { currency: search.currency }),
  }
  const put = (change: Record<string, string>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  return (
    <>
      <div className="stack no-print">
        <Segments
          label={t('ledger.report')}
          choices={reports.map((id) => ({ id, label: t(`ledger.reports.${id}`) }))}
          value={report}
          onChange={(id) => put({ report: id })}
        />
        <div className="columns">
          {ofPeriods.includes(report) && (
            <TextField
              label={t('ledger.from')}
              type="date"
              direction="ltr"
              value={from}
              onChange={(day) => put({ from: day })}
            />
          )}
          <TextField
            label={t(ofPeriods.includes(report) ? 'ledger.to' : 'ledger.on-day')}
            type="date"
            direction="ltr"
            value={to}
            onChange={(day) => put({ to: day })}
          />
          {report !== 'trial-balance' && (
            <Select
              label={t('ledger.report-currency')}
              choices={[
                { id: '', label: t('ledger.each-currency') },
                ...store.currencies.map((id) => ({ id, label: id })),
              ]}
              value={search.currency ?? ''}
              onChange={(currency) => put({ currency })}
            />
          )}
        </div>
        <div className="row">
          <Button small icon={Printer} onPress={() => print()}>
            {t('ledger.print')}
          </Button>
          {report !== 'streams' && (
            <FileButton
              icon={FileText}
              path={`/ledger/reports/${report}.pdf`}
              name={`${report}-${to}.pdf`}
              query={query}
            >
              {t('ledger.pdf')}
            </FileButton>
          )}
        </div>
      </div>
      <Report report={report} query={query} />
    </>
  )
}

function Report({ report, query }: { report: ReportName; query: ReportQuery }): ReactNode {
  const { t, date } = usePerson()
  const day = (text: string | undefined) => (text === undefined ? '' : date(new Date(`${text}T12:00:00`)))
  const when = ofPeriods.includes(report)
    ? t('ledger.period', { from: day(query.from), to: day(query.to) })
    : day(query.to)
  const title = `${t(`ledger.reports.${report}`)} · ${when}`
  if (report === 'streams') return <StreamsReport query={query} title={title} />
  return <AccountsReport report={report} query={query} title={title} />
}

function AccountsReport(props: {
  report: Exclude<ReportName, 'streams'>
  query: ReportQuery
  title: string
}): ReactNode {
  const { report, query, title } = props
  const reading = usePerson()
  const { t } = reading
  const trial = useQuery({ ...trialBalanceQuery(query), enabled: report === 'trial-balance' })
  const income = useQuery({ ...incomeStatementQuery(query), enabled: report === 'income-statement' })
  const sheet = useQuery({ ...balanceSheetQuery(query), enabled: report === 'balance-sheet' })
  const shown = { 'trial-balance': trial, 'income-statement': income, 'balance-sheet': sheet }[report]
  const sections = (): ReportSection[] => {
    if (report === 'trial-balance')
      return trial.data === undefined ? [] : trialBalanceSections(trial.data, reading)
    if (report === 'income-statement')
      return income.data === undefined ? [] : incomeSections(income.data, reading)
    return sheet.data === undefined ? [] : balanceSheetSections(sheet.data, reading)
  }
  if (shown.error !== null) return <ProblemNotice error={shown.error} retry={() => void shown.refetch()} />
  if (shown.isPending) return <Ghost lines={8} />
  const found = sections()
  if (found.length === 0) return <Empty title={t('ledger.empty')}>{t('ledger.empty-detail')}</Empty>
  return (
    <Card title={title} flush>
      <ReportTable
        label={title}
        columns={report === 'trial-balance' ? [t('ledger.debit'), t('ledger.credit')] : [t('ledger.amount')]}
        sections={found}
      />
    </Card>
  )
}
