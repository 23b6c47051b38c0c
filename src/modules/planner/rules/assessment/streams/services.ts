import type { Profile } from '../types.ts'
import { NO_DATA } from './shared.ts'

const ASKED_FOR = {
  en: 'People ask you for it already: what they ask for is what they pay for first.',
  ar: 'الناس يطلبونه منك أصلًا، وما يُطلب هو أول ما يُدفع فيه.',
}

/** Small services to strangers. */
export const services: Profile = {
  id: 'services',
  kind: 'service',
  name: { en: 'Services', ar: 'الخدمات' },
  line: {
    en: 'You do for others, at a fixed price, what they already ask of you.',
    ar: 'تؤدي لغيرك بسعر محدد ما يطلبونه منك أصلًا.',
  },
  base: {
    points: 56,
    why: {
      en: 'It needs no audience and no capital, and what sells can become a product later.',
      ar: 'لا يحتاج إلى جمهور ولا رأس مال، وما يُباع منه قد يصير منتجًا لاحقًا.',
    },
  },
  wants: [
    {
      question: 'hours',
      from: 3,
      weight: 18,
      why: { en: 'Every sale is paid for in hours.', ar: 'كل بيع يُدفع ثمنه ساعات.' },
    },
    {
      question: 'selling',
      from: 2,
      weight: 15,
      why: { en: 'The first customers have to be asked.', ar: 'العملاء الأوائل لا يأتون، بل تذهب إليهم.' },
    },
    {
      question: 'proof',
      from: 2,
      weight: 12,
      why: {
        en: 'Who has been paid once knows that the work has a price.',
        ar: 'من قبض مرة عرف أن لعمله ثمنًا.',
      },
    },
    {
      question: 'company',
      from: 2,
      weight: 9,
      why: { en: 'Customers write while the work goes on.', ar: 'يكتب العملاء أثناء العمل.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'soon',
      points: 12,
      why: { en: 'Of all streams it pays soonest.', ar: 'أسرع المصادر دفعًا.' },
    },
    ...(['teaching', 'writing', 'design', 'tools', 'languages', 'screen'] as const).map((option) => ({
      question: 'asked' as const,
      option,
      points: 8,
      why: ASKED_FOR,
    })),
  ],
  gates: [
    {
      question: 'hours',
      from: 1,
      why: { en: 'Without hours there is nothing to sell.', ar: 'بلا ساعات ليس هناك ما يُباع.' },
    },
  ],
  rails: ['bank', 'paypal', 'payoneer', 'wise', 'stripe', 'gateway', 'cash'],
  interest: 'free',
  heavy: false,
  odds: {
    text: {
      en: 'It stops when you stop: income and hours are one and the same.',
      ar: 'يتوقف إذا توقفت: الدخل والساعات شيء واحد.',
    },
    source: NO_DATA,
  },
  first: {
    months: [1, 3],
    money: { en: 'next to nothing', ar: 'لا شيء يُذكر' },
    source: NO_DATA,
  },
  steps: [
    {
      en: 'Write down one result that you deliver, for whom, by when and at which price.',
      ar: 'اكتب نتيجة واحدة تسلّمها: لمن، ومتى، وبكم.',
    },
    {
      en: 'Offer it to ten people who have asked you for something like it.',
      ar: 'اعرضها على عشرة طلبوا منك مثلها.',
    },
    {
      en: 'After the third order, raise the price or narrow the offer.',
      ar: 'بعد الطلب الثالث ارفع السعر أو ضيّق العرض.',
    },
  ],
}
