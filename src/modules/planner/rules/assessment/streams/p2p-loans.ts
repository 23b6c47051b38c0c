import type { Profile } from '../types.ts'
import { NO_DATA } from './shared.ts'

/** Loans to strangers by a platform. */
export const p2pLoans: Profile = {
  id: 'loans',
  kind: 'p2p-loans',
  name: { en: 'Loans by a platform', ar: 'الإقراض عبر المنصات' },
  line: {
    en: 'You lend small sums to many people, and receive interest.',
    ar: 'تقرض مبالغ صغيرة لكثيرين وتتقاضى فائدة.',
  },
  base: {
    points: 45,
    why: {
      en: 'Higher returns than shares in good years, and losses that come together.',
      ar: 'عائدها أعلى من الأسهم في السنوات الجيدة، وخسائرها تأتي معًا.',
    },
  },
  wants: [
    {
      question: 'capital',
      from: 3,
      weight: 17,
      why: { en: 'Fewer than a hundred loans are a lottery.', ar: 'أقل من مئة قرض يانصيب.' },
    },
    {
      question: 'loss',
      from: 3,
      weight: 17,
      why: { en: 'Half of what defaults does not come back.', ar: 'نصف المتعثر لا يعود.' },
    },
    {
      question: 'fall',
      from: 1,
      weight: 8,
      why: { en: 'In bad years the money cannot be taken out.', ar: 'في السنوات السيئة لا يُسحب المال.' },
    },
    {
      question: 'debts',
      from: 4,
      weight: 14,
      why: { en: 'To lend while owing is to pay twice.', ar: 'أن تُقرض وأنت مدين هو أن تدفع مرتين.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'capital',
      points: 16,
      why: { en: 'Here money works, and not you.', ar: 'هنا يعمل المال لا أنت.' },
    },
    {
      question: 'asked',
      option: 'money',
      points: 6,
      why: { en: "You can read a lender's accounts.", ar: 'تحسن قراءة حسابات المقرض.' },
    },
    {
      question: 'owned',
      option: 'lending',
      points: 17,
      why: { en: 'The account is open, and you know its delays.', ar: 'الحساب مفتوح وتعرف تأخيره.' },
    },
  ],
  gates: [
    {
      question: 'capital',
      from: 2,
      why: { en: 'Too few loans to spread the risk.', ar: 'القروض أقل من أن توزّع المخاطرة.' },
    },
    {
      question: 'loss',
      from: 2,
      why: {
        en: 'A bad year takes more than a week of living costs.',
        ar: 'السنة السيئة تأخذ أكثر من نفقة أسبوع.',
      },
    },
    { question: 'debts', from: 2, why: { en: 'Dear debts come first.', ar: 'الديون المكلفة أولًا.' } },
  ],
  rails: ['bank', 'wise'],
  interest: 'bears',
  heavy: true,
  odds: {
    text: {
      en: 'Of loans made in 2021 14.6 percent failed, in 2022 9.0, in 2023 8.6; about half of what failed was lost.',
      ar: 'تعثّر 14.6 % من قروض 2021 و9.0 % من 2022 و8.6 % من 2023، وضاع نحو نصف المتعثر.',
    },
    source: {
      kind: 'published',
      text: {
        en: "One platform's loans by year of origin; platforms that closed are not in it",
        ar: 'قروض منصة واحدة بحسب سنة منحها، ولا تشمل منصات أُغلقت',
      },
    },
  },
  first: {
    months: [1, 3],
    money: { en: 'what you lend, of which a part is lost', ar: 'ما تقرضه، ويضيع جزء منه' },
    source: NO_DATA,
  },
  yearly: {
    low: -1.4,
    middle: 11,
    high: 12.6,
    source: {
      kind: 'published',
      text: {
        en: "Mintos, net return of all loans, 2015 to 2023, by the platform's own reckoning; platforms that closed are not in it",
        ar: 'Mintos، صافي عائد كل القروض 2015 إلى 2023 بحساب المنصة نفسها، ولا يشمل منصات أُغلقت',
      },
    },
  },
  steps: [
    {
      en: 'Read which lenders stand behind the platform, and what became of those that failed.',
      ar: 'اقرأ من هم المقرضون خلف المنصة وما حلّ بمن تعثّر منهم.',
    },
    {
      en: 'Begin with what may be lost whole, in a hundred loans or more.',
      ar: 'ابدأ بما يمكن فقده كله، في مئة قرض فأكثر.',
    },
    {
      en: 'Take nothing out of income for a year, and compare with what was promised.',
      ar: 'لا تنفق من العائد سنة، وقارنه بما وُعدت به.',
    },
  ],
}
