import type { Profile } from '../types.ts'
import { NO_DATA, SELLING_RAILS } from './shared.ts'

/** Rent of a domain name. */
export const domainLease: Profile = {
  id: 'domain-lease',
  kind: 'domain-lease',
  name: { en: 'Domain lease', ar: 'تأجير النطاقات' },
  line: {
    en: 'You own a name that others want, and let it by the month.',
    ar: 'تملك اسمًا يرغب فيه غيرك وتؤجره بالشهر.',
  },
  base: {
    points: 34,
    why: {
      en: 'No work at all, if anybody wants the name; mostly nobody does.',
      ar: 'بلا عمل إن رغب أحد في الاسم، وغالبًا لا يرغب أحد.',
    },
  },
  wants: [
    {
      question: 'patience',
      from: 3,
      weight: 11,
      why: { en: 'A name lies for years until somebody asks.', ar: 'يبقى الاسم سنين حتى يسأل عنه أحد.' },
    },
    {
      question: 'months',
      from: 3,
      weight: 9,
      why: { en: 'Nothing comes in until it is let.', ar: 'لا يأتي شيء قبل تأجيره.' },
    },
    {
      question: 'selling',
      from: 2,
      weight: 8,
      why: { en: 'Who might need it has to be written to.', ar: 'من قد يحتاج إليه يُكتب له.' },
    },
    {
      question: 'loss',
      from: 1,
      weight: 6,
      why: { en: 'The yearly fee is gone if nobody comes.', ar: 'رسم السنة يضيع إن لم يأتِ أحد.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'lasting',
      points: 11,
      why: { en: 'Once let, it asks for almost nothing.', ar: 'إذا أُجّر لم يطلب شيئًا تقريبًا.' },
    },
    {
      question: 'owned',
      option: 'domain',
      points: 32,
      why: { en: 'You own a name that was asked for.', ar: 'تملك اسمًا سُئل عنه.' },
    },
  ],
  gates: [
    { question: 'hours', from: 1, why: { en: 'Tenants have to be looked for.', ar: 'المستأجر يُبحث عنه.' } },
    {
      question: 'months',
      from: 1,
      why: { en: 'It brings nothing for a long time.', ar: 'لا يأتي بشيء مدة طويلة.' },
    },
  ],
  rails: SELLING_RAILS,
  interest: 'free',
  heavy: false,
  odds: {
    text: {
      en: 'Of names held, 0.6 in a hundred .com names are sold in a year. How many are let is not known.',
      ar: 'يُباع في السنة 0.6 من كل مئة نطاق com. محتفظ به. أما كم يُؤجّر فلا يُعرف.',
    },
    source: {
      kind: 'published',
      text: {
        en: 'Sold of held domain names per year (.com 0.6 %, all 0.48 %); nothing on leases',
        ar: 'نسبة المبيع من النطاقات في السنة (com. 0.6 % والكل 0.48 %)، ولا شيء عن التأجير',
      },
    },
  },
  first: {
    months: [3, 36],
    money: { en: 'the yearly fee of each name', ar: 'رسم السنة لكل اسم' },
    source: NO_DATA,
  },
  steps: [
    {
      en: 'List who would earn by the name, by business and city.',
      ar: 'اكتب من يربح من الاسم، بالنشاط والمدينة.',
    },
    {
      en: 'Put a page with rent and terms on the name.',
      ar: 'ضع على الاسم صفحة بالإيجار والشروط.',
    },
    {
      en: 'Write to twenty of them, and let go of names that nobody answered for within a year.',
      ar: 'اكتب إلى عشرين منهم، وتخلَّ خلال سنة عما لم يجب عنه أحد.',
    },
  ],
}
