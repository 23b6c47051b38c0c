import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { Locale } from '../../shared/locale.ts'
import { faces, type Face } from '../../shared/look.ts'
import { themes, type Theme } from '../../shared/palette.ts'
import { usePerson } from '../text/person.tsx'
import '../styles/preview.css'
import { PageFrame } from '../ui/page-preview.tsx'
import { Segments } from '../ui/segments.tsx'

const widths = { phone: 390, desk: 1280 } as const

/** The storefront's parts in both languages and in the light and the dark, narrow or wide, in a theme and a typeface. */
export function StoreParts(): ReactNode {
  const { t } = usePerson()
  const [theme, setTheme] = useState<Theme>('calm')
  const [face, setFace] = useState<Face>('sans')
  const [size, setSize] = useState<keyof typeof widths>('phone')
  return (
    <section className="stack loose" aria-labelledby="store-parts">
      <h2 id="store-parts">{t('design.store')}</h2>
      <p className="muted">{t('design.store-lead')}</p>
      <div className="row">
        <Segments
          label={t('settings.look.theme')}
          choices={themes.map((id) => ({ id, label: t(`settings.look.themes.${id}`) }))}
          value={theme}
          onChange={setTheme}
        />
        <Segments
          label={t('settings.look.face')}
          choices={faces.map((id) => ({ id, label: t(`settings.look.faces.${id}`) }))}
          value={face}
          onChange={setFace}
        />
        <Segments
          label={t('preview.size')}
          choices={(['phone', 'desk'] as const).map((id) => ({ id, label: t(`preview.${id}`) }))}
          value={size}
          onChange={setSize}
        />
      </div>
      <div className="design">
        {(['light', 'dark'] as const).flatMap((light) =>
          (['ar', 'en'] as const).map((locale) => (
            <Specimen key={light + locale} {...{ light, locale, theme, face }} width={widths[size]} />
          )),
        )}
      </div>
    </section>
  )
}

type SpecimenProps = { light: 'light' | 'dark'; locale: Locale; theme: Theme; face: Face; width: number }

function Specimen({ light, locale, theme, face, width }: SpecimenProps): ReactNode {
  const { t } = usePerson()
  const path = `/docs/parts/${locale}/${theme}/${face}?side=${light}`
  const { data } = useQuery({ queryKey: ['parts', path], queryFn: async () => (await fetch(path)).text() })
  const html = (data ?? '').replace(/<script[^]*?<\/script>/g, '')
  const title = `${t('design.store')} · ${t(`common.language.${locale}`)} · ${t(`settings.me.themes.${light}`)}`
  return <PageFrame html={html} title={title} width={width} />
}
