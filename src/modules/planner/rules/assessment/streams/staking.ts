import type { Profile } from '../types.ts'
import { NO_DATA } from './shared.ts'

/** Rewards for coins that secure a network. */
export const staking: Profile = {
  id: 'staking',
  kind: 'staking',
  name: { en: 'Staking', ar: 'رهن العملات (Staking)' },
  line: {
    en: 'You lock coins that you keep anyway, and the network pays rewards.',
    ar: 'تقفل عملات تحتفظ بها أصلًا، وتدفع الشبكة مكافآت.',
  },
  base: {
    points: 36,
    why: {
      en: 'The rewards are small beside the moves of the price.',
      ar: 'المكافآت صغيرة أمام تقلّب السعر.',
    },
  },
  wants: [
    {
      question: 'loss',
      from: 4,
      weight: 18,
      why: { en: 'The price can halve within weeks.', ar: 'قد ينتصف السعر في أسابيع.' },
    },
    {
      question: 'capital',
      from: 3,
      weight: 13,
      why: { en: 'Three percent of little is little.', ar: 'ثلاثة في المئة من القليل قليل.' },
    },
    {
      question: 'fall',
      from: 2,
      weight: 14,
      why: { en: 'A third down is an ordinary quarter here.', ar: 'هبوط الثلث فصل عادي هنا.' },
    },
    {
      question: 'craft',
      from: 2,
      weight: 6,
      why: { en: "A lost key is nobody's fault but yours.", ar: 'المفتاح الضائع لا يعوّضه أحد.' },
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
      option: 'coins',
      points: 26,
      why: { en: 'The risk of the price is yours already.', ar: 'خطر السعر واقع عليك أصلًا.' },
    },
  ],
  gates: [
    { question: 'loss', from: 2, why: { en: 'Everything can be lost here.', ar: 'قد يضيع كل شيء هنا.' } },
    { question: 'capital', from: 1, why: { en: 'There is nothing to lock.', ar: 'لا شيء يُقفل.' } },
    {
      question: 'fall',
      from: 1,
      why: {
        en: 'Who sells in the fall has only the loss.',
        ar: 'من يبيع عند الهبوط لا يبقى له إلا الخسارة.',
      },
    },
    { question: 'debts', from: 2, why: { en: 'Dear debts come first.', ar: 'الديون المكلفة أولًا.' } },
  ],
  rails: ['crypto'],
  interest: 'disputed',
  heavy: true,
  odds: {
    text: {
      en: 'Ether paid 3.1 percent (2.7 after inflation of the coin), Solana 11.5 with 4.7 inflation; neither counts the fall of the price. Scholars differ on it.',
      ar: 'دفع الإيثر 3.1 % (2.7 بعد تضخم العملة)، وسولانا 11.5 % بتضخم 4.7، ولا يشمل ذلك هبوط السعر. والعلماء مختلفون في حكمه.',
    },
    source: {
      kind: 'published',
      text: {
        en: 'Published reward rates of the networks; coins that vanished are not in them',
        ar: 'نسب المكافآت المنشورة للشبكات، ولا تشمل عملات اختفت',
      },
    },
  },
  first: {
    months: [0, 2],
    money: { en: 'the coins, which may lose most of their price', ar: 'العملات نفسها، وقد تفقد أكثر سعرها' },
    source: NO_DATA,
  },
  yearly: {
    low: 2.7,
    middle: 4.6,
    high: 6.5,
    source: {
      kind: 'published',
      text: {
        en: 'Rewards of Ether (2.7 %) and Solana (6.5 %) after inflation of the coin, and their mean; moves of the price not counted',
        ar: 'مكافآت الإيثر (2.7 %) وسولانا (6.5 %) بعد تضخم العملة ومتوسطهما، ولا تُحسب تقلبات السعر',
      },
    },
  },
  steps: [
    {
      en: 'Set in writing how much of all you own may be in coins.',
      ar: 'اكتب كم نسبة العملات من كل ما تملك.',
    },
    {
      en: 'Find out how long it takes to get them out again, and who holds the key.',
      ar: 'اعرف كم يستغرق سحبها ومن بيده المفتاح.',
    },
    {
      en: 'Ask a scholar whom you trust, if that matters to you, before you lock anything.',
      ar: 'اسأل عالمًا تثق به، إن كان ذلك يهمك، قبل أن تقفل شيئًا.',
    },
  ],
}
