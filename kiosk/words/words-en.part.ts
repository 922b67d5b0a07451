import type { Words } from './words.ts';

export const WORDS: Words = {
  title: 'Your opinion',
  invitation: 'Your opinion helps us welcome you better. Touch a face.',
  languages: 'Languages',
  close: 'Close',
  comfort: 'Comfort',
  comforts: { large: 'Large text', contrast: 'Contrast', low: 'Low', spoken: 'Listen' },
  noVoice: 'Listen: no voice',
  demonstration: 'Demonstration',
  accessibility: 'Accessibility: not compliant. Statement available at reception.',
  published: {
    one: '{period}: {share} of people satisfied ({count} answer).',
    other: '{period}: {share} of people satisfied ({count} answers).',
  },
  said: 'You said:',
  done: 'We did:',

  progress: 'Question {step} of {total}',
  lastStep: 'Last step, optional',
  back: 'Change answer',
  finish: 'Finish',
  confirm: 'Confirm',
  severalChoices: 'You may choose several answers.',
  levels: {
    'very-satisfied': 'Very satisfied',
    'fairly-satisfied': 'Fairly satisfied',
    neither: 'Neither satisfied nor dissatisfied',
    'fairly-dissatisfied': 'Not very satisfied',
    'very-dissatisfied': 'Not at all satisfied',
    yes: 'Yes',
    no: 'No',
    'not-applicable': 'Not applicable',
  },
  agreement: {
    'very-satisfied': 'Yes, completely',
    'fairly-satisfied': 'Mostly yes',
    'fairly-dissatisfied': 'Mostly no',
    'very-dissatisfied': 'No, not at all',
  },

  suggestionHelp: 'Do not write any name, address or health information. Do not mention anyone.',
  themes: 'Touch one or more themes, or write.',
  charactersLeft: { one: '{count} character left.', other: '{count} characters left.' },
  send: 'Send',
  finishWithoutSuggestion: 'Finish without a suggestion',

  thanks: 'Thank you!',
  kept: 'Your opinion is recorded on this tablet. It will be sent without your name.',
  returning: 'This screen goes back to the start in a few seconds.',
  returnNow: 'Back to the start',

  idleQuestion: 'Do you want to continue?',
  idleHelp:
    'Without an answer, this screen goes back to the start in {seconds} seconds and erases what is not sent.',
  secondsLeft: { one: '{count} second', other: '{count} seconds' },
  carryOn: 'Yes, continue',
  stop: 'No, finish',

  outOfOrderTitle: 'Out of order',
  outOfOrderHelp: 'This tablet cannot record your opinion at the moment.',
  outOfOrderWhom: 'Please tell the reception desk.',
};
