import { type Passage, passagesOf } from './passages.ts';

/**
 * Finds people that are named by their title, « M. Dupont », in the nine languages of the kiosk. A title alone names nobody, nor does one
 * before a function (« Madame le Maire ») or after the word for a street.
 */
export function findNames(plain: string): readonly Passage[] {
  const isShouted = !/\p{Ll}/u.test(plain);
  const isNamed = (written: string, start: number): boolean => {
    const [, ...words] = written.split(/[ .]+/).filter((word) => word !== '');
    if (words.some((word) => FUNCTIONS.has(word.toLowerCase()) || TITLE_WORDS.has(word.toLowerCase())))
      return false;
    // Where everything is in capitals, a capital says nothing about a word.
    if (isShouted && words.some((word) => SMALL_WORDS.has(word))) return false;
    return !STREET.test(plain.slice(0, start));
  };
  return [
    ...passagesOf(plain, isShouted ? SHOUTED : SPOKEN, isNamed),
    ...passagesOf(plain, TURKISH, (written) => !NOT_TURKISH_NAMES.has(written.split(' ')[0] ?? '')),
    ...passagesOf(plain, ARABIC, (written) => !isArabicSentence(written)),
  ];
}

/** Each may be written with capitals or without; a point may follow those that are cut short. */
const SHORT_TITLES = 'mme mmes mlle mr mrs ms dr dra pr sr sra srta'.split(' ');
const WHOLE_TITLES = (
  'madame mesdames mademoiselle monsieur messieurs docteur maître miss señor señora señorita doña senhor senhora dona doutor ' +
  'doutora herr herrn frau bay bayan пан пана пане паном пані'
).split(' ');
const TITLE_WORDS = new Set([...SHORT_TITLES, ...WHOLE_TITLES]);
const BEFORE = '(?<![\\p{L}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{N}])';
/** Before a name: « Madame de la Tour ». */
const PARTICLE = "(?:(?:de la|de los|de|du|des|da|do|dos|van der|van|von|el|al|ben|bin) |d')?";
const NAME = `${PARTICLE}\\p{Lu}[\\p{L}\\p{M}'-]*`;
/** « M. » and « Me » in small letters are something else. */
const TITLE = `(?:(?:${SHORT_TITLES.map(inAnyCase).join('|')})\\.? ?|(?:${WHOLE_TITLES.map(inAnyCase).join('|')}) |MM?\\. ?|M |Me )`;
const SPOKEN = new RegExp(`${BEFORE}${TITLE}${NAME}(?: ${NAME}){0,2}${AFTER}`, 'gu');
/** Where everything is in capitals, the words behind a name would pass for names. */
const SHOUTED = new RegExp(`${BEFORE}${TITLE}${NAME}${AFTER}`, 'gu');
/** In Turkish the title follows the name: « Ayşe Hanım ». */
const TURKISH = new RegExp(`${BEFORE}\\p{Lu}\\p{Ll}+ (?:Bey|Hanım)(?:'\\p{Ll}+)?${AFTER}`, 'gu');
const NOT_TURKISH_NAMES = new Set(['Bir', 'Bu', 'Şu', 'Her', 'Bay', 'Bayan', 'Hiçbir', 'Diğer']);

/** Arabic has no capitals: any word behind the title may be a name. */
const ARABIC = new RegExp(
  `${BEFORE}(?:[وفبك]?ال|لل)(?:سيدة|سيد|آنسة|دكتورة|دكتور|أستاذة|أستاذ) \\p{Script=Arabic}{2,}${AFTER}`,
  'gu',
);
const ARABIC_WORDS = new Set(
  (
    'في من على إلى عن مع التي الذي هي هو هذه هذا كانت كان جدا جداً لطيفة لطيف لم لا ما قد ثم أو و رئيس رئيسة عمدة مدير مديرة ' +
    'وزير قال قام ساعد شرح أجاب عند بعد قبل كل غير ليست ليس تعمل يعمل'
  ).split(' '),
);

/** What follows is a verb (with whom it did something to), or a quality or a function (with its article). */
function isArabicSentence(written: string): boolean {
  const word = written.split(' ')[1] ?? '';
  return ARABIC_WORDS.has(word) || /^ال|^[يت]\p{L}{3,}$|(?:ت|ني|نا|وا)$/u.test(word);
}

const FUNCTIONS = new Set(
  (
    'maire président présidente directeur directrice adjoint adjointe ministre préfet préfète juge responsable ' +
    'agent agente accueil guichet mayor alcalde alcaldesa presidente director directora diretor diretora ' +
    'bürgermeister bürgermeisterin direktor direktorin minister ministerin doktor professor başkan müdür ' +
    'yetkili мер мера мере президент директор директорка'
  ).split(' '),
);
const SMALL_WORDS = new Set(
  (
    "A À AU AUX C'EST DE DES DU ELLE EN EST ET ETAIT ÉTAIT IL J'AI JE L'ACCUEIL LA LE LES MA MERCI MON N'A NE NOUS ON OU PAS POUR " +
    'QUI SA SON SUR TRES TRÈS UN UNE VOUS AT IS THE VERY WAS AND ES MUY DER DIE IST UND SEHR É MUITO'
  ).split(' '),
);
/** « rue du Docteur Moyse » is an address of the town. */
const STREET =
  /(?<!\p{L})(?:rue|avenue|boulevard|bd|place|allée|allées|impasse|quai|cours|square|école|collège|lycée|salle|hôpital|espace|résidence|stade|gymnase)(?: (?:du|de la|de|des))? $/iu;

function inAnyCase(word: string): string {
  const capitalised = word.charAt(0).toUpperCase() + word.slice(1);
  return [word, capitalised, word.toUpperCase()].join('|');
}
