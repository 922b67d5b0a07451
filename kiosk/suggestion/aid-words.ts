import type { PersonalDataKind } from '../../domain/personal-data.ts';
import type { Language } from '../../domain/survey.ts';

/** What the keyboard and the guard say, in one language. They travel with their part: the first screen needs none of them. */
export interface AidWords {
  readonly keyboard: string;
  readonly shift: string;
  readonly delete: string;
  /** Said before what was deleted. */
  readonly deleted: string;
  readonly space: string;
  readonly toSigns: string;
  readonly toLetters: string;

  readonly guardTitle: string;
  /** Why it should be changed, before the text with its passages marked. */
  readonly guardHelp: string;
  /** Before the kinds that were found. */
  readonly guardFound: string;
  /** Between two of them. */
  readonly listSeparator: string;
  readonly kinds: Readonly<Record<PersonalDataKind, string>>;
  readonly change: string;
  readonly sendAnyway: string;
}

const FRENCH: AidWords = {
  keyboard: 'Clavier',
  shift: 'Majuscules',
  delete: 'Effacer',
  deleted: 'Effacé\u00a0:',
  space: 'Espace',
  toSigns: 'Chiffres et signes',
  toLetters: 'Lettres',
  guardTitle: 'Votre texte permet peut-être de reconnaître quelqu’un',
  guardHelp: 'Votre avis est anonyme. Enlevez de préférence ce qui est marqué\u00a0:',
  guardFound: 'Cela ressemble à\u00a0:',
  listSeparator: ', ',
  kinds: {
    telephone: 'un numéro de téléphone',
    email: 'une adresse électronique',
    'social-security': 'un numéro de sécurité sociale',
    iban: 'un numéro de compte bancaire',
    plate: 'une plaque d’immatriculation',
    name: 'le nom d’une personne',
  },
  change: 'Modifier',
  sendAnyway: 'Envoyer quand même',
};

const EASY_FRENCH: AidWords = {
  ...FRENCH,
  guardTitle: 'On peut peut-être reconnaître une personne dans votre texte',
  guardHelp: 'Votre avis est anonyme\u00a0: personne ne sait qui vous êtes. Enlevez ce qui est marqué\u00a0:',
  guardFound: 'Nous avons vu\u00a0:',
  kinds: { ...FRENCH.kinds, email: 'une adresse e-mail', plate: 'le numéro d’une voiture' },
};

const PORTUGUESE: AidWords = {
  keyboard: 'Teclado',
  shift: 'Maiúsculas',
  delete: 'Apagar',
  deleted: 'Apagado:',
  space: 'Espaço',
  toSigns: 'Números e sinais',
  toLetters: 'Letras',
  guardTitle: 'O seu texto talvez permita reconhecer alguém',
  guardHelp: 'A sua opinião é anónima. De preferência, retire o que está marcado:',
  guardFound: 'Parece ser:',
  listSeparator: ', ',
  kinds: {
    telephone: 'um número de telefone',
    email: 'um endereço de e-mail',
    'social-security': 'um número de segurança social',
    iban: 'um número de conta bancária',
    plate: 'uma matrícula de automóvel',
    name: 'o nome de uma pessoa',
  },
  change: 'Alterar',
  sendAnyway: 'Enviar mesmo assim',
};

const ENGLISH: AidWords = {
  keyboard: 'Keyboard',
  shift: 'Capital letters',
  delete: 'Delete',
  deleted: 'Deleted:',
  space: 'Space',
  toSigns: 'Digits and signs',
  toLetters: 'Letters',
  guardTitle: 'Your text may let somebody be recognised',
  guardHelp: 'Your opinion is anonymous. Please take out what is marked:',
  guardFound: 'It looks like:',
  listSeparator: ', ',
  kinds: {
    telephone: 'a telephone number',
    email: 'an e-mail address',
    'social-security': 'a social security number',
    iban: 'a bank account number',
    plate: 'a vehicle registration number',
    name: 'the name of a person',
  },
  change: 'Change it',
  sendAnyway: 'Send anyway',
};

const SPANISH: AidWords = {
  keyboard: 'Teclado',
  shift: 'Mayúsculas',
  delete: 'Borrar',
  deleted: 'Borrado:',
  space: 'Espacio',
  toSigns: 'Números y signos',
  toLetters: 'Letras',
  guardTitle: 'Su texto quizá permita reconocer a alguien',
  guardHelp: 'Su opinión es anónima. Es mejor quitar lo que está marcado:',
  guardFound: 'Parece ser:',
  listSeparator: ', ',
  kinds: {
    telephone: 'un número de teléfono',
    email: 'una dirección de correo electrónico',
    'social-security': 'un número de la seguridad social',
    iban: 'un número de cuenta bancaria',
    plate: 'una matrícula de vehículo',
    name: 'el nombre de una persona',
  },
  change: 'Modificar',
  sendAnyway: 'Enviar de todos modos',
};

const ARABIC: AidWords = {
  keyboard: 'لوحة المفاتيح',
  shift: 'حروف كبيرة',
  delete: 'حذف',
  deleted: 'حُذف:',
  space: 'مسافة',
  toSigns: 'أرقام ورموز',
  toLetters: 'حروف',
  guardTitle: 'قد يسمح نصّكم بالتعرّف على شخص ما',
  guardHelp: 'رأيكم مجهول الهوية. من الأفضل حذف ما هو معلَّم:',
  guardFound: 'يبدو أنه:',
  listSeparator: '، ',
  kinds: {
    telephone: 'رقم هاتف',
    email: 'عنوان بريد إلكتروني',
    'social-security': 'رقم ضمان اجتماعي',
    iban: 'رقم حساب مصرفي',
    plate: 'رقم لوحة سيارة',
    name: 'اسم شخص',
  },
  change: 'تعديل',
  sendAnyway: 'إرسال رغم ذلك',
};

const TURKISH: AidWords = {
  keyboard: 'Klavye',
  shift: 'Büyük harf',
  delete: 'Sil',
  deleted: 'Silindi:',
  space: 'Boşluk',
  toSigns: 'Rakamlar ve işaretler',
  toLetters: 'Harfler',
  guardTitle: 'Metniniz birinin tanınmasına yol açabilir',
  guardHelp: 'Görüşünüz isimsizdir. Lütfen işaretli yeri çıkarın:',
  guardFound: 'Şuna benziyor:',
  listSeparator: ', ',
  kinds: {
    telephone: 'bir telefon numarası',
    email: 'bir e-posta adresi',
    'social-security': 'bir sosyal güvenlik numarası',
    iban: 'bir banka hesap numarası',
    plate: 'bir araç plakası',
    name: 'bir kişinin adı',
  },
  change: 'Değiştir',
  sendAnyway: 'Yine de gönder',
};

const UKRAINIAN: AidWords = {
  keyboard: 'Клавіатура',
  shift: 'Великі літери',
  delete: 'Стерти',
  deleted: 'Стерто:',
  space: 'Пробіл',
  toSigns: 'Цифри та знаки',
  toLetters: 'Літери',
  guardTitle: 'З вашого тексту, можливо, можна когось упізнати',
  guardHelp: 'Ваш відгук анонімний. Краще приберіть позначене:',
  guardFound: 'Схоже на:',
  listSeparator: ', ',
  kinds: {
    telephone: 'номер телефону',
    email: 'адресу електронної пошти',
    'social-security': 'номер соціального страхування',
    iban: 'номер банківського рахунку',
    plate: 'номерний знак автомобіля',
    name: 'ім’я людини',
  },
  change: 'Змінити',
  sendAnyway: 'Надіслати все одно',
};

const GERMAN: AidWords = {
  keyboard: 'Tastatur',
  shift: 'Großbuchstaben',
  delete: 'Löschen',
  deleted: 'Gelöscht:',
  space: 'Leerzeichen',
  toSigns: 'Ziffern und Zeichen',
  toLetters: 'Buchstaben',
  guardTitle: 'Ihr Text lässt vielleicht jemanden erkennen',
  guardHelp: 'Ihre Meinung ist anonym. Bitte nehmen Sie heraus, was markiert ist:',
  guardFound: 'Es sieht aus wie:',
  listSeparator: ', ',
  kinds: {
    telephone: 'eine Telefonnummer',
    email: 'eine E-Mail-Adresse',
    'social-security': 'eine Sozialversicherungsnummer',
    iban: 'eine Kontonummer',
    plate: 'ein Autokennzeichen',
    name: 'der Name einer Person',
  },
  change: 'Ändern',
  sendAnyway: 'Trotzdem senden',
};

export const AID_WORDS: Readonly<Record<Language, AidWords>> = {
  fr: FRENCH,
  'fr-x-facile': EASY_FRENCH,
  pt: PORTUGUESE,
  en: ENGLISH,
  es: SPANISH,
  ar: ARABIC,
  tr: TURKISH,
  uk: UKRAINIAN,
  de: GERMAN,
};
