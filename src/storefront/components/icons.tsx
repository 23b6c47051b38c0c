/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'

const drawings = {
  cart: 'M3 4h2.2l2 11h10.6l2-8H6M9 20h.01M17 20h.01',
  bag: 'M5 8h14l-1 12H6zM9 8V7a3 3 0 0 1 6 0v1',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4',
  check: 'M5 13l4.5 4.5L19 7',
  clock: 'M12 7v5l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  close: 'M6 6l12 12M18 6L6 18',
  alert: 'M12 8v5M12 16.5h.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
  mail: 'M3.5 6h17v12h-17zM4 7l8 6 8-6',
  refresh: 'M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c1-4 4-5.5 7.5-5.5s6.500 1.500 7.500 5.500',
  shield: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2.200 2.200L15.500 10',
  download: 'M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  down: 'M6 9.500l6 6 6-6',
  back: 'M15 5l-7 7 7 7',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
} as const

/** The names of the pictograms. */
export type IconName = keyof typeof drawings

/** A pictogram beside words that say the same, so hidden from screen readers; `turn` mirrors it where the text runs from the right. */
export function Icon({ name, turn = false }: { name: IconName; turn?: boolean }): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" {...(turn ? { class: 'turn' } : {})}>
      <path d={drawings[name]} />
    </svg>
  )
}

/** The streams that join into one: the sign of the program, as a ground for heads and covers. */
export function Streams({ cover = false }: { cover?: boolean }): JSX.Element {
  return (
    <svg
      viewBox="0 0 400 300"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      class={cover ? 'turn' : 'streams turn'}
    >
      <path d="M400-20C330 60 250 60 210 130S120 230-20 250M400 30C330 90 260 84 214 148S120 240-20 262M400 80C340 120 270 110 220 166S120 250-20 274M400 130C350 154 280 140 226 184S120 260-20 286M400 180C350 192 290 172 232 202S120 270-20 298M400 230C350 232 300 206 238 220S120 280-20 310" />
    </svg>
  )
}
