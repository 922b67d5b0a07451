// The yardstick: the same five questions with nothing but a browser. Each touch is one strict IndexedDB put, and the
// next question is shown when the put is complete.
const QUESTIONS = ['Accueil', 'Attente', 'Écoute', 'Panneaux', 'Confidentialité'];
const LEVELS = [
  'Très satisfait',
  'Plutôt satisfait',
  'Plutôt insatisfait',
  'Très insatisfait',
  'Non concerné',
];
let opened;
let count = 0;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('bare', 1);
    request.addEventListener('upgradeneeded', () =>
      request.result.createObjectStore('answers', { keyPath: 'id' }),
    );
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
  return opened;
}

async function store(given) {
  const transaction = (await open()).transaction('answers', 'readwrite', { durability: 'strict' });
  transaction.objectStore('answers').put(given);
  await new Promise((resolve, reject) => {
    transaction.addEventListener('complete', resolve);
    transaction.addEventListener('abort', () => reject(transaction.error));
  });
}

async function answer(question, level) {
  await store({ id: crypto.randomUUID(), question, level, answeredAt: new Date().toISOString() });
  count += 1;
  show();
}

function show() {
  const question = QUESTIONS[count % QUESTIONS.length];
  const heading = document.createElement('h1');
  heading.textContent = question;
  const buttons = LEVELS.map((level) => {
    const button = document.createElement('button');
    button.textContent = level;
    button.addEventListener('click', () => void answer(question, level));
    return button;
  });
  document.body.dataset.item = question;
  document.body.replaceChildren(heading, ...buttons);
}

show();
void navigator.serviceWorker.register('sw.js');
