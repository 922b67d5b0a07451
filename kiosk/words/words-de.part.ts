import type { Words } from './words.ts';

export const WORDS: Words = {
  title: 'Ihre Meinung',
  invitation: 'Ihre Meinung hilft uns, Sie besser zu empfangen. Berühren Sie ein Gesicht.',
  languages: 'Sprachen',
  close: 'Schließen',
  comfort: 'Bedienhilfe',
  comforts: { large: 'Große Schrift', contrast: 'Kontrast', low: 'Unten', spoken: 'Vorlesen' },
  noVoice: 'Vorlesen: keine Stimme',
  demonstration: 'Vorführung',
  accessibility: 'Barrierefreiheit: nicht konform. Erklärung am Empfang erhältlich.',
  published: {
    one: '{period}: {share} zufriedene Personen ({count} Antwort).',
    other: '{period}: {share} zufriedene Personen ({count} Antworten).',
  },
  said: 'Sie haben gesagt:',
  done: 'Wir haben getan:',

  progress: 'Frage {step} von {total}',
  lastStep: 'Letzter Schritt, freiwillig',
  back: 'Antwort ändern',
  finish: 'Beenden',
  confirm: 'Bestätigen',
  severalChoices: 'Mehrere Antworten möglich.',
  levels: {
    'very-satisfied': 'Sehr zufrieden',
    'fairly-satisfied': 'Eher zufrieden',
    neither: 'Weder zufrieden noch unzufrieden',
    'fairly-dissatisfied': 'Eher nicht zufrieden',
    'very-dissatisfied': 'Überhaupt nicht zufrieden',
    yes: 'Ja',
    no: 'Nein',
    'not-applicable': 'Trifft nicht zu',
  },
  agreement: {
    'very-satisfied': 'Ja, voll und ganz',
    'fairly-satisfied': 'Eher ja',
    'fairly-dissatisfied': 'Eher nein',
    'very-dissatisfied': 'Nein, überhaupt nicht',
  },

  suggestionHelp:
    'Schreiben Sie keine Namen, Adressen oder Angaben zur Gesundheit. Nennen Sie keine Personen.',
  themes: 'Tippen Sie auf ein oder mehrere Themen, oder schreiben Sie.',
  charactersLeft: { one: 'Noch {count} Zeichen.', other: 'Noch {count} Zeichen.' },
  send: 'Senden',
  finishWithoutSuggestion: 'Ohne Vorschlag beenden',

  thanks: 'Vielen Dank!',
  kept: 'Ihre Meinung ist auf diesem Tablet gespeichert. Sie wird ohne Ihren Namen übermittelt.',
  returning: 'Dieser Bildschirm kehrt in wenigen Sekunden zum Anfang zurück.',
  returnNow: 'Zurück zum Anfang',

  idleQuestion: 'Möchten Sie fortfahren?',
  idleHelp:
    'Ohne Antwort kehrt dieser Bildschirm in {seconds} Sekunden zum Anfang zurück und löscht, was nicht gesendet wurde.',
  secondsLeft: { one: '{count} Sekunde', other: '{count} Sekunden' },
  carryOn: 'Ja, fortfahren',
  stop: 'Nein, beenden',

  outOfOrderTitle: 'Außer Betrieb',
  outOfOrderHelp: 'Dieses Tablet kann Ihre Meinung zurzeit nicht speichern.',
  outOfOrderWhom: 'Bitte sagen Sie am Empfang Bescheid.',
};
