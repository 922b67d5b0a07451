// The same visit on SurveyJS: five screens, one strict IndexedDB put before the next is shown. It moves on by itself once the put is
// complete, without the library's own delay of 300 ms.
import 'survey-core/survey-core.fontless.min.css';
import { Model } from 'survey-core';
import { renderSurvey } from 'survey-js-ui';

const RATINGS = ['Accueil', 'Attente', 'Écoute', 'Panneaux'];
const LEVELS = [
  'Très satisfait',
  'Plutôt satisfait',
  'Plutôt insatisfait',
  'Très insatisfait',
  'Non concerné',
];

const survey = new Model({
  showNavigationButtons: false,
  showProgressBar: true,
  completedHtml: '<h1>Merci</h1>',
  pages: [
    ...RATINGS.map((name) => ({
      name,
      elements: [
        {
          type: 'rating',
          name,
          rateType: 'smileys',
          displayMode: 'buttons',
          rateValues: LEVELS.map((text, index) => ({ value: LEVELS.length - index, text })),
        },
      ],
    })),
    {
      name: 'Suggestion',
      elements: [{ type: 'comment', name: 'Suggestion', title: 'Une suggestion ?', maxLength: 500 }],
    },
  ],
});

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('surveyjs', 1);
    request.addEventListener('upgradeneeded', () =>
      request.result.createObjectStore('answers', { keyPath: 'id' }),
    );
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
  return opened;
}

let id = crypto.randomUUID();

async function store(): Promise<void> {
  const transaction = (await open()).transaction('answers', 'readwrite', { durability: 'strict' });
  transaction.objectStore('answers').put({ id, data: survey.data });
  await new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error));
  });
}

survey.onValueChanged.add(async (_survey, { name }) => {
  if (!RATINGS.includes(name)) return;
  await store();
  survey.nextPage();
});
survey.onAfterRenderPage.add((_survey, { page }) => {
  document.body.dataset['item'] = page.name;
});

/** The next visitor. */
Object.assign(globalThis, {
  async nextVisit() {
    await store();
    id = crypto.randomUUID();
    survey.clear(true, true);
  },
});

const root = document.querySelector('main');
if (root !== null) renderSurvey(survey, root);
void navigator.serviceWorker.register('sw.js');
