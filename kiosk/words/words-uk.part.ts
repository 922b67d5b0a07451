import type { Words } from './words.ts';

/** Ukrainian. The levels are verbs, which do not agree with whoever answers. */
export const WORDS: Words = {
  title: 'Ваша думка',
  invitation: 'Ваша думка допомагає нам краще Вас обслуговувати. Торкніться обличчя.',
  languages: 'Мови',
  close: 'Закрити',
  comfort: 'Зручність',
  comforts: { large: 'Великий текст', contrast: 'Контраст', low: 'Нижче', spoken: 'Слухати' },
  noVoice: 'Слухати: немає голосу',
  demonstration: 'Демонстрація',
  accessibility: 'Доступність: не відповідає вимогам. Декларацію можна попросити на рецепції.',
  published: {
    one: '{period}: {share} задоволених ({count} відповідь).',
    few: '{period}: {share} задоволених ({count} відповіді).',
    many: '{period}: {share} задоволених ({count} відповідей).',
    other: '{period}: {share} задоволених ({count} відповіді).',
  },
  said: 'Ви сказали:',
  done: 'Ми зробили:',

  progress: 'Запитання {step} з {total}',
  lastStep: 'Останній крок, необов’язковий',
  back: 'Змінити відповідь',
  finish: 'Завершити',
  confirm: 'Підтвердити',
  severalChoices: 'Можна вибрати кілька відповідей.',
  levels: {
    'very-satisfied': 'Цілком задовольняє',
    'fairly-satisfied': 'Радше задовольняє',
    neither: 'Ні добре, ні погано',
    'fairly-dissatisfied': 'Радше не задовольняє',
    'very-dissatisfied': 'Зовсім не задовольняє',
    yes: 'Так',
    no: 'Ні',
    'not-applicable': 'Не стосується',
  },
  agreement: {
    'very-satisfied': 'Так, повністю',
    'fairly-satisfied': 'Скоріше так',
    'fairly-dissatisfied': 'Скоріше ні',
    'very-dissatisfied': 'Ні, зовсім ні',
  },

  suggestionHelp: 'Не пишіть імен, адрес і відомостей про здоров’я. Не згадуйте конкретних людей.',
  themes: 'Торкніться однієї чи кількох тем або напишіть.',
  charactersLeft: {
    one: 'Залишився {count} символ.',
    few: 'Залишилося {count} символи.',
    many: 'Залишилося {count} символів.',
    other: 'Залишилося {count} символу.',
  },
  send: 'Надіслати',
  finishWithoutSuggestion: 'Завершити без пропозиції',

  thanks: 'Дякуємо!',
  kept: 'Вашу думку збережено на цьому планшеті. Її буде надіслано без Вашого імені.',
  returning: 'За кілька секунд цей екран повернеться на початок.',
  returnNow: 'Повернутися на початок',

  idleQuestion: 'Бажаєте продовжити?',
  idleHelp:
    'Якщо не відповісти, за {seconds} секунд цей екран повернеться на початок і зітре те, що не надіслано.',
  secondsLeft: {
    one: '{count} секунда',
    few: '{count} секунди',
    many: '{count} секунд',
    other: '{count} секунди',
  },
  carryOn: 'Так, продовжити',
  stop: 'Ні, завершити',

  outOfOrderTitle: 'Не працює',
  outOfOrderHelp: 'Наразі цей планшет не може зберегти Вашу думку.',
  outOfOrderWhom: 'Будь ласка, повідомте про це на рецепції.',
};
