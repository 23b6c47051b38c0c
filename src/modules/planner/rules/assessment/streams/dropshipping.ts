import type { Profile } from '../types.ts'
import { NO_DATA, SELLING_RAILS } from './shared.ts'

/** A shop whose goods others send. */
export const dropshipping: Profile = {
  id: 'dropshipping',
  kind: 'dropshipping',
  name: { en: 'Dropshipping shop', ar: 'متجر بلا مخزون' },
  line: {
    en: 'You sell goods that a supplier sends, and live from what is left after advertising.',
    ar: 'تبيع بضاعة يشحنها مورّد، وتعيش مما يبقى بعد الإعلان.',
  },
  base: {
    points: 37,
    why: {
      en: 'It can be begun fast, but advertising is paid before anybody buys.',
      ar: 'بدايته سريعة، لكن الإعلان يُدفع قبل أن يشتري أحد.',
    },
  },
  wants: [
    {
      question: 'loss',
      from: 2,
      weight: 16,
      why: {
        en: 'The first advertisements teach and seldom earn.',
        ar: 'أول الإعلانات تعلّم ولا تكسب إلا نادرًا.',
      },
    },
    {
      question: 'capital',
      from: 2,
      weight: 13,
      why: {
        en: "Suppliers are paid before the buyer's money arrives.",
        ar: 'يُدفع للمورّد قبل وصول مال المشتري.',
      },
    },
    {
      question: 'hours',
      from: 3,
      weight: 13,
      why: { en: 'Orders, returns and tests come daily.', ar: 'الطلبات والمرتجعات والتجارب يومية.' },
    },
    {
      question: 'company',
      from: 2,
      weight: 12,
      why: { en: 'Late parcels are written about to you.', ar: 'الطرد المتأخر يُكتب فيه إليك.' },
    },
    {
      question: 'craft',
      from: 2,
      weight: 8,
      why: { en: 'Shop and advertisements are built by you.', ar: 'المتجر والإعلانات من عملك.' },
    },
    {
      question: 'debts',
      from: 3,
      weight: 10,
      why: { en: 'Losses on top of instalments weigh double.', ar: 'الخسارة فوق الأقساط مضاعفة.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'soon',
      points: 9,
      why: { en: 'The first order can come within weeks.', ar: 'قد يأتي أول طلب خلال أسابيع.' },
    },
    {
      question: 'asked',
      option: 'sourcing',
      points: 14,
      why: { en: 'You get goods that others cannot.', ar: 'تؤمّن بضاعة لا يؤمّنها غيرك.' },
    },
    {
      question: 'owned',
      option: 'supplier',
      points: 18,
      why: { en: 'A supplier whom you know is the hardest part.', ar: 'المورّد المعروف أصعب ما في الأمر.' },
    },
  ],
  gates: [
    { question: 'hours', from: 1, why: { en: 'Customers cannot wait.', ar: 'العملاء لا ينتظرون.' } },
    {
      question: 'loss',
      from: 1,
      why: { en: 'The money for advertising may be gone.', ar: 'مال الإعلان قد يذهب كله.' },
    },
    { question: 'capital', from: 1, why: { en: 'It begins with paying.', ar: 'أوله دفع.' } },
    {
      question: 'debts',
      from: 2,
      why: { en: 'Dear debts come first.', ar: 'الديون المكلفة أولًا.' },
    },
  ],
  rails: SELLING_RAILS,
  interest: 'free',
  heavy: true,
  odds: {
    text: {
      en: 'How many succeed is not known; the figures that circulate are those of people who sell courses about it.',
      ar: 'لا يُعرف كم ينجح فيه، والأرقام المتداولة أرقام من يبيعون دورات عنه.',
    },
    source: NO_DATA,
  },
  first: {
    months: [1, 6],
    money: { en: 'advertising for weeks, which may be lost', ar: 'إعلان أسابيع، وقد يضيع' },
    source: NO_DATA,
  },
  steps: [
    {
      en: 'Order the goods yourself and write down days, damage and cost.',
      ar: 'اطلب البضاعة لنفسك وسجّل الأيام والتلف والكلفة.',
    },
    {
      en: 'Work out what is left of one sale after fees, returns and advertising.',
      ar: 'احسب ما يبقى من بيع واحد بعد الرسوم والمرتجعات والإعلان.',
    },
    {
      en: 'Test one product with the loss cap that you set, and stop there.',
      ar: 'جرّب منتجًا واحدًا بحدّ الخسارة الذي وضعته، وقف عنده.',
    },
  ],
}
