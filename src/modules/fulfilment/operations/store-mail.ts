import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { MailStore } from '../../../platform/mail/kinds.ts'
import type { Locale } from '../../../shared/locale.ts'
import { getPublicStore } from '../../catalog/index.ts'

/** The store as its mails show it, its address in that language, and the sender. */
export async function storeMail(
  ctx: Ctx | TxCtx,
  locale: Locale,
): Promise<{ slug: string; store: MailStore; envelope: { fromName: string; replyTo?: string } }> {
  const { slug, name, supportEmail } = await getPublicStore(ctx)
  const shown = name[locale] === '' ? name[locale === 'ar' ? 'en' : 'ar'] : name[locale]
  const url = `${ctx.config.publicUrl}/${locale}/${encodeURIComponent(slug)}`
  return {
    slug,
    store: supportEmail === '' ? { name: shown, url } : { name: shown, url, supportEmail },
    envelope: supportEmail === '' ? { fromName: shown } : { fromName: shown, replyTo: supportEmail },
  }
}
