import type { Profile } from '../types.ts'
import { NO_DATA } from './shared.ts'

/** Shares that pay a part of their companies' profit. */
export const dividends: Profile = {
  id: 'dividends',
  kind: 'dividends',
  name: { en: 'Dividend shares', ar: 'أسهم التوزيعات' },
  line: {
    en: 'You own parts of companies, and receive a part of their profit.',
    ar: 'تملك حصصًا في شركات وتتسلّم نصيبًا من أرباحها.',
  },
  base: {
    points: 50,
    why: {
      en: 'Hardly any hours, but little for each sum put in.',
      ar: 'لا ساعات تقريبًا، لكن العائد على المال قليل.',
    },
  },
  wants: [
    {
      question: 'capital',
      from: 4,
      weight: 22,
      why: {
        en: 'At 2 to 5 percent, one month of living costs needs many years of them.',
        ar: 'بعائد 2 إلى 5 % تحتاج نفقة شهر واحد إلى نفقات سنين.',
      },
    },
    {
      question: 'loss',
      from: 3,
      weight: 16,
      why: { en: 'Prices fall by a third now and then.', ar: 'تهبط الأسعار ثلثها بين حين وآخر.' },
    },
    {
      question: 'fall',
      from: 2,
      weight: 14,
      why: { en: 'Who sells in the fall keeps the loss.', ar: 'من يبيع عند الهبوط يثبّت الخسارة.' },
    },
    {
      question: 'debts',
      from: 4,
      weight: 14,
      why: { en: 'To pay back a debt is the surer return.', ar: 'سداد الدين عائد أضمن.' },
    },
    {
      question: 'months',
      from: 4,
      weight: 8,
      why: { en: 'The money should lie for years.', ar: 'ينبغي أن يبقى المال سنين.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'capital',
      points: 17,
      why: { en: 'Here money works, and not you.', ar: 'هنا يعمل المال لا أنت.' },
    },
    {
      question: 'asked',
      option: 'money',
      points: 8,
      why: { en: 'You know the field.', ar: 'تعرف المجال.' },
    },
    {
      question: 'owned',
      option: 'broker',
      points: 10,
      why: { en: 'The account is open.', ar: 'الحساب مفتوح.' },
    },
  ],
  gates: [
    {
      question: 'capital',
      from: 2,
      why: { en: 'There is too little to bring anything.', ar: 'المال أقل من أن يأتي بشيء.' },
    },
    {
      question: 'loss',
      from: 1,
      why: { en: 'Shares can lose, and nothing may be lost.', ar: 'الأسهم تخسر، ولا يُحتمل فقد شيء.' },
    },
    {
      question: 'debts',
      from: 2,
      why: { en: 'Dear debts cost more than shares bring.', ar: 'الديون المكلفة تأخذ أكثر مما تعطي الأسهم.' },
    },
  ],
  rails: ['bank', 'wise'],
  interest: 'free',
  heavy: true,
  odds: {
    text: {
      en: 'Stable companies pay 2 to 5 percent a year, and can stop. Some earn by interest: look at their screening.',
      ar: 'توزّع الشركات المستقرة 2 إلى 5 % في السنة وقد تتوقف. ولبعضها دخل من الفائدة، فانظر في تنقيتها.',
    },
    source: {
      kind: 'published',
      text: {
        en: 'Usual dividend yields of stable companies; companies that failed are no longer counted',
        ar: 'عوائد معتادة لشركات مستقرة، ولا تُحسب الشركات التي سقطت',
      },
    },
  },
  first: {
    months: [3, 12],
    money: { en: 'what you put in, and it may shrink', ar: 'ما تضعه، وقد ينقص' },
    source: NO_DATA,
  },
  yearly: {
    low: 2,
    middle: 3.5,
    high: 5,
    source: {
      kind: 'published',
      text: {
        en: 'Dividend yields of stable companies, 2 to 5 %; the middle is a judgement; prices not counted',
        ar: 'عوائد توزيعات شركات مستقرة، 2 إلى 5 %، والوسط تقدير، ولا تُحسب تغيّرات الأسعار',
      },
    },
  },
  steps: [
    {
      en: 'Put three months of living costs aside where they cannot fall.',
      ar: 'ضع نفقة ثلاثة أشهر جانبًا حيث لا تنقص.',
    },
    {
      en: 'Find out what buying, holding and being paid costs at your broker.',
      ar: 'اعرف كم يكلّف الشراء والحفظ والتسلّم عند وسيطك.',
    },
    {
      en: 'Buy a small part each month, spread over twenty companies or more.',
      ar: 'اشترِ جزءًا صغيرًا كل شهر، موزعًا على عشرين شركة فأكثر.',
    },
  ],
}
