import { useEffect, useState, type ReactNode } from 'react'
import { Plus, Send, Trash2 } from 'lucide-react'
import { dir, type Locale } from '../../shared/locale.ts'
import { loadAllTexts } from '../text/messages.ts'
import { As, createReading, usePerson } from '../text/person.tsx'
import { Button } from '../ui/button.tsx'
import { RadioChoice, SearchSelect, Select } from '../ui/choice-fields.tsx'
import { Segments } from '../ui/segments.tsx'
import { Confirm, Dialog } from '../ui/dialog.tsx'
import { BilingualField, Checkbox, PasswordField, Switch, TextField } from '../ui/fields.tsx'
import { MoneyField, readAmount } from '../ui/money-field.tsx'
import { Card, PageHead } from '../ui/page.tsx'
import { Amount, Badge, Empty, Ghost, Notice, Said, Time } from '../ui/show.tsx'
import { Table } from '../ui/table.tsx'
import { useNotify } from '../ui/toasts.tsx'
import { StoreParts } from './store-parts.tsx'

/** Every component in both languages and both themes, beside one another. */
export function DesignScreen(): ReactNode {
  const person = usePerson()
  const [ready, setReady] = useState(false)
  useEffect(() => void loadAllTexts().then(() => setReady(true)), [])
  if (!ready) return <Ghost lines={8} />
  return (
    <main className="main" style={{ maxInlineSize: 'none' }}>
      <PageHead title={person.t('design.title')} lead={person.t('design.lead')} />
      <div className="design">
        {(['light', 'dark'] as const).flatMap((theme) =>
          (['ar', 'en'] as const).map((locale) => (
            <Specimen key={theme + locale} theme={theme} locale={locale} />
          )),
        )}
      </div>
      <StoreParts />
    </main>
  )
}

function Specimen({ theme, locale }: { theme: 'light' | 'dark'; locale: Locale }): ReactNode {
  const person = usePerson()
  const preferences = { ...person.preferences, locale, theme }
  const reading = createReading(preferences)
  const name = `${reading.t(`common.language.${locale}`)} · ${reading.t(`settings.me.themes.${theme}`)}`
  return (
    <As person={{ ...person, ...reading, preferences }}>
      <section className="specimen" data-theme={theme} lang={locale} dir={dir(locale)} aria-label={name}>
        <h2>{name}</h2>
        <Buttons />
        <Fields />
        <Words />
        <Lists />
      </section>
    </As>
  )
}

function Buttons(): ReactNode {
  const { t } = usePerson()
  const notify = useNotify()
  const [open, setOpen] = useState<'dialog' | 'confirm' | undefined>(undefined)
  const close = () => setOpen(undefined)
  return (
    <Card title={t('design.buttons')}>
      <div className="row">
        <Button look="primary" onPress={() => notify(t('common.state.saved'), () => undefined)}>
          {t('common.action.save')}
        </Button>
        <Button icon={Plus} onPress={() => setOpen('dialog')}>
          {t('common.action.add')}
        </Button>
        <Button look="quiet">{t('common.action.cancel')}</Button>
        <Button look="danger" icon={Trash2} onPress={() => setOpen('confirm')}>
          {t('common.action.delete')}
        </Button>
        <Button icon={Send} turn label={t('messages.resend')} />
        <Button isPending>{t('common.state.saving')}</Button>
        <Button isDisabled>{t('common.action.next')}</Button>
      </div>
      <Dialog title={t('common.action.add')} isOpen={open === 'dialog'} onClose={close} dismissable>
        <p>{t('products.new-lead')}</p>
      </Dialog>
      <Confirm
        title={t('products.archive-title')}
        action={t('products.archive')}
        isOpen={open === 'confirm'}
        onConfirm={close}
        onClose={close}
      >
        <p>{t('products.archive-detail')}</p>
      </Confirm>
    </Card>
  )
}

function Fields(): ReactNode {
  const { t } = usePerson()
  const [title, setTitle] = useState({ ar: 'دليل الميزانية المنزلية', en: 'The home budget guide' })
  const [price, setPrice] = useState('12.500')
  const [on, setOn] = useState(true)
  const [state, setState] = useState<'draft' | 'published'>('draft')
  const states = (['draft', 'published'] as const).map((id) => ({ id, label: t(`products.state.${id}`) }))
  return (
    <Card title={t('design.fields')}>
      <BilingualField
        label={t('products.title')}
        value={title}
        onChange={setTitle}
        hint={t('products.title-hint')}
      />
      <TextField
        label={t('common.field.email')}
        direction="ltr"
        defaultValue="noura@example"
        wrong={t('field.not-an-amount')}
      />
      <PasswordField label={t('common.field.password')} defaultValue="river" />
      <MoneyField
        label={t('products.price')}
        currency="KWD"
        value={readAmount(price, 'KWD')}
        onChange={({ text }) => setPrice(text)}
      />
      <div className="columns">
        <Select label={t('products.state.label')} choices={states} value={state} onChange={setState} />
        <SearchSelect label={t('products.state.label')} choices={states} value={state} onChange={setState} />
      </div>
      <Segments label={t('products.state-filter')} choices={states} value={state} onChange={setState} />
      <RadioChoice label={t('products.price-mode')} choices={states} value={state} onChange={setState} />
      <Checkbox isSelected={on} onChange={setOn}>
        {t('rights.orders:read')}
      </Checkbox>
      <Switch isSelected={on} onChange={setOn}>
        {t('settings.selling.included')}
      </Switch>
    </Card>
  )
}

function Words(): ReactNode {
  const { t } = usePerson()
  const tones = ['plain', 'accent', 'good', 'warm', 'bad'] as const
  return (
    <Card title={t('design.words')}>
      <div className="row">
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {t(`design.tone.${tone}`)}
          </Badge>
        ))}
      </div>
      {tones.map((tone) => (
        <Notice key={tone} tone={tone} title={t(`design.tone.${tone}`)}>
          {t('problem.no-answer-detail')}
        </Notice>
      ))}
      <p>
        <Amount of={{ amount: '1234567', currency: 'KWD' }} /> ·{' '}
        <Amount of={{ amount: '-9900', currency: 'SAR' }} /> · <Time at="2026-02-28T09:30:00Z" /> ·{' '}
        <Said>دليل (v2).pdf</Said>
      </p>
      <Ghost lines={3} />
    </Card>
  )
}

const rows = [
  { id: 'R-2026-0007', amount: { amount: '4900', currency: 'SAR' } },
  { id: 'R-2026-0006', amount: { amount: '12500', currency: 'KWD' } },
] as const

function Lists(): ReactNode {
  const { t } = usePerson()
  return (
    <Card title={t('design.lists')} flush>
      <Table
        label={t('design.lists')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'number',
            title: t('orders.number'),
            main: true,
            cell: ({ id }) => <bdi dir="ltr">{id}</bdi>,
          },
          {
            id: 'state',
            title: t('orders.state.label'),
            cell: () => <Badge tone="good">{t('orders.state.paid')}</Badge>,
          },
          {
            id: 'total',
            title: t('orders.total'),
            figure: true,
            cell: ({ amount }) => <Amount of={amount} />,
          },
        ]}
      />
      <Empty title={t('products.empty')}>{t('products.empty-detail')}</Empty>
    </Card>
  )
}
