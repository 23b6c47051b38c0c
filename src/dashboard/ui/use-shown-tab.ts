import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, type RefObject } from 'react'

/** For a row of ways that is wider than a phone: scrolls the one that is open to the middle of the row, and never the page. */
export function useShownTab(): RefObject<HTMLElement | null> {
  const row = useRef<HTMLElement>(null)
  const path = useLocation({ select: ({ pathname }) => pathname })
  useEffect(() => {
    const open = row.current?.querySelector('[aria-current=page]')?.getBoundingClientRect()
    const frame = row.current?.getBoundingClientRect()
    if (open === undefined || frame === undefined) return
    row.current?.scrollBy({ left: open.x + open.width / 2 - frame.x - frame.width / 2 })
  }, [path])
  return row
}
