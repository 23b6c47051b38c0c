import type { Question } from './types.ts'

/** What one can do, what one has, and how much time there is. */
export const WORK_QUESTIONS: readonly Question[] = [
  {
    id: 'asked',
    part: 'skills',
    kind: 'set',
    text: { en: 'What do people already ask you for?', ar: 'ما الذي يطلبه الناس منك أصلًا؟' },
    help: {
      en: 'Think of the last messages in which somebody asked for your help. Choose all that happened more than once.',
      ar: 'تذكّر آخر الرسائل التي طلب فيها أحدهم عونك، واختر كل ما تكرّر منها.',
    },
    options: [
      { id: 'teaching', text: { en: 'To explain or teach something', ar: 'شرح شيء أو تعليمه' } },
      { id: 'writing', text: { en: 'To write or edit texts', ar: 'كتابة النصوص أو تحريرها' } },
      { id: 'design', text: { en: 'To design or draw', ar: 'التصميم أو الرسم' } },
      {
        id: 'tools',
        text: { en: 'Sheets, forms, code, automation', ar: 'جداول أو نماذج أو برمجة أو أتمتة' },
      },
      { id: 'languages', text: { en: 'To translate', ar: 'الترجمة' } },
      { id: 'screen', text: { en: 'Video, photographs or sound', ar: 'فيديو أو صور أو صوت' } },
      {
        id: 'field',
        text: { en: 'What is new in a field that I follow', ar: 'الجديد في مجال أتابعه' },
      },
      { id: 'finding', text: { en: 'Which product to buy', ar: 'أي منتج يشترون' } },
      {
        id: 'sourcing',
        text: { en: 'To get goods from suppliers', ar: 'تأمين بضاعة من المورّدين' },
      },
      { id: 'money', text: { en: 'How to handle money and shares', ar: 'شؤون المال والأسهم' } },
      { id: 'none', text: { en: 'Nothing in particular', ar: 'لا شيء بعينه' }, alone: true },
    ],
  },
  {
    id: 'proof',
    part: 'skills',
    kind: 'stepped',
    text: { en: 'Has anybody paid you for it?', ar: 'هل دفع لك أحد مقابل ذلك؟' },
    options: [
      { id: 'never', text: { en: 'No, nor asked what it costs', ar: 'لا، ولم يسأل أحد عن السعر' } },
      { id: 'price', text: { en: 'Somebody asked what it would cost', ar: 'سأل أحدهم كم يكلّف' } },
      { id: 'once', text: { en: 'Yes, once or twice', ar: 'نعم، مرة أو مرتين' } },
      { id: 'often', text: { en: 'Yes, again and again', ar: 'نعم، مرارًا' } },
    ],
  },
  {
    id: 'owned',
    part: 'skills',
    kind: 'set',
    text: { en: 'What do you have already?', ar: 'ما الذي لديك منذ الآن؟' },
    help: {
      en: 'Only what exists today, even if it is unfinished.',
      ar: 'ما هو موجود اليوم فقط، ولو لم يكتمل.',
    },
    options: [
      { id: 'texts', text: { en: 'Notes or chapters on one subject', ar: 'ملاحظات أو فصول في موضوع واحد' } },
      { id: 'lessons', text: { en: 'Lessons that I have given', ar: 'دروس سبق أن قدّمتها' } },
      {
        id: 'files',
        text: {
          en: 'Files that I use again and again: templates, designs, tools',
          ar: 'ملفات أستعملها مرارًا: قوالب وتصاميم وأدوات',
        },
      },
      { id: 'list', text: { en: 'E-mail addresses of readers who agreed', ar: 'عناوين بريد لقرّاء وافقوا' } },
      { id: 'channel', text: { en: 'A blog or channel with visitors', ar: 'مدونة أو قناة لها زوار' } },
      { id: 'site', text: { en: 'A site that brings enquiries', ar: 'موقع تأتي منه استفسارات' } },
      { id: 'domain', text: { en: 'A domain name that others want', ar: 'نطاق يرغب فيه آخرون' } },
      {
        id: 'supplier',
        text: { en: 'A supplier who ships for me', ar: 'مورّد يشحن نيابة عني' },
      },
      { id: 'broker', text: { en: 'An account with a broker of shares', ar: 'حساب عند وسيط أسهم' } },
      { id: 'lending', text: { en: 'An account with a lending platform', ar: 'حساب على منصة إقراض' } },
      {
        id: 'coins',
        text: {
          en: 'Coins that I would keep for years anyway',
          ar: 'عملات رقمية سأحتفظ بها سنوات على أي حال',
        },
      },
      {
        id: 'pair',
        text: {
          en: 'Both coins of a pair, and experience with pools',
          ar: 'عملتا زوج واحد، وخبرة بمجمّعات السيولة',
        },
      },
      { id: 'none', text: { en: 'None of these', ar: 'لا شيء من هذا' }, alone: true },
    ],
  },
  {
    id: 'reach',
    part: 'skills',
    kind: 'stepped',
    text: {
      en: 'If you published something tonight, how many would see it tomorrow?',
      ar: 'لو نشرت شيئًا الليلة، فكم شخصًا يراه غدًا؟',
    },
    options: [
      { id: 'few', text: { en: 'Almost nobody', ar: 'لا أحد تقريبًا' } },
      { id: 'tens', text: { en: 'Tens: friends and family', ar: 'عشرات من الأهل والأصدقاء' } },
      { id: 'hundreds', text: { en: 'Hundreds', ar: 'مئات' } },
      { id: 'thousands', text: { en: 'Thousands', ar: 'آلاف' } },
    ],
  },
  {
    id: 'craft',
    part: 'skills',
    kind: 'stepped',
    text: { en: 'Which of these have you done without help?', ar: 'أيّ هذه فعلته بلا مساعدة؟' },
    help: { en: 'The furthest one counts.', ar: 'اختر أبعدها.' },
    options: [
      { id: 'account', text: { en: 'Opened accounts, little else', ar: 'فتحت حسابات، ولا أكثر من ذلك' } },
      {
        id: 'posts',
        text: { en: 'Published posts, filled in long forms', ar: 'نشرت منشورات وملأت نماذج طويلة' },
      },
      { id: 'pages', text: { en: 'Built a page, a blog or a shop', ar: 'أنشأت صفحة أو مدونة أو متجرًا' } },
      { id: 'code', text: { en: 'Written code that others use', ar: 'كتبت برنامجًا يستعمله غيري' } },
    ],
  },
  {
    id: 'wish',
    part: 'time',
    kind: 'choice',
    text: { en: 'What should come of it first?', ar: 'ما الذي تريده منه أولًا؟' },
    options: [
      {
        id: 'soon',
        text: { en: 'Some money soon, for work that I do', ar: 'شيء من المال قريبًا مقابل عمل أقوم به' },
      },
      {
        id: 'lasting',
        text: {
          en: 'Something that I build once and that goes on earning, however late',
          ar: 'شيء أبنيه مرة ويبقى يدرّ دخلًا، وإن تأخر',
        },
      },
      {
        id: 'capital',
        text: { en: 'Money that I have should bring more', ar: 'أن يزيد مال عندي' },
      },
    ],
  },
  {
    id: 'hours',
    part: 'time',
    kind: 'stepped',
    text: {
      en: 'How many hours a week are really free for this?',
      ar: 'كم ساعة في الأسبوع لديك فعلًا لهذا؟',
    },
    help: {
      en: 'Count last week, not a good week.',
      ar: 'احسب الأسبوع الماضي كما كان، لا أسبوعًا مثاليًا.',
    },
    options: [
      { id: 'none', text: { en: 'None', ar: 'لا شيء' } },
      { id: 'little', text: { en: '1 to 3', ar: 'من 1 إلى 3' } },
      { id: 'some', text: { en: '4 to 8', ar: 'من 4 إلى 8' } },
      { id: 'much', text: { en: '9 to 15', ar: 'من 9 إلى 15' } },
      { id: 'most', text: { en: '16 or more', ar: '16 فأكثر' } },
    ],
  },
  {
    id: 'months',
    part: 'time',
    kind: 'stepped',
    text: {
      en: 'For how many months could this bring nothing without hurting your household?',
      ar: 'كم شهرًا يمكن ألا يأتي هذا بشيء من غير أن يتضرر بيتك؟',
    },
    options: [
      { id: 'none', text: { en: 'Not one', ar: 'ولا شهرًا' } },
      { id: 'two', text: { en: 'One or two', ar: 'شهرًا أو شهرين' } },
      { id: 'five', text: { en: '3 to 5', ar: 'من 3 إلى 5' } },
      { id: 'eleven', text: { en: '6 to 11', ar: 'من 6 إلى 11' } },
      { id: 'year', text: { en: 'A year or longer', ar: 'سنة فأكثر' } },
    ],
  },
]
