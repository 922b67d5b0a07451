import type { Language } from '../../domain/survey.ts';

/** What the voice says of its own, beside what stands on the screen, and the words of its buttons. */
export interface ListenWords {
  /** Said once, when listening begins. */
  readonly welcome: string;
  /** `{position}`, from 1, and `{label}` of an answer. */
  readonly choice: string;
  readonly button: string;
  readonly isOn: string;
  readonly field: string;
  /** Said after what was touched first. */
  readonly again: string;
  readonly panel: string;
  readonly repeat: string;
  readonly softer: string;
  readonly louder: string;
}

const FRENCH: ListenWords = {
  welcome:
    'Écoute activée. Touchez l’écran pour entendre. Touchez une seconde fois au même endroit pour choisir.',
  choice: 'Choix {position}\u00a0: {label}.',
  button: 'Bouton\u00a0: {label}.',
  isOn: 'Activé.',
  field: 'Zone où écrire.',
  again: 'Touchez encore pour choisir.',
  panel: 'Écoute',
  repeat: 'Répéter',
  softer: 'Moins fort',
  louder: 'Plus fort',
};

export const LISTEN_WORDS: Readonly<Record<Language, ListenWords>> = {
  fr: FRENCH,
  'fr-x-facile': {
    ...FRENCH,
    welcome: 'La tablette parle. Touchez l’écran pour entendre. Touchez encore au même endroit pour choisir.',
    field: 'Vous pouvez écrire ici.',
  },
  pt: {
    welcome: 'Leitura ativada. Toque no ecrã para ouvir. Toque outra vez no mesmo sítio para escolher.',
    choice: 'Opção {position}: {label}.',
    button: 'Botão: {label}.',
    isOn: 'Ativado.',
    field: 'Campo para escrever.',
    again: 'Toque outra vez para escolher.',
    panel: 'Leitura em voz alta',
    repeat: 'Repetir',
    softer: 'Mais baixo',
    louder: 'Mais alto',
  },
  en: {
    welcome: 'Listening is on. Touch the screen to hear. Touch the same place again to choose.',
    choice: 'Choice {position}: {label}.',
    button: 'Button: {label}.',
    isOn: 'On.',
    field: 'Text field.',
    again: 'Touch again to choose.',
    panel: 'Listening',
    repeat: 'Repeat',
    softer: 'Softer',
    louder: 'Louder',
  },
  es: {
    welcome: 'Lectura activada. Toque la pantalla para oír. Toque otra vez el mismo lugar para elegir.',
    choice: 'Opción {position}: {label}.',
    button: 'Botón: {label}.',
    isOn: 'Activado.',
    field: 'Campo para escribir.',
    again: 'Toque otra vez para elegir.',
    panel: 'Lectura en voz alta',
    repeat: 'Repetir',
    softer: 'Más bajo',
    louder: 'Más alto',
  },
  ar: {
    welcome: 'القراءة الصوتية مفعّلة. المس الشاشة لتسمع. المس المكان نفسه مرة ثانية لتختار.',
    choice: 'الاختيار {position}: {label}.',
    button: 'زر: {label}.',
    isOn: 'مفعّل.',
    field: 'حقل للكتابة.',
    again: 'المس مرة ثانية لتختار.',
    panel: 'القراءة الصوتية',
    repeat: 'إعادة',
    softer: 'خفض الصوت',
    louder: 'رفع الصوت',
  },
  tr: {
    welcome: 'Sesli okuma açık. Duymak için ekrana dokunun. Seçmek için aynı yere bir kez daha dokunun.',
    choice: 'Seçenek {position}: {label}.',
    button: 'Düğme: {label}.',
    isOn: 'Açık.',
    field: 'Yazı alanı.',
    again: 'Seçmek için bir kez daha dokunun.',
    panel: 'Sesli okuma',
    repeat: 'Tekrarla',
    softer: 'Sesi kıs',
    louder: 'Sesi aç',
  },
  uk: {
    welcome:
      'Озвучення ввімкнено. Торкніться екрана, щоб почути. Торкніться того самого місця ще раз, щоб вибрати.',
    choice: 'Варіант {position}: {label}.',
    button: 'Кнопка: {label}.',
    isOn: 'Увімкнено.',
    field: 'Поле для тексту.',
    again: 'Торкніться ще раз, щоб вибрати.',
    panel: 'Озвучення',
    repeat: 'Повторити',
    softer: 'Тихіше',
    louder: 'Гучніше',
  },
  de: {
    welcome:
      'Vorlesen ist eingeschaltet. Berühren Sie den Bildschirm, um zu hören. Berühren Sie dieselbe Stelle noch einmal, um zu wählen.',
    choice: 'Auswahl {position}: {label}.',
    button: 'Schaltfläche: {label}.',
    isOn: 'Eingeschaltet.',
    field: 'Textfeld.',
    again: 'Zum Wählen noch einmal berühren.',
    panel: 'Vorlesen',
    repeat: 'Wiederholen',
    softer: 'Leiser',
    louder: 'Lauter',
  },
};
