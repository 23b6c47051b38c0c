import { useEffect, useRef, useState, type ReactNode } from 'react'

/** What may be wider than its place: it is moved by itself, and by the keyboard as well where it is wider. `label` says what it is. */
export function Scroll({ label, children }: { label: string; children: ReactNode }): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  const [isWide, setIsWide] = useState(false)
  useEffect(() => {
    const box = place.current
    if (box === null) return undefined
    const observer = new ResizeObserver(() => setIsWide(box.scrollWidth > box.clientWidth))
    for (const one of [box, ...box.children]) observer.observe(one)
    return () => observer.disconnect()
  }, [])
  return (
    <div
      className="scroll"
      ref={place}
      {...(isWide ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
    >
      {children}
    </div>
  )
}
