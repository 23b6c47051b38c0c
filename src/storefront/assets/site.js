// Pages read and sell without this file; it saves a few steps where it is there.
const on = (type, act) => document.addEventListener(type, act)

// A thumbnail moves the gallery, not the page.
on('click', (event) => {
  const thumb = event.target.closest('.thumbs a')
  if (!thumb) return
  event.preventDefault()
  document.querySelector(thumb.hash)?.scrollIntoView({ block: 'nearest', inline: 'start' })
})

// A second press while the first is under way does nothing; the server would not mind it, but people worry.
on('submit', (event) => {
  const form = event.target
  if (form.dataset.sent) event.preventDefault()
  else form.dataset.sent = 'yes'
})
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})

// The cart reckons again as soon as a quantity or a price was changed.
on('change', (event) => {
  if (event.target.matches('[data-send]') && event.target.checkValidity()) event.target.form.requestSubmit()
})

// A page that waits for something looks again by itself, less often as time goes by.
const waiting = document.querySelector('[data-waits]')
if (waiting) {
  const look = async (ms) => {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => undefined)
    const text = answer?.ok ? await answer.text() : ''
    const next = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-state]')
    if (next && next.dataset.state !== document.querySelector('[data-state]').dataset.state)
      return location.reload()
    setTimeout(look, ms, Math.min(ms * 1.4, 30000))
  }
  setTimeout(look, 1000, 1500)
}
