import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Form, Label, Radio, RadioGroup } from 'react-aria-components'
import { isHex } from '../../../shared/contrast.ts'
import { faces, type Look } from '../../../shared/look.ts'
import { accentOf, paletteOf, themes, type Theme } from '../../../shared/palette.ts'
import { storeQuery, type Store } from '../../api/catalog.ts'
import { previewStore } from '../../api/look.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { RadioChoice } from '../../ui/choice-fields.tsx'
import { Switch } from '../../ui/fields.tsx'
import { Card } from '../../ui/page.tsx'
import { PagePreview } from '../../ui/page-preview.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'
import { SaveBar } from '../../ui/unsaved.tsx'
import { CoverCard } from './cover-card.tsx'
import { useStoreDraft } from './use-store-draft.ts'

function pick({ look }: Store): Look {
  return look
}

/** How the store looks, beside the real page with what is being chosen. */
export function LookSettings(): ReactNode {
  const t = useText()
  const { data: store } = useSuspenseQuery(storeQuery)
  const { draft, error, isPending, isWaiting, submit } = useStoreDraft(pick, (_changed, look) => ({ look }))
  const { value, change } = draft
  return (
    <div className="beside">
      <Form className="stack loose" onSubmit={submit}>
        <ProblemNotice error={error} />
        <Card title={t('settings.look.theme')}>
          <ThemeChoice value={value.theme} onChange={(theme) => change({ theme })} />
        </Card>
        <Card title={t('settings.look.letters')}>
          <RadioChoice
            label={t('settings.look.face')}
            choices={faces.map((id) => ({
              id,
              label: t(`settings.look.faces.${id}`),
              hint: t(`settings.look.face-hints.${id}`),
            }))}
            value={value.face}
            onChange={(face) => change({ face })}
          />
        </Card>
        <Card title={t('settings.look.colour')}>
          <AccentChoice look={value} onChange={(accent) => change({ accent })} />
        </Card>
        <CoverCard store={store} />
        <SaveBar dirty={draft.dirty} isPending={isPending} isWaiting={isWaiting} onReset={draft.reset} />
      </Form>
      <PagePreview
        label={t('settings.look.preview')}
        part={{ look: value }}
        seen={store.cover}
        read={previewStore}
      />
    </div>
  )
}

function ThemeChoice({ value, onChange }: { value: Theme; onChange: (theme: Theme) => void }): ReactNode {
  const t = useText()
  return (
    <RadioGroup
      className="field"
      value={value}
      onChange={(key) => {
        const theme = themes.find((one) => one === key)
        if (theme !== undefined) onChange(theme)
      }}
    >
      <Label className="label">{t('settings.look.theme-lead')}</Label>
      <div className="looks">
        {themes.map((theme) => (
          <Radio key={theme} value={theme}>
            <Drawing theme={theme} />
            <span>
              <strong>{t(`settings.look.themes.${theme}`)}</strong>
              <br />
              <span className="hint">{t(`settings.look.theme-hints.${theme}`)}</span>
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

/** Where things stand in a theme; mirrored with the language, as the theme is. */
const shapes: Readonly<
  Record<Theme, readonly (readonly [number, number, number, number, 'ink' | 'line' | 'accent'])[]>
> = {
  calm: [
    [6, 6, 30, 5, 'ink'],
    [6, 22, 46, 8, 'ink'],
    [6, 48, 26, 24, 'line'],
    [37, 48, 26, 24, 'line'],
    [68, 48, 26, 24, 'line'],
    [6, 75, 16, 3, 'accent'],
    [37, 75, 16, 3, 'accent'],
    [68, 75, 16, 3, 'accent'],
  ],
  gallery: [
    [0, 0, 100, 34, 'line'],
    [8, 28, 44, 10, 'ink'],
    [6, 46, 42, 38, 'line'],
    [52, 46, 42, 38, 'line'],
  ],
  folio: [
    [34, 6, 32, 6, 'ink'],
    [20, 16, 60, 1, 'ink'],
    [20, 24, 14, 14, 'line'],
    [38, 26, 34, 4, 'ink'],
    [20, 44, 14, 14, 'line'],
    [38, 46, 28, 4, 'ink'],
    [20, 64, 14, 14, 'line'],
    [38, 66, 38, 4, 'ink'],
  ],
}

function Drawing({ theme }: { theme: Theme }): ReactNode {
  const { light } = paletteOf(theme)
  return (
    <svg viewBox="0 0 100 84" className="turn" aria-hidden>
      <rect width="100" height="84" fill={light.paper} />
      {shapes[theme].map(([x, y, width, height, colour]) => (
        <rect key={`${x}-${y}`} x={x} y={y} width={width} height={height} fill={light[colour]} />
      ))}
    </svg>
  )
}

type AccentProps = { look: Look; onChange: (accent: Look['accent']) => void }

function AccentChoice({ look: { theme, accent }, onChange }: AccentProps): ReactNode {
  const { t } = usePerson()
  const own = paletteOf(theme).light.accent
  const shown = accent === null ? undefined : accentOf(accent, theme)
  const isMoved = shown !== undefined && shown.light.accent !== accent
  return (
    <>
      <Switch isSelected={accent !== null} onChange={(on) => onChange(on ? own : null)}>
        {t('settings.look.own-colour')}
      </Switch>
      {accent !== null && (
        <label className="swatch">
          <input
            type="color"
            value={accent}
            onChange={({ target }) => {
              const hex = target.value.toLowerCase()
              if (isHex(hex)) onChange(hex)
            }}
          />
          {t('settings.look.colour-label')} <bdi dir="ltr">{accent}</bdi>
        </label>
      )}
      {isMoved && (
        <Notice tone="warm" title={t('settings.look.moved')}>
          {t('settings.look.moved-detail', { light: shown.light.accent, dark: shown.dark.accent })}
        </Notice>
      )}
      <p className="hint">{t('settings.look.colour-hint')}</p>
    </>
  )
}
