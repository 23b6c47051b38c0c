import type { Profile } from '../types.ts'
import { NO_DATA, PLATFORM_RAILS } from './shared.ts'

/** A blog or channel that lives from advertising. */
export const channel: Profile = {
  id: 'blog-or-channel',
  kind: 'channel',
  name: { en: 'Blog or channel', ar: 'المدونة أو القناة' },
  line: {
    en: 'You publish regularly, and advertising pays for those who watch or read.',
    ar: 'تنشر بانتظام، والإعلان يدفع عن المشاهدين أو القرّاء.',
  },
  base: {
    points: 43,
    why: {
      en: 'It costs little money, but very many views are needed for little income.',
      ar: 'مالها قليل، لكن الدخل القليل يحتاج إلى مشاهدات كثيرة.',
    },
  },
  wants: [
    {
      question: 'months',
      from: 4,
      weight: 14,
      why: { en: 'A year without income is usual.', ar: 'سنة بلا دخل أمر معتاد.' },
    },
    {
      question: 'hours',
      from: 3,
      weight: 13,
      why: { en: 'Many pieces come before one that is found.', ar: 'مواد كثيرة تسبق واحدة يُعثر عليها.' },
    },
    {
      question: 'patience',
      from: 3,
      weight: 12,
      why: { en: 'Almost all months are quiet.', ar: 'أكثر الأشهر هادئ.' },
    },
    {
      question: 'craft',
      from: 2,
      weight: 6,
      why: { en: 'Page, picture and sound are your own work.', ar: 'الصفحة والصورة والصوت من عملك.' },
    },
    {
      question: 'odds',
      from: 3,
      weight: 6,
      why: { en: 'Very few take nearly everything.', ar: 'قلة قليلة تأخذ كل شيء تقريبًا.' },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'lasting',
      points: 11,
      why: { en: 'Old pieces go on being found.', ar: 'المواد القديمة يبقى العثور عليها ممكنًا.' },
    },
    {
      question: 'asked',
      option: 'screen',
      points: 14,
      why: { en: 'You are asked for what others cannot film.', ar: 'يُطلب منك ما لا يحسن غيرك تصويره.' },
    },
    {
      question: 'owned',
      option: 'channel',
      points: 15,
      why: { en: 'The slow first part lies behind you.', ar: 'البداية البطيئة وراءك.' },
    },
  ],
  gates: [
    { question: 'hours', from: 1, why: { en: 'It lives by regular work.', ar: 'حياتها بعمل منتظم.' } },
    {
      question: 'months',
      from: 2,
      why: {
        en: 'Who needs it sooner will stop before it earns.',
        ar: 'من يحتاجه أقرب من ذلك يتوقف قبل أن تدرّ.',
      },
    },
  ],
  rails: PLATFORM_RAILS,
  interest: 'free',
  heavy: false,
  odds: {
    text: {
      en: 'Three in a hundred channels have 85 in a hundred views; 1.4 million views a month were about 16,800 dollars a year.',
      ar: 'ثلاث قنوات من كل مئة تأخذ 85 % من المشاهدات، و1.4 مليون مشاهدة شهريًا نحو 16,800 دولار في السنة.',
    },
    source: {
      kind: 'published',
      text: {
        en: 'Studies of YouTube, reckoned at 1 dollar for a thousand views; rates differ by country',
        ar: 'دراسات عن YouTube محسوبة بدولار لكل ألف مشاهدة، والأسعار تختلف بين البلدان',
      },
    },
  },
  first: {
    months: [6, 24],
    money: { en: 'little: a microphone, a domain', ar: 'قليل: ميكروفون ونطاق' },
    source: NO_DATA,
  },
  steps: [
    {
      en: 'Collect thirty questions that people search for in your field.',
      ar: 'اجمع ثلاثين سؤالًا يبحث عنها الناس في مجالك.',
    },
    {
      en: 'Publish one answer a week for twelve weeks, whatever the numbers say.',
      ar: 'انشر جوابًا كل أسبوع اثني عشر أسبوعًا، مهما قالت الأرقام.',
    },
    {
      en: 'Offer something of your own below each: advertising alone seldom carries.',
      ar: 'اعرض تحت كل جواب شيئًا من صنعك، فالإعلان وحده قلّما يكفي.',
    },
  ],
}
