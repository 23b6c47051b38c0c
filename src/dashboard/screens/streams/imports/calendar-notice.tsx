import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { formatDate, type Calendar } from '../../../../shared/dates.ts'
import { readImport, type ImportPreview, type StreamImport } from '../../../api/imports.ts'
import { useRight } from '../../../api/session.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../../ui/show.tsx'

/** Says that the dates of a file were read as Hijri ones, and which Gregorian days that makes of them. */
export function CalendarNotice({
  of: one,
  preview,
}: {
  of: StreamImport
  preview: ImportPreview
}): ReactNode {
  const t = useText()
  const mayWrite = useRight('streams:write')
  const dayIn = useDayIn()
  const { calendar, calendarUnsure, firstDay, lastDay } = preview
  if (calendar !== 'hijri') return null
  return (
    <Notice
      tone={calendarUnsure ? 'warm' : 'plain'}
      title={t('imports.hijri.title')}
      action={calendarUnsure && mayWrite && <ReadAsGregorian of={one} />}
    >
      <p>{t(calendarUnsure ? 'imports.hijri.unsure' : 'imports.hijri.detail')}</p>
      {firstDay !== null && lastDay !== null && (
        <ul className="small">
          {[...new Set([firstDay, lastDay])].map((day) => (
            <li key={day}>
              {t('imports.hijri.means', { hijri: dayIn(day, 'hijri'), gregorian: dayIn(day, 'gregorian') })}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

function ReadAsGregorian({ of: { id, mapping, head } }: { of: StreamImport }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const { encoding, decimal, dateOrder } = head
  const reading = useMutation({
    mutationFn: () => readImport(id, { mapping, encoding, decimal, dateOrder, calendar: 'gregorian' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['stream-imports'] }),
  })
  return (
    <>
      <div>
        <Button small isPending={reading.isPending} onPress={() => reading.mutate()}>
          {t('imports.hijri.as-gregorian')}
        </Button>
      </div>
      <ProblemNotice error={reading.error} />
    </>
  )
}

/** A day in a calendar that is named, whichever the reader prefers. */
export function useDayIn(): (day: string, calendar: Calendar) => string {
  const { locale, preferences } = usePerson()
  const numerals = locale === 'ar' ? preferences.numerals : 'latn'
  return (day, calendar) => formatDate(new Date(day), locale, { calendar, numerals, timeZone: 'UTC' })
}
