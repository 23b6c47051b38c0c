/**
 * What runs in the browser. Pages read and sell without it; it saves a few steps where it runs. Written as one function so that it is
 * checked like everything else; it is sent as its own source and may therefore use nothing from outside itself.
 */
export function siteScript(): void {
  const waitMs = 1_500
  const longestWaitMs = 30_000

  // A thumbnail moves the gallery, not the page.
  document.addEventListener('click', (event) => {
    const thumb = event.target instanceof Element ? event.target.closest('.thumbs a') : null
    if (!(thumb instanceof HTMLAnchorElement)) return
    event.preventDefault()
    document.querySelector(thumb.hash)?.scrollIntoView({ block: 'nearest', inline: 'start' })
  })

  // A second press while the first is under way does nothing; the server would not mind it, but people worry.
  document.addEventListener('submit', (event) => {
    if (!(event.target instanceof HTMLFormElement)) return
    if (event.target.dataset['sent'] === undefined) event.target.dataset['sent'] = ''
    else event.preventDefault()
  })
  addEventListener('pageshow', () => {
    for (const form of document.forms) delete form.dataset['sent']
  })

  // The cart reckons again as soon as a quantity or a price was changed.
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches('[data-send]')) target.form?.requestSubmit()
  })

  // A page that waits for something looks again by itself, less often as time goes by.
  const stateIn = (page: Document) => page.querySelector('[data-state]')?.getAttribute('data-state')
  const look = async (ms: number): Promise<void> => {
    const text = await fetch(location.href).then(
      (answer) => (answer.ok ? answer.text() : ''),
      () => '',
    )
    const next = stateIn(new DOMParser().parseFromString(text, 'text/html'))
    if (next !== undefined && next !== null && next !== stateIn(document)) location.reload()
    else setTimeout(() => void look(Math.min(ms * 1.4, longestWaitMs)), ms)
  }
  if (document.querySelector('[data-waits]') !== null) setTimeout(() => void look(waitMs), waitMs)
}
