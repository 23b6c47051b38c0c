import type { Book } from './documents.ts'

/** The freelancer's guide, the demo store's first product. */
export const freelancerGuide: Book = {
  locale: 'ar',
  title: 'دليل المستقل العربي',
  author: 'سلمى الحربي',
  chapters: [
    {
      title: 'قبل أول عميل',
      paragraphs: [
        'العمل الحر مهنة لها أصولها. قبل أن تعرض خدمتك، اكتب في جملة واحدة من تخدم، وأي مشكلة تحل له، وكيف سيعرف أنك حللتها.',
        'اختر ثلاثة نماذج من عملك تمثل ما تريد أن يُطلب منك غدًا، لا كل ما أنجزته أمس.',
      ],
    },
    {
      title: 'السعر والاتفاق',
      paragraphs: [
        'احسب كلفة ساعتك من نفقاتك الحقيقية: السكن والأدوات والضرائب وأيام المرض والإجازة. ثم سعّر المشروع كله لا الساعة.',
        'كل اتفاق مكتوب يجيب عن خمسة أسئلة: ماذا ستسلّم، ومتى، وبكم، وكم مراجعة، وما العمل إن تغيّر الطلب.',
      ],
    },
    {
      title: 'من مشروع إلى دخل ثابت',
      paragraphs: [
        'العميل الذي عاد إليك أقل كلفة من عميل جديد. اعرض عليه اتفاقًا شهريًا صغيرًا يحل مشكلة تتكرر.',
        'خصص يومًا في الأسبوع لعمل تبيعه مرات كثيرة: قالب أو دليل أو درس. هذا ما يفصل دخلك عن ساعاتك.',
      ],
    },
  ],
}

/** The same guide in English. */
export const freelancerGuideEnglish: Book = {
  locale: 'en',
  title: 'The Freelancer’s Guide',
  author: 'Salma Alharbi',
  chapters: [
    {
      title: 'Before the first client',
      paragraphs: [
        'Freelancing is a trade with its own rules. Before you offer a service, write one sentence: whom you serve, which problem you solve, and how they will know that it is solved.',
        'Choose three pieces of work that show what you want to be asked for tomorrow, not everything you did yesterday.',
      ],
    },
    {
      title: 'Price and agreement',
      paragraphs: [
        'Work out what an hour costs you: rent, tools, taxes, sick days and holidays. Then price the project, not the hour.',
        'A written agreement answers five questions: what you deliver, when, for how much, with how many rounds of changes, and what happens if the request changes.',
      ],
    },
    {
      title: 'From projects to steady income',
      paragraphs: [
        'A client who comes back costs less than a new one. Offer a small monthly agreement for a problem that returns.',
        'Keep one day a week for work that you can sell many times: a template, a guide, a lesson. That is what separates your income from your hours.',
      ],
    },
  ],
}

/** Exercises for beginners in calligraphy. */
export const calligraphyWorkbook: Book = {
  locale: 'ar',
  title: 'كراسة الخط: الرقعة للمبتدئين',
  author: 'يوسف النجار',
  chapters: [
    'الأدوات والجلسة',
    'الألف وأخواتها',
    'الباء والفاء والقاف',
    'الحاء والعين',
    'كتابة سطر كامل',
  ].map((title, index) => ({
    title,
    paragraphs: [
      `الدرس ${index + 1}: تأمّل الحرف قبل أن تكتبه، ثم اكتبه عشر مرات ببطء، وضع دائرة حول أحسنها.`,
      'قِس ميل الحرف بالنقطة، ولا تنتقل إلى الدرس التالي حتى تتشابه حروفك.',
    ],
  })),
}

/** A year's planner with room for each month's aims. */
export const yearPlanner: Book = {
  locale: 'ar',
  title: 'مخطط السنة ١٤٤٨',
  author: 'متجر رافد',
  chapters: [
    'محرم',
    'صفر',
    'ربيع الأول',
    'ربيع الآخر',
    'جمادى الأولى',
    'جمادى الآخرة',
    'رجب',
    'شعبان',
    'رمضان',
    'شوال',
    'ذو القعدة',
    'ذو الحجة',
  ].map((title) => ({
    title,
    paragraphs: [
      'ثلاثة أهداف لهذا الشهر:',
      '١. ........................................................',
      '٢. ........................................................',
      '٣. ........................................................',
      'ما الذي تعلّمته من الشهر الماضي؟',
    ],
  })),
}
