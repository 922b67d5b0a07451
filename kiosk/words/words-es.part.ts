import type { Words } from './words.ts';

export const WORDS: Words = {
  title: 'Su opinión',
  invitation: 'Su opinión nos ayuda a mejorar la atención. Toque una cara.',
  languages: 'Idiomas',
  close: 'Cerrar',
  comfort: 'Comodidad',
  comforts: { large: 'Texto grande', contrast: 'Alto contraste', low: 'Abajo', spoken: 'Escuchar' },
  noVoice: 'Escuchar: sin voz',
  demonstration: 'Demostración',
  accessibility: 'Accesibilidad: no conforme. Declaración disponible en recepción.',
  published: {
    one: '{period}: {share} de personas satisfechas ({count} respuesta).',
    other: '{period}: {share} de personas satisfechas ({count} respuestas).',
  },
  said: 'Nos dijeron:',
  done: 'Lo que hemos hecho:',

  progress: 'Pregunta {step} de {total}',
  lastStep: 'Último paso, opcional',
  back: 'Cambiar respuesta',
  finish: 'Terminar',
  confirm: 'Confirmar',
  severalChoices: 'Puede elegir varias respuestas.',
  levels: {
    'very-satisfied': 'Muy satisfecho/a',
    'fairly-satisfied': 'Bastante satisfecho/a',
    neither: 'Ni satisfecho/a ni insatisfecho/a',
    'fairly-dissatisfied': 'Poco satisfecho/a',
    'very-dissatisfied': 'Nada satisfecho/a',
    yes: 'Sí',
    no: 'No',
    'not-applicable': 'No procede',
  },
  agreement: {
    'very-satisfied': 'Sí, totalmente',
    'fairly-satisfied': 'Más bien sí',
    'fairly-dissatisfied': 'Más bien no',
    'very-dissatisfied': 'No, en absoluto',
  },

  suggestionHelp: 'No escriba nombres, direcciones ni datos de salud. No mencione a ninguna persona.',
  themes: 'Toque uno o varios temas, o escriba.',
  charactersLeft: { one: 'Queda {count} carácter.', other: 'Quedan {count} caracteres.' },
  send: 'Enviar',
  finishWithoutSuggestion: 'Terminar sin sugerencia',

  thanks: '¡Gracias!',
  kept: 'Su opinión ha quedado registrada en esta tableta. Se enviará sin su nombre.',
  returning: 'Esta pantalla volverá al inicio en unos segundos.',
  returnNow: 'Volver al inicio',

  idleQuestion: '¿Desea continuar?',
  idleHelp:
    'Si no responde, esta pantalla volverá al inicio en {seconds} segundos y borrará lo que no se haya enviado.',
  secondsLeft: { one: '{count} segundo', other: '{count} segundos' },
  carryOn: 'Sí, continuar',
  stop: 'No, terminar',

  outOfOrderTitle: 'Fuera de servicio',
  outOfOrderHelp: 'En este momento, esta tableta no puede registrar su opinión.',
  outOfOrderWhom: 'Por favor, avise en recepción.',
};
