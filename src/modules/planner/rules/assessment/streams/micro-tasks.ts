import type { Profile } from '../types.ts'
import { NO_DATA } from './shared.ts'

/** Small tasks of training and checking. */
export const microTasks: Profile = {
  id: 'micro-tasks',
  kind: 'micro-tasks',
  name: { en: 'Micro-tasks', ar: 'المهام الصغيرة' },
  line: {
    en: 'You rate, sort, translate and correct in small pieces, paid by the piece.',
    ar: 'تقيّم وتصنّف وتترجم وتصحّح قطعًا صغيرة، ولكل قطعة أجرها.',
  },
  base: {
    points: 44,
    why: {
      en: 'It can be begun today with nothing, but pays little for each hour.',
      ar: 'تبدأ اليوم بلا شيء، لكن أجر الساعة قليل.',
    },
  },
  wants: [
    {
      question: 'hours',
      from: 2,
      weight: 10,
      why: { en: 'It earns only while you are at it.', ar: 'لا تدرّ إلا وأنت تعمل عليها.' },
    },
    {
      question: 'craft',
      from: 1,
      weight: 5,
      why: {
        en: 'Tests of admission and long instructions are read on a screen.',
        ar: 'اختبارات القبول والتعليمات الطويلة تُقرأ على الشاشة.',
      },
    },
  ],
  suits: [
    {
      question: 'wish',
      option: 'soon',
      points: 11,
      why: { en: 'The first payment comes within weeks.', ar: 'أول دفعة تأتي خلال أسابيع.' },
    },
    {
      question: 'asked',
      option: 'languages',
      points: 9,
      why: {
        en: 'Tasks in Arabic that need a second language are paid better.',
        ar: 'المهام العربية التي تحتاج إلى لغة ثانية أجرها أعلى.',
      },
    },
    {
      question: 'asked',
      option: 'none',
      points: 6,
      why: { en: 'Nobody needs to have asked you for it.', ar: 'لا تشترط أن يكون أحد قد طلب منك شيئًا.' },
    },
  ],
  gates: [
    {
      question: 'hours',
      from: 1,
      why: { en: 'Without hours there is nothing to do.', ar: 'بلا ساعات ليس هناك ما يُعمل.' },
    },
  ],
  rails: ['bank', 'paypal', 'payoneer', 'wise', 'crypto'],
  interest: 'free',
  heavy: false,
  odds: {
    text: {
      en: 'The median worker earned about 2 dollars an hour; 4 in 100 earned more than 7.25.',
      ar: 'وسيط الأجر نحو دولارين في الساعة، وتجاوز 4 من كل 100 عامل 7.25 دولار.',
    },
    source: {
      kind: 'published',
      text: {
        en: 'Hara and others 2018, 2,676 workers of Mechanical Turk; waiting and rejected work counted',
        ar: 'دراسة هارا وآخرين 2018، 2,676 عاملًا على Mechanical Turk، بحساب الانتظار والعمل المرفوض',
      },
    },
  },
  first: { months: [0, 2], money: { en: 'nothing', ar: 'لا شيء' }, source: NO_DATA },
  steps: [
    {
      en: 'Apply to two platforms that pay into one of your rails.',
      ar: 'تقدّم إلى منصتين تدفعان عبر طريق متاح لك.',
    },
    {
      en: 'Work ten hours with the timer running and work out what one hour brought.',
      ar: 'اعمل عشر ساعات والمؤقت دائر، ثم احسب ما جاءت به الساعة.',
    },
    {
      en: 'Stay only where the hour brings more than your own limit.',
      ar: 'لا تبقَ إلا حيث تجاوز أجر الساعة حدّك.',
    },
  ],
}
