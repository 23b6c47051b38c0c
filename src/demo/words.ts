import type { Faq } from '../modules/catalog/index.ts'

/** The sections of the launch checklists. */
export const launchChecklist = {
  ar: [
    {
      title: 'صفحة المنتج',
      items: [
        'العنوان يقول لمن المنتج وماذا يحل',
        'صورة الغلاف واضحة على الهاتف',
        'السعر والضريبة ظاهران',
        'سؤال وجواب واحد على الأقل',
      ],
    },
    {
      title: 'الدفع',
      items: ['جرّبت الشراء كاملًا من هاتفي', 'وصل الإيصال خلال دقيقة', 'رابط التنزيل يعمل من جهاز آخر'],
    },
    { title: 'البريد', items: ['الرسالة لا تقع في البريد المزعج', 'اسم المتجر يظهر في خانة المرسل'] },
    { title: 'السياسات', items: ['سياسة الاسترداد مكتوبة بلغة يفهمها الجميع', 'عنوان للدعم يرد عليه إنسان'] },
  ],
  en: [
    {
      title: 'Product page',
      items: [
        'The title says whom it is for and what it solves',
        'The cover is clear on a telephone',
        'Price and tax are shown',
        'At least one question and its answer',
      ],
    },
    {
      title: 'Payment',
      items: [
        'I made a whole purchase on my own telephone',
        'The receipt came within a minute',
        'The download works on another device',
      ],
    },
    {
      title: 'Mail',
      items: ['The message is not taken for spam', 'The store’s name is shown as the sender'],
    },
    {
      title: 'Policies',
      items: [
        'The refund policy is written so that everybody understands it',
        'An address where a person answers',
      ],
    },
  ],
} as const

/** Letters to clients. */
export const letters = [
  {
    name: '01-quote',
    ar: 'السلام عليكم {الاسم}،\n\nشكرًا لاهتمامك. أستطيع تسليم {العمل} خلال {المدة} مقابل {المبلغ}، ويشمل ذلك مراجعتين. يسري هذا العرض أسبوعين.',
    en: 'Dear {name},\n\nThank you for asking. I can deliver {work} within {time} for {amount}, two rounds of changes included. This offer holds for two weeks.',
  },
  {
    name: '02-follow-up',
    ar: 'مرحبًا {الاسم}،\n\nأردت التأكد من وصول عرضي يوم {التاريخ}. هل لديك سؤال يساعدك جوابه على القرار؟',
    en: 'Hello {name},\n\nI wanted to make sure that my offer of {date} arrived. Is there a question whose answer would help you decide?',
  },
  {
    name: '03-apology',
    ar: 'مرحبًا {الاسم}،\n\nتأخرتُ عن الموعد، والخطأ مني. سيصلك العمل يوم {التاريخ}، وخصمتُ {المبلغ} من الفاتورة.',
    en: 'Hello {name},\n\nI am late, and it is my fault. The work will reach you on {date}, and I have taken {amount} off the invoice.',
  },
  {
    name: '04-reminder',
    ar: 'مرحبًا {الاسم}،\n\nتذكير ودّي بأن الفاتورة {الرقم} استحقت يوم {التاريخ}. إن كنت قد دفعتها فتجاهل رسالتي مع الشكر.',
    en: 'Hello {name},\n\nA friendly reminder that invoice {number} was due on {date}. If you have paid it already, please ignore this, with thanks.',
  },
] as const

/** Questions that buyers ask, by product. */
export const questions: Readonly<Record<'book' | 'kit', Faq>> = {
  book: [
    {
      question: { ar: 'هل أستطيع قراءته على Kindle؟', en: 'Can I read it on a Kindle?' },
      answer: {
        ar: 'نعم، مع الكتاب نسخة EPUB ترسلها إلى جهازك بالبريد.',
        en: 'Yes: an EPUB comes with it, which you can mail to your device.',
      },
    },
    {
      question: { ar: 'هل تصلني الطبعات القادمة؟', en: 'Do I get later editions?' },
      answer: { ar: 'نعم، مجانًا وعلى بريدك نفسه.', en: 'Yes, free, at the same address.' },
    },
  ],
  kit: [
    {
      question: {
        ar: 'اشتريت الدليل من قبل، فهل أدفع مرتين؟',
        en: 'I bought the guide before. Do I pay twice?',
      },
      answer: {
        ar: 'راسلنا برقم طلبك ونعيد إليك ثمن الدليل.',
        en: 'Write to us with your order number and we refund the guide.',
      },
    },
  ],
}

/** What the demo store says of itself. */
export const storeWords = {
  name: { ar: 'متجر سلمى', en: 'Salma’s Store' },
  tagline: {
    ar: 'أدلة وقوالب وأصول عربية تعمل من أول يوم',
    en: 'Arabic guides, templates and assets that work from day one',
  },
  about: {
    ar: 'أنا **سلمى الحربي**، مصممة مستقلة من جدة. أبيع هنا ما أستعمله كل يوم في عملي مع عملائي.',
    en: 'I am **Salma Alharbi**, a freelance designer from Jeddah. I sell what I use every day in my own work.',
  },
  refundPolicy: {
    ar: 'إن لم يناسبك المنتج فراسلنا خلال **أربعة عشر يومًا** ونعيد إليك المبلغ كاملًا من غير أسئلة.',
    en: 'If a product is not for you, write to us within **fourteen days** and we return the whole amount, no questions asked.',
  },
} as const
