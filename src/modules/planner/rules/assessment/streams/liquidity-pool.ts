import type { Profile } from '../types.ts'
import { NO_DATA } from './shared.ts'

/** Fees for lending both sides of an exchange. */
export const liquidityPool: Profile = {
  id: 'liquidity-pool',
  kind: 'staking',
  name: { en: 'Liquidity pool', ar: 'مجمّع السيولة' },
  line: {
    en: 'You put two coins into an exchange and receive a part of its fees.',
    ar: 'تضع عملتين في منصة تبادل وتأخذ نصيبًا من رسومها.',
  },
  base: {
    points: 27,
    why: {
      en: 'In the largest study the losses were larger than the fees.',
      ar: 'في أكبر دراسة فاقت الخسائر الرسوم.',
    },
  },
  wants: [
    {
      question: 'loss',
      from: 4,
      weight: 20,
      why: { en: 'Half of all who did it ended below holding.', ar: 'نصف من فعلوه انتهوا دون من احتفظ.' },
    },
    {
      question: 'capital',
      from: 3,
      weight: 14,
      why: { en: 'Fees of entering and leaving eat small sums.', ar: 'رسوم الدخول والخروج تأكل القليل.' },
    },
    {
      question: 'fall',
      from: 2,
      weight: 14,
      why: { en: 'It loses most when prices move most.', ar: 'أشد خسارته عند أشد الحركة.' },
    },
    {
      question: 'craft',
      from: 3,
      weight: 8,
      why: { en: 'Contracts have to be read, not believed.', ar: 'العقود تُقرأ ولا تُصدَّق.' },
    },
    {
      question: 'odds',
      from: 3,
      weight: 8,
      why: { en: 'The middle outcome is a loss.', ar: 'الحالة الوسطى خسارة.' },
    },
    {
      question: 'debts',
      from: 4,
      weight: 12,
      why: { en: 'Coins on debt have ruined many.', ar: 'العملات بالدين أهلكت كثيرين.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'capital',
      points: 15,
      why: { en: 'Here money works, and not you.', ar: 'هنا يعمل المال لا أنت.' },
    },
    {
      question: 'owned',
      option: 'pair',
      points: 38,
      why: {
        en: 'You hold both coins and know what a pool does to them.',
        ar: 'تملك العملتين وتعرف ما يفعله المجمّع بهما.',
      },
    },
  ],
  gates: [
    { question: 'loss', from: 3, why: { en: 'Everything can be lost here.', ar: 'قد يضيع كل شيء هنا.' } },
    { question: 'capital', from: 2, why: { en: 'Fees would eat it.', ar: 'تأكله الرسوم.' } },
    {
      question: 'fall',
      from: 1,
      why: {
        en: 'Who leaves in the fall takes the whole loss.',
        ar: 'من يخرج عند الهبوط يحمل الخسارة كلها.',
      },
    },
    {
      question: 'craft',
      from: 2,
      why: { en: 'One wrong signature takes everything.', ar: 'توقيع واحد خاطئ يأخذ كل شيء.' },
    },
    { question: 'debts', from: 2, why: { en: 'Dear debts come first.', ar: 'الديون المكلفة أولًا.' } },
  ],
  rails: ['crypto'],
  interest: 'disputed',
  heavy: true,
  odds: {
    text: {
      en: 'Fees of 199 million dollars stood against 260 million of impermanent loss; 49.5 percent of providers ended below simply holding.',
      ar: 'قابلت رسومًا قدرها 199 مليون دولار خسارةٌ غير دائمة قدرها 260 مليونًا، وانتهى 49.5 % دون من احتفظ فحسب.',
    },
    source: {
      kind: 'published',
      text: {
        en: 'Study of seventeen pools of Uniswap v3, 2021; only pools that lived',
        ar: 'دراسة سبعة عشر مجمّعًا في Uniswap v3، 2021، وتشمل ما بقي منها فقط',
      },
    },
  },
  first: {
    months: [0, 2],
    money: { en: 'both coins, of which much may be lost', ar: 'العملتان، وقد يضيع كثير منهما' },
    source: NO_DATA,
  },
  steps: [
    {
      en: 'Work out what holding alone would have brought over the last year.',
      ar: 'احسب ما كان الاحتفاظ وحده ليأتي به في السنة الماضية.',
    },
    {
      en: 'Put in one tenth of what may be lost, in one pool that you have read.',
      ar: 'ضع عُشر ما يُحتمل فقده، في مجمّع واحد قرأت عقده.',
    },
    {
      en: 'Compare with holding each month, and leave when it is behind for three.',
      ar: 'قارنه بالاحتفاظ كل شهر، واخرج إن تأخر ثلاثة أشهر.',
    },
  ],
}
