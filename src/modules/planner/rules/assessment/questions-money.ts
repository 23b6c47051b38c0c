import { COUNTRIES, RAILS } from './rails.ts'
import type { Question } from './types.ts'

/** Money, risk, how one is paid, and temperament. */
export const MONEY_QUESTIONS: readonly Question[] = [
  {
    id: 'capital',
    part: 'money',
    kind: 'stepped',
    text: {
      en: 'How much have you set aside, measured by what your household spends?',
      ar: 'كم ادّخرت، قياسًا بما ينفقه بيتك؟',
    },
    options: [
      { id: 'none', text: { en: 'Nothing', ar: 'لا شيء' } },
      { id: 'weeks', text: { en: 'Less than a month of living costs', ar: 'أقل من نفقة شهر' } },
      { id: 'months', text: { en: 'One to three months', ar: 'نفقة شهر إلى ثلاثة' } },
      { id: 'year', text: { en: 'Three to twelve months', ar: 'نفقة ثلاثة أشهر إلى سنة' } },
      { id: 'more', text: { en: 'More than a year', ar: 'أكثر من نفقة سنة' } },
    ],
  },
  {
    id: 'loss',
    part: 'money',
    kind: 'stepped',
    text: {
      en: 'How much of it could be gone for good without anything changing at home?',
      ar: 'كم منه يمكن أن يضيع كلّه من غير أن يتغير شيء في بيتك؟',
    },
    options: [
      { id: 'none', text: { en: 'Nothing', ar: 'لا شيء' } },
      { id: 'week', text: { en: 'A week of living costs', ar: 'نفقة أسبوع' } },
      { id: 'month', text: { en: 'A month', ar: 'نفقة شهر' } },
      { id: 'quarter', text: { en: 'Three months', ar: 'نفقة ثلاثة أشهر' } },
      { id: 'more', text: { en: 'More than that', ar: 'أكثر من ذلك' } },
    ],
  },
  {
    id: 'debts',
    part: 'money',
    kind: 'stepped',
    text: { en: 'What do you owe?', ar: 'ما الذي عليك من ديون؟' },
    options: [
      { id: 'behind', text: { en: 'I am behind with payments', ar: 'تأخرت عن أقساط' } },
      {
        id: 'dear',
        text: { en: 'Card or loan debts at high interest', ar: 'ديون بطاقات أو قروض بفائدة مرتفعة' },
      },
      { id: 'instalments', text: { en: 'Instalments that I pay on time', ar: 'أقساط أدفعها في مواعيدها' } },
      { id: 'family', text: { en: 'Something to family, without interest', ar: 'شيء للأهل بلا فائدة' } },
      { id: 'none', text: { en: 'Nothing', ar: 'لا شيء' } },
    ],
  },
  {
    id: 'interest',
    part: 'money',
    kind: 'choice',
    text: { en: 'Should what bears interest (riba) be left out?', ar: 'هل نستبعد ما فيه ربا؟' },
    help: {
      en: 'If so, the result says what that costs in expected income. It can be changed later.',
      ar: 'إن استبعدناه ذكرت النتيجة كم يكلّف ذلك من الدخل المتوقع. ويمكن تغييره لاحقًا.',
    },
    options: [
      { id: 'leave-out', text: { en: 'Yes, leave it out', ar: 'نعم، يُستبعد' } },
      { id: 'count', text: { en: 'No, weigh everything', ar: 'لا، يوزن كل شيء' } },
    ],
  },
  {
    id: 'odds',
    part: 'risk',
    kind: 'stepped',
    text: {
      en: 'Six months of evenings. Which of these endings would you choose?',
      ar: 'ستة أشهر من الأمسيات. أي هذه النهايات تختار؟',
    },
    help: {
      en: 'Take the figures in your own currency, as a sum each month afterwards.',
      ar: 'الأرقام بعملتك، مبلغًا في كل شهر بعد ذلك.',
    },
    options: [
      { id: 'sure', text: { en: '100 for certain', ar: '100 مؤكدة' } },
      {
        id: 'likely',
        text: {
          en: 'Two in three: 180. One in three: nothing',
          ar: '180 باحتمال الثلثين، ولا شيء باحتمال الثلث',
        },
      },
      {
        id: 'third',
        text: {
          en: 'One in three: 450. Two in three: nothing',
          ar: '450 باحتمال الثلث، ولا شيء باحتمال الثلثين',
        },
      },
      {
        id: 'tenth',
        text: {
          en: 'One in ten: 2,000. Nine in ten: nothing',
          ar: '2,000 باحتمال العُشر، ولا شيء باحتمال تسعة أعشار',
        },
      },
    ],
  },
  {
    id: 'fall',
    part: 'risk',
    kind: 'stepped',
    text: {
      en: 'You put money in. After three months a third of it is gone. What do you do?',
      ar: 'وضعت مالًا، وبعد ثلاثة أشهر نقص ثلثه. ماذا تفعل؟',
    },
    options: [
      { id: 'out', text: { en: 'Take out what is left', ar: 'أسحب ما بقي' } },
      { id: 'stay', text: { en: 'Leave it, and add nothing', ar: 'أتركه ولا أضيف' } },
      { id: 'go-on', text: { en: 'Go on adding as I had planned', ar: 'أواصل الإضافة كما خططت' } },
    ],
  },
  {
    id: 'country',
    part: 'pay',
    kind: 'choice',
    text: { en: 'In which country are you paid?', ar: 'في أي بلد تتسلّم أموالك؟' },
    options: COUNTRIES.map(({ id, text }) => ({ id, text })),
  },
  {
    id: 'rails',
    part: 'pay',
    kind: 'set',
    text: { en: 'How can money from strangers reach you today?', ar: 'كيف يمكن أن يصلك اليوم مال من غرباء؟' },
    help: {
      en: 'Only what is open in your own name. Beside each stands what is known of it for your country.',
      ar: 'ما هو مفتوح باسمك فقط. وبجانب كل طريق ما نعرفه عنه في بلدك.',
    },
    options: RAILS,
  },
  {
    id: 'patience',
    part: 'self',
    kind: 'stepped',
    text: {
      en: 'Four months of work and not one sale. What did you do in the fifth, or would you?',
      ar: 'أربعة أشهر من العمل بلا بيع واحد. ماذا فعلت في الخامس، أو ماذا كنت ستفعل؟',
    },
    options: [
      { id: 'stopped', text: { en: 'Stopped long before', ar: 'توقفت قبل ذلك بكثير' } },
      { id: 'other', text: { en: 'Begun something else', ar: 'بدأت شيئًا آخر' } },
      { id: 'changed', text: { en: 'Changed one thing and gone on a while', ar: 'غيّرت أمرًا وواصلت مدة' } },
      {
        id: 'date',
        text: { en: 'Gone on until the date that I had set', ar: 'واصلت إلى الموعد الذي حددته' },
      },
    ],
  },
  {
    id: 'finish',
    part: 'self',
    kind: 'stepped',
    text: {
      en: 'The last thing that you began without anybody asking for it: how did it end?',
      ar: 'آخر شيء بدأته ولم يطلبه منك أحد، كيف انتهى؟',
    },
    options: [
      {
        id: 'unbegun',
        text: { en: 'I think about such things and do not begin', ar: 'أفكر في مثله ولا أبدأ' },
      },
      { id: 'midway', text: { en: 'It lies half finished', ar: 'بقي في منتصفه' } },
      { id: 'late', text: { en: 'Finished, later than I meant', ar: 'اكتمل متأخرًا عما أردت' } },
      { id: 'done', text: { en: 'Finished when I meant to', ar: 'اكتمل في موعده' } },
    ],
  },
  {
    id: 'selling',
    part: 'self',
    kind: 'stepped',
    text: {
      en: 'Tomorrow: write to ten strangers and offer them your work.',
      ar: 'غدًا: اكتب إلى عشرة غرباء واعرض عليهم عملك.',
    },
    options: [
      { id: 'never', text: { en: 'I would not', ar: 'لن أفعل' } },
      { id: 'must', text: { en: 'If there is no other way', ar: 'إن لم يكن بدّ' } },
      { id: 'would', text: { en: 'I would', ar: 'أفعل' } },
      { id: 'do', text: { en: 'I do that already', ar: 'أفعل ذلك أصلًا' } },
    ],
  },
  {
    id: 'company',
    part: 'self',
    kind: 'stepped',
    text: {
      en: 'Customers write to you, some of them displeased. How often is bearable?',
      ar: 'يكتب إليك عملاء، وبعضهم غير راضٍ. كم تحتمل ذلك؟',
    },
    options: [
      { id: 'never', text: { en: 'Hardly ever', ar: 'نادرًا' } },
      { id: 'weekly', text: { en: 'An hour a week', ar: 'ساعة في الأسبوع' } },
      { id: 'daily', text: { en: 'Every day', ar: 'كل يوم' } },
    ],
  },
]
