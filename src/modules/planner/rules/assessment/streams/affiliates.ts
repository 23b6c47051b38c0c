import type { Profile } from '../types.ts'
import { NO_DATA, PLATFORM_RAILS } from './shared.ts'

/** Commissions for what one recommends. */
export const affiliates: Profile = {
  id: 'affiliates',
  kind: 'affiliate',
  name: { en: 'Affiliate commissions', ar: 'عمولات التسويق' },
  line: {
    en: 'You compare products honestly, and sellers pay for the buyers you send.',
    ar: 'تقارن المنتجات بصدق، ويدفع البائع عمّن ترسلهم.',
  },
  base: {
    points: 42,
    why: {
      en: 'Nothing to make and nothing to support, but others set the rate.',
      ar: 'لا شيء تصنعه ولا تدعمه، لكن غيرك يحدّد العمولة.',
    },
  },
  wants: [
    {
      question: 'reach',
      from: 2,
      weight: 13,
      why: { en: 'Commissions follow readers.', ar: 'العمولة تتبع القرّاء.' },
    },
    {
      question: 'months',
      from: 3,
      weight: 11,
      why: {
        en: 'Pages are found late, and commissions paid later.',
        ar: 'الصفحات يُعثر عليها متأخرة، والعمولة تُدفع بعدها.',
      },
    },
    {
      question: 'hours',
      from: 2,
      weight: 10,
      why: { en: 'Comparing and keeping it current takes hours.', ar: 'المقارنة وتحديثها ساعات.' },
    },
    {
      question: 'patience',
      from: 2,
      weight: 8,
      why: { en: 'The beginning is silent.', ar: 'البداية صامتة.' },
    },
    {
      question: 'craft',
      from: 2,
      weight: 5,
      why: { en: 'Pages and links are your own work.', ar: 'الصفحات والروابط من عملك.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'lasting',
      points: 9,
      why: { en: 'A good comparison earns for years.', ar: 'المقارنة الجيدة تدرّ سنين.' },
    },
    {
      question: 'asked',
      option: 'finding',
      points: 16,
      why: { en: 'People buy by your advice already.', ar: 'الناس يشترون برأيك أصلًا.' },
    },
    {
      question: 'owned',
      option: 'channel',
      points: 10,
      why: { en: 'You have readers to advise.', ar: 'لديك قرّاء تنصحهم.' },
    },
  ],
  gates: [
    {
      question: 'hours',
      from: 1,
      why: { en: 'It is hours of comparing first.', ar: 'هي ساعات مقارنة أولًا.' },
    },
    {
      question: 'months',
      from: 1,
      why: { en: 'Commissions are paid months after the sale.', ar: 'تُدفع العمولة بعد البيع بأشهر.' },
    },
  ],
  rails: PLATFORM_RAILS,
  interest: 'free',
  heavy: false,
  odds: {
    text: {
      en: 'Just under 60 in a hundred earned less than 10,000 dollars a year; and nine in ten pages get no visits from search.',
      ar: 'نحو 60 % كسبوا أقل من 10,000 دولار في السنة، وتسع صفحات من عشر لا يأتيها أحد من البحث.',
    },
    source: {
      kind: 'published',
      text: {
        en: 'Surveys of affiliates, and a study of pages in search (90.88 %); those who gave up did not answer',
        ar: 'استطلاعات المسوّقين ودراسة لصفحات البحث (90.88 %)، ولم يجب من ترك',
      },
    },
  },
  first: { months: [4, 15], money: { en: 'next to nothing', ar: 'لا شيء يُذكر' }, source: NO_DATA },
  steps: [
    {
      en: 'Write one comparison of three things that you own and use.',
      ar: 'اكتب مقارنة بين ثلاثة أشياء تملكها وتستعملها.',
    },
    {
      en: 'Join the programmes that pay into one of your rails, and say on the page that you are paid.',
      ar: 'انضم إلى برامج تدفع عبر طريق متاح لك، واذكر في الصفحة أنك تتقاضى عمولة.',
    },
    {
      en: 'Count clicks and sales for ninety days before you write the tenth page.',
      ar: 'عُدّ النقرات والمبيعات تسعين يومًا قبل الصفحة العاشرة.',
    },
  ],
}
