import type { Words } from './words.ts';

/** Modern standard Arabic, in the plural of politeness, with Latin figures as in the Maghreb. The levels are nouns: they suit everybody. */
export const WORDS: Words = {
  title: 'رأيكم',
  invitation: 'رأيكم يساعدنا على تحسين استقبالكم. المسوا أحد الوجوه.',
  languages: 'اللغات',
  close: 'إغلاق',
  comfort: 'راحة الاستعمال',
  comforts: { large: 'نص كبير', contrast: 'تباين', low: 'أسفل', spoken: 'استماع' },
  noVoice: 'استماع: لا يوجد صوت',
  demonstration: 'عرض تجريبي',
  accessibility: 'إمكانية الوصول: غير مطابقة. التصريح متوفر في الاستقبال.',
  published: {
    zero: '{period}: نسبة الرضا {share} (دون إجابات).',
    one: '{period}: نسبة الرضا {share} (إجابة واحدة).',
    two: '{period}: نسبة الرضا {share} (إجابتان).',
    few: '{period}: نسبة الرضا {share} ({count} إجابات).',
    many: '{period}: نسبة الرضا {share} ({count} إجابة).',
    other: '{period}: نسبة الرضا {share} ({count} إجابة).',
  },

  progress: 'السؤال {step} من {total}',
  lastStep: 'الخطوة الأخيرة، اختيارية',
  back: 'تعديل الإجابة',
  finish: 'إنهاء',
  confirm: 'تأكيد',
  severalChoices: 'يمكنكم اختيار عدة إجابات.',
  levels: {
    'very-satisfied': 'رضا تام',
    'fairly-satisfied': 'رضا إلى حدٍّ ما',
    neither: 'لا رضا ولا استياء',
    'fairly-dissatisfied': 'رضا ضعيف',
    'very-dissatisfied': 'عدم رضا تام',
    yes: 'نعم',
    no: 'لا',
    'not-applicable': 'لا ينطبق',
  },
  agreement: {
    'very-satisfied': 'نعم، تمامًا',
    'fairly-satisfied': 'نعم، إلى حدٍّ ما',
    'fairly-dissatisfied': 'لا، ليس كثيرًا',
    'very-dissatisfied': 'لا، إطلاقًا',
  },

  suggestionHelp: 'لا تكتبوا أي اسم أو عنوان أو معلومة صحية. لا تذكروا أي شخص.',
  charactersLeft: {
    zero: 'لم يبقَ أي حرف.',
    one: 'بقي حرف واحد.',
    two: 'بقي حرفان.',
    few: 'بقيت {count} أحرف.',
    many: 'بقي {count} حرفًا.',
    other: 'بقي {count} حرف.',
  },
  send: 'إرسال',
  finishWithoutSuggestion: 'إنهاء دون اقتراح',

  thanks: 'شكرًا لكم!',
  kept: 'سُجّل رأيكم على هذا الجهاز اللوحي. سيُرسل دون ذكر اسمكم.',
  returning: 'ستعود هذه الشاشة إلى البداية بعد بضع ثوانٍ.',
  returnNow: 'العودة إلى البداية',

  idleQuestion: 'هل تريدون المتابعة؟',
  idleHelp: 'إن لم تجيبوا، ستعود هذه الشاشة إلى البداية بعد {seconds} ثانية وسيُمحى ما لم يُرسل.',
  secondsLeft: {
    zero: '{count} ثانية',
    one: 'ثانية واحدة',
    two: 'ثانيتان',
    few: '{count} ثوانٍ',
    many: '{count} ثانية',
    other: '{count} ثانية',
  },
  carryOn: 'نعم، متابعة',
  stop: 'لا، إنهاء',

  outOfOrderTitle: 'خارج الخدمة',
  outOfOrderHelp: 'لا يمكن لهذا الجهاز تسجيل رأيكم حاليًا.',
  outOfOrderWhom: 'يُرجى إبلاغ الاستقبال.',
};
