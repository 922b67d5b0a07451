import type { Words } from './words.ts';

/** The Portuguese of Portugal, in its spelling of 1990. */
export const WORDS: Words = {
  title: 'A sua opinião',
  invitation: 'A sua opinião ajuda-nos a melhorar o atendimento. Toque num rosto.',
  languages: 'Línguas',
  close: 'Fechar',
  comfort: 'Conforto',
  comforts: { large: 'Texto grande', contrast: 'Alto contraste', low: 'Em baixo', spoken: 'Ouvir' },
  noVoice: 'Ouvir: sem voz',
  demonstration: 'Demonstração',
  accessibility: 'Acessibilidade: não conforme. Declaração disponível na receção.',
  published: {
    one: '{period}: {share} de pessoas satisfeitas ({count} resposta).',
    other: '{period}: {share} de pessoas satisfeitas ({count} respostas).',
  },
  said: 'Disse-nos:',
  done: 'O que fizemos:',

  progress: 'Pergunta {step} de {total}',
  lastStep: 'Último passo, facultativo',
  back: 'Alterar resposta',
  finish: 'Terminar',
  confirm: 'Confirmar',
  severalChoices: 'Pode escolher várias respostas.',
  levels: {
    'very-satisfied': 'Muito satisfeito/a',
    'fairly-satisfied': 'Satisfeito/a',
    neither: 'Nem satisfeito/a nem insatisfeito/a',
    'fairly-dissatisfied': 'Pouco satisfeito/a',
    'very-dissatisfied': 'Nada satisfeito/a',
    yes: 'Sim',
    no: 'Não',
    'not-applicable': 'Não se aplica',
  },
  agreement: {
    'very-satisfied': 'Sim, totalmente',
    'fairly-satisfied': 'Mais sim do que não',
    'fairly-dissatisfied': 'Mais não do que sim',
    'very-dissatisfied': 'Não, de modo nenhum',
  },

  suggestionHelp: 'Não escreva nomes, moradas nem informações de saúde. Não mencione ninguém.',
  themes: 'Toque num ou em vários temas, ou escreva.',
  charactersLeft: { one: 'Resta {count} carácter.', other: 'Restam {count} caracteres.' },
  send: 'Enviar',
  finishWithoutSuggestion: 'Terminar sem sugestão',

  thanks: 'Obrigado!',
  kept: 'A sua opinião ficou registada neste tablet. Será enviada sem o seu nome.',
  returning: 'Este ecrã volta ao início dentro de alguns segundos.',
  returnNow: 'Voltar ao início',

  idleQuestion: 'Deseja continuar?',
  idleHelp:
    'Sem resposta, este ecrã volta ao início dentro de {seconds} segundos e apaga o que não foi enviado.',
  secondsLeft: { one: '{count} segundo', other: '{count} segundos' },
  carryOn: 'Sim, continuar',
  stop: 'Não, terminar',

  outOfOrderTitle: 'Fora de serviço',
  outOfOrderHelp: 'De momento, este tablet não pode registar a sua opinião.',
  outOfOrderWhom: 'Por favor, avise a receção.',
};
