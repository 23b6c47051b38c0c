import type { CreateProduct, Price } from '../modules/catalog/index.ts'
import {
  budgetTables,
  iconPack,
  letterPack,
  patternPack,
  snippetPack,
  soundPack,
  wallpaperPack,
} from './assets.ts'
import { calligraphyWorkbook, freelancerGuide, freelancerGuideEnglish, yearPlanner } from './books.ts'
import type { Cover } from './covers.ts'
import { bookEpub, bookPdf, checklistPdf } from './documents.ts'
import { launchChecklist, letters, questions } from './words.ts'

/** A product of the demo store: what is said of it, its cover, and how its files are made. */
export type DemoProduct = {
  input: CreateProduct
  cover: Pick<Cover, 'motif' | 'palette'> & { line: string }
  files(): Promise<{ name: string; bytes: Uint8Array }[]>
  /** A second edition's notes; its files are the same, made anew. */
  update?: { ar: string; en: string }
  draft?: boolean
}

const teal = ['#0a3f4a', '#0d6473', '#f4cf8b'] as const
const plum = ['#3b1f4a', '#7a3f73', '#ffd9c2'] as const
const leaf = ['#1f3a24', '#4d7a4a', '#eef0c2'] as const
const clay = ['#4a1f1a', '#b0553a', '#ffe3bd'] as const
const night = ['#14213d', '#2f4f8f', '#cfe3ff'] as const
const stone = ['#30302b', '#6b675c', '#f2e8cf'] as const

/** Fixed prices in riyals, dinars and dollars, in minor units. */
function fixed(sar: number, kwd: number, usd: number): Price[] {
  return [
    { mode: 'fixed', price: { amount: String(sar), currency: 'SAR' } },
    { mode: 'fixed', price: { amount: String(kwd), currency: 'KWD' } },
    { mode: 'fixed', price: { amount: String(usd), currency: 'USD' } },
  ]
}

const free: Price[] = (['SAR', 'KWD', 'USD'] as const).map((currency) => ({ mode: 'free', currency }))

function chosen(sar: [string, string], kwd: [string, string], usd: [string, string]): Price[] {
  const price = (currency: 'SAR' | 'KWD' | 'USD', [least, suggested]: [string, string]): Price => ({
    mode: 'chosen',
    minimum: { amount: least, currency },
    suggested: { amount: suggested, currency },
  })
  return [price('SAR', sar), price('KWD', kwd), price('USD', usd)]
}

const one = (name: string, bytes: Uint8Array) => [{ name, bytes }]

/** The demo store's products, the oldest first. */
export const demoProducts: readonly DemoProduct[] = [
  {
    input: {
      title: { ar: 'قوائم التحقق لإطلاق متجرك', en: 'Launch checklists for your store' },
      summary: {
        ar: 'أربع قوائم قصيرة تُراجع بها متجرك قبل أن يراه أول زائر.',
        en: 'Four short lists to go through before the first visitor comes.',
      },
      description: {
        ar: '## ما الذي ستراجعه؟\n\n- صفحة المنتج: الصورة والوعد والسعر\n- الدفع: عملية شراء كاملة من هاتفك\n- البريد: الإيصال ورسالة التنزيل\n- السياسات: الاسترداد والخصوصية\n\nاطبعها وعلّقها أمامك، وضع علامة على كل بند.',
        en: '## What you go through\n\n- The product page: picture, promise, price\n- Payment: one whole purchase on your own telephone\n- Mail: the receipt and the download\n- Policies: refunds and privacy\n\nPrint it, hang it up, tick it off.',
      },
      shortSlug: 'launch-checklists',
      prices: free,
    },
    cover: { motif: 'tiles', palette: leaf, line: 'أربع قوائم للطباعة · مجانًا' },
    files: async () => [
      ...one('قوائم-الإطلاق.pdf', await checklistPdf('ar', 'قوائم التحقق لإطلاق متجرك', launchChecklist.ar)),
      ...one(
        'launch-checklists.pdf',
        await checklistPdf('en', 'Launch checklists for your store', launchChecklist.en),
      ),
    ],
  },
  {
    input: {
      title: { ar: 'دليل المستقل العربي', en: 'The Freelancer’s Guide' },
      summary: {
        ar: 'من أول عميل إلى دخل ثابت: ما تمنيت أن يخبرني به أحد قبل عشر سنوات.',
        en: 'From the first client to steady income: what I wish somebody had told me ten years ago.',
      },
      description: {
        ar: 'كُتب هذا الدليل لمن **يتقن عملًا ولا يعرف كيف يبيعه**. لا وعود بالثراء، بل خطوات جرّبتها مع أكثر من مئة عميل.\n\n### في الكتاب\n\n1. كيف تصف خدمتك في جملة يفهمها غريب\n2. كيف تسعّر من غير خوف ولا مبالغة\n3. نموذج اتفاق جاهز يحميك ويحمي العميل\n4. كيف تحوّل مشروعًا واحدًا إلى دخل شهري\n\n> لا تحتاج إلى ألف متابع، بل إلى عشرة عملاء يعودون.\n\nتصلك كل طبعة جديدة مجانًا.',
        en: 'Written for people who **know their craft and not how to sell it**. No promise of riches: steps that I tried with more than a hundred clients.\n\n### Inside\n\n1. Describe your service in one sentence that a stranger understands\n2. Price without fear and without bluff\n3. A ready agreement that protects both sides\n4. Turn one project into monthly income\n\n> You do not need a thousand followers but ten clients who come back.\n\nEvery new edition is free for you.',
      },
      faq: questions.book,
      shortSlug: 'freelancer-guide',
      prices: fixed(7_900, 6_500, 2_100),
    },
    cover: { motif: 'waves', palette: teal, line: 'من أول عميل إلى دخل ثابت' },
    files: async () => [
      ...one('دليل-المستقل-العربي.pdf', await bookPdf(freelancerGuide)),
      ...one('دليل-المستقل-العربي.epub', bookEpub(freelancerGuide)),
      ...one('freelancers-guide.pdf', await bookPdf(freelancerGuideEnglish)),
    ],
    update: {
      ar: 'نموذج الاتفاق أوضح، وأُضيفت النسخة الإنجليزية.',
      en: 'A clearer model agreement, and the English edition.',
    },
  },
  {
    input: {
      title: { ar: 'قالب الميزانية المنزلية', en: 'Household budget template' },
      summary: {
        ar: 'جدول بسيط لاثني عشر شهرًا يعمل في Excel وGoogle Sheets.',
        en: 'A simple table for twelve months that works in Excel and Google Sheets.',
      },
      description: {
        ar: 'عشرة بنود تكفي أكثر البيوت، ومعادلات جاهزة للمجموع. يراعي القالب ما تنساه القوالب المترجمة: **الزكاة والصدقات، ومواسم العيد، والمدارس**.\n\n- يعمل من غير إنترنت\n- نسختان عربية وإنجليزية',
        en: 'Ten lines that are enough for most homes, with the sums ready. It knows what translated templates forget: **zakat and charity, Eid, school fees**.\n\n- Works offline\n- Arabic and English',
      },
      shortSlug: 'home-budget',
      prices: fixed(3_500, 2_900, 900),
    },
    cover: { motif: 'grid', palette: leaf, line: 'اثنا عشر شهرًا في جدول واحد' },
    files: () => Promise.resolve(one('ميزانية-المنزل.zip', budgetTables())),
  },
  {
    input: {
      title: { ar: 'مئة وعشرون أيقونة عربية', en: '120 Arabic line icons' },
      summary: {
        ar: 'من الدلّة إلى الفانوس: أيقونات SVG خفيفة ترث لون نصك.',
        en: 'From the dallah to the lantern: light SVG icons that take your text’s colour.',
      },
      description: {
        ar: 'عشرون شكلًا، لكل شكل ستة إطارات. مرسومة على شبكة من 24 وحدة بخط واحد، فلا تختلف أوزانها في صفحتك.\n\n| الصيغة | العدد | الحجم |\n|---|---|---|\n| SVG | 120 | أقل من 1 كيلوبايت |\n\nالرخصة: شخصي وتجاري، دون إعادة بيع الأيقونات نفسها.',
        en: 'Twenty shapes in six frames each, drawn on a grid of 24 with one stroke, so they weigh the same on your page.\n\n| Format | Number | Size |\n|---|---|---|\n| SVG | 120 | under 1 kB |\n\nLicence: personal and commercial, not for reselling the icons themselves.',
      },
      shortSlug: 'arabic-icons',
      prices: fixed(9_500, 7_750, 2_500),
    },
    cover: { motif: 'stars', palette: plum, line: 'SVG · رخصة تجارية' },
    files: () => Promise.resolve(one('أيقونات-عربية.zip', iconPack())),
  },
  {
    input: {
      title: { ar: 'زخارف هندسية بلا حدود', en: 'Seamless geometric patterns' },
      summary: {
        ar: 'ثمان وأربعون زخرفة تتكرر من غير فاصل، للخلفيات والتغليف والطباعة.',
        en: 'Forty-eight patterns without a seam, for backgrounds, wrapping and print.',
      },
      description: {
        ar: 'بُنيت كل زخرفة من دوران المربع، كما بناها المعلّمون القدامى بالفرجار والمسطرة. ملفات متجهة تكبّرها إلى جدار كامل من غير أن تفقد حدّتها.',
        en: 'Every pattern is a square turned about its middle, as the old masters made them with compass and rule. Vector files: enlarge them to a whole wall and they stay sharp.',
      },
      prices: fixed(6_000, 4_900, 1_600),
    },
    cover: { motif: 'stars', palette: clay, line: '48 زخرفة · SVG' },
    files: () => Promise.resolve(one('زخارف-هندسية.zip', patternPack())),
  },
  {
    input: {
      title: { ar: 'كراسة الخط: الرقعة للمبتدئين', en: 'Calligraphy workbook: Ruq‘ah for beginners' },
      summary: {
        ar: 'خمسة دروس للطباعة، ربع ساعة كل يوم.',
        en: 'Five lessons to print, a quarter of an hour a day.',
      },
      description: {
        ar: 'لا تحتاج إلا إلى قلم حبر عادي وورقة. تبدأ الكراسة من مسكة القلم وتنتهي بسطر كامل بخط يدك.\n\nيراجع المعلم يوسف صورة سطرك الأول إن أرسلتها إليه.',
        en: 'All you need is an ordinary pen and paper. It begins with how to hold the pen and ends with a whole line in your own hand.\n\nYousef looks at a picture of your first line if you send it. The workbook is in Arabic.',
      },
      prices: fixed(4_500, 3_700, 1_200),
      stockLimit: 200,
    },
    cover: { motif: 'arches', palette: stone, line: 'خمسة دروس للطباعة' },
    files: async () => one('كراسة-الرقعة.pdf', await bookPdf(calligraphyWorkbook)),
  },
  {
    input: {
      title: { ar: 'رسائل جاهزة للعملاء', en: 'Ready letters to clients' },
      summary: {
        ar: 'عرض السعر والمتابعة والاعتذار والمطالبة بالدفع، بالعربية والإنجليزية.',
        en: 'The quote, the follow-up, the apology and the reminder to pay, in Arabic and English.',
      },
      description: {
        ar: 'الرسالة المهذبة الواضحة توفر عليك مكالمة. ادفع ما تراه مناسبًا: الحد الأدنى خمسة ريالات.',
        en: 'A polite, clear letter saves a call. Pay what you think is right: five riyals is the least.',
      },
      prices: chosen(['500', '2500'], ['400', '2000'], ['150', '700']),
    },
    cover: { motif: 'waves', palette: night, line: 'عربي وإنجليزي' },
    files: () => Promise.resolve(one('رسائل-العملاء.zip', letterPack(letters))),
  },
  {
    input: {
      title: { ar: 'خلفيات كثيب للهاتف', en: 'Kathib phone wallpapers' },
      summary: {
        ar: 'ستة ألوان للكثبان من الفجر إلى العشاء.',
        en: 'Dunes in the light of six hours, from dawn to night.',
      },
      description: {
        ar: 'خذها مجانًا، أو ادفع ما تحب لندعم الخلفيات القادمة.',
        en: 'Take them for nothing, or pay what you like towards the next ones.',
      },
      prices: chosen(['0', '1000'], ['0', '800'], ['0', '300']),
    },
    cover: { motif: 'rings', palette: clay, line: 'ست خلفيات · PNG' },
    files: async () => one('خلفيات-كثيب.zip', await wallpaperPack()),
  },
  {
    input: {
      title: { ar: 'أصوات تنبيه هادئة', en: 'Calm notification sounds' },
      summary: { ar: 'ثماني نغمات قصيرة لا توقظ أحدًا.', en: 'Eight short notes that wake nobody.' },
      description: {
        ar: 'ملفات WAV لتطبيقك أو هاتفك، كل نغمة أقل من ثانية.',
        en: 'WAV files for your app or your telephone, each under a second.',
      },
      prices: fixed(2_500, 2_050, 700),
    },
    cover: { motif: 'rings', palette: plum, line: 'ثماني نغمات · WAV' },
    files: () => Promise.resolve(one('أصوات-هادئة.zip', soundPack())),
  },
  {
    input: {
      title: { ar: 'مقتطفات CSS لصفحات اليمين إلى اليسار', en: 'CSS snippets for right-to-left pages' },
      summary: {
        ar: 'ما يلزم كل صفحة عربية: المسافات والأرقام والأيقونات والحقول.',
        en: 'What every Arabic page needs: spacing, numbers, icons and fields.',
      },
      description: {
        ar: 'خمسة ملفات صغيرة تحل ما يتكرر من أخطاء الاتجاه:\n\n```css\n.card { padding-inline: 1.5rem; }\n```\n\nلا مكتبات ولا أدوات بناء.',
        en: 'Five small files for the mistakes of direction that come again and again:\n\n```css\n.card { padding-inline: 1.5rem; }\n```\n\nNo library, no build.',
      },
      shortSlug: 'rtl-css',
      prices: fixed(5_500, 4_500, 1_500),
    },
    cover: { motif: 'grid', palette: night, line: 'خمسة ملفات · بلا مكتبات' },
    files: () => Promise.resolve(one('rtl-css.zip', snippetPack())),
  },
  {
    input: {
      title: { ar: 'مخطط السنة الهجرية ١٤٤٨', en: 'Hijri year planner 1448' },
      summary: {
        ar: 'اثنا عشر شهرًا بأهدافها، من محرم إلى ذي الحجة.',
        en: 'Twelve months and their aims, from Muharram to Dhu al-Hijjah.',
      },
      description: {
        ar: 'صفحة لكل شهر، للطباعة على A5. نسخة هذا العام محدودة بعدد قليل بسعر الإطلاق.',
        en: 'A page for each month, to print on A5. A few copies at the launch price.',
      },
      prices: fixed(2_900, 2_400, 800),
      stockLimit: 8,
    },
    cover: { motif: 'arches', palette: teal, line: 'من محرم إلى ذي الحجة' },
    files: async () => one('مخطط-1448.pdf', await bookPdf(yearPlanner)),
  },
  {
    input: {
      title: { ar: 'حقيبة المستقل الكاملة', en: 'The complete freelancer’s kit' },
      summary: {
        ar: 'الدليل والرسائل والميزانية وقوائم الإطلاق في تنزيل واحد.',
        en: 'The guide, the letters, the budget and the checklists in one download.',
      },
      description: {
        ar: 'كل ما تحتاج إليه لتبدأ هذا الأسبوع، بسعر أقل من شرائها متفرقة.',
        en: 'All you need to begin this week, for less than one by one.',
      },
      faq: questions.kit,
      shortSlug: 'freelancer-kit',
      prices: fixed(9_900, 8_100, 2_650),
    },
    cover: { motif: 'tiles', palette: night, line: 'أربعة منتجات في واحد' },
    files: async () => [
      ...one('دليل-المستقل-العربي.pdf', await bookPdf(freelancerGuide)),
      ...one('رسائل-العملاء.zip', letterPack(letters)),
      ...one('ميزانية-المنزل.zip', budgetTables()),
      ...one('قوائم-الإطلاق.pdf', await checklistPdf('ar', 'قوائم التحقق لإطلاق متجرك', launchChecklist.ar)),
    ],
  },
  {
    input: {
      title: { ar: 'دفتر الوصفات المصوّر', en: '' },
      summary: { ar: 'مسودة: الوصفات جاهزة والصور في الطريق.', en: '' },
      prices: fixed(3_900, 3_200, 1_050),
    },
    cover: { motif: 'waves', palette: clay, line: 'قريبًا' },
    files: () => Promise.resolve([]),
    draft: true,
  },
]
