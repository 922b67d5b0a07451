import type { BrowserContext, Page } from 'playwright-core';
import type { Language } from '../domain/survey.ts';
import { breakStorage } from './broken-storage.ts';
import { kioskOn, openEnrolledKiosk } from './kiosk-page.ts';
import type { TestServer } from './server-process.ts';
import type { WebView } from './web-view.ts';

type Look = (screen: string, page: Page) => Promise<void>;

/** The words a tour of the kiosk needs, in the language it is made in. */
const WORDS = {
  fr: { own: 'Français', back: 'Modifier', send: 'Envoyer', stay: 'Oui, continuer' },
  'fr-x-facile': {
    own: 'Français facile',
    back: 'Changer ma réponse',
    send: 'J’envoie',
    stay: 'Oui, je continue',
  },
  pt: { own: 'Português', back: 'Alterar resposta', send: 'Enviar', stay: 'Sim, continuar' },
  en: { own: 'English', back: 'Change answer', send: 'Send', stay: 'Yes, continue' },
  es: { own: 'Español', back: 'Cambiar respuesta', send: 'Enviar', stay: 'Sí, continuar' },
  ar: { own: 'العربية', back: 'تعديل الإجابة', send: 'إرسال', stay: 'نعم، متابعة' },
  tr: { own: 'Türkçe', back: 'Yanıtı değiştir', send: 'Gönder', stay: 'Evet, devam et' },
  uk: { own: 'Українська', back: 'Змінити відповідь', send: 'Надіслати', stay: 'Так, продовжити' },
  de: { own: 'Deutsch', back: 'Antwort ändern', send: 'Senden', stay: 'Ja, fortfahren' },
} satisfies Record<Language, unknown>;
export type TourLanguage = keyof typeof WORDS;

/**
 * Shows every screen of the kiosk once, on a fresh tablet. The context's clock must be Playwright's.
 *
 * @param look is called on each screen
 */
export async function tourKiosk(
  context: BrowserContext,
  server: TestServer,
  language: TourLanguage,
  look: Look,
): Promise<void> {
  const words = WORDS[language];
  const kiosk = await tourEnrolment(context, server, look);
  const { page } = kiosk;
  if (language !== 'fr') await kiosk.chooseLanguage(words.own);
  await look('attract', page);
  await page.locator('.language-bar > button').tap();
  await page.getByRole('dialog').waitFor();
  await look('choice of languages', page);
  await page.keyboard.press('Escape');
  await kiosk.touchFace('very-satisfied');
  await look('question', page);
  await kiosk.touch(words.back);
  await look('question gone back to', page);
  await kiosk.touchFace('fairly-satisfied');
  await kiosk.answerQuestions('fairly-dissatisfied');
  await kiosk.see('suggestion');
  await look('suggestion', page);
  await context.clock.fastForward(62_000);
  await page.getByRole('alertdialog').waitFor();
  await look('are you still there', page);
  await kiosk.touch(words.stay);
  await kiosk.type('Merci');
  await kiosk.touch(words.send);
  await kiosk.see('thanks');
  await look('thanks', page);
  await page.locator('main button').tap();
  await kiosk.see('attract');
  if (language !== 'fr') await kiosk.chooseLanguage(words.own);
  await breakStorage(page, 'throws');
  await kiosk.face('very-satisfied').tap();
  await kiosk.see('out-of-order');
  await look('out of order', page);
  await page.close();
}

async function tourEnrolment(
  context: BrowserContext,
  server: TestServer,
  look: Look,
): Promise<ReturnType<typeof kioskOn>> {
  const page = await context.newPage();
  const kiosk = kioskOn(page, server.origin);
  await kiosk.open();
  await kiosk.see('enrol');
  await look('enrolment', page);
  await page.getByRole('textbox').fill('BBBBBBBB');
  await page.locator('button[type="submit"]').tap();
  await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
  await look('enrolment refused', page);

  await page.route('**/api/v1/assignment', (route) => route.abort());
  const { code } = await server.createEnrolment();
  await page.getByRole('textbox').fill(code);
  await page.locator('button[type="submit"]').tap();
  await kiosk.see('awaiting');
  await look('awaiting', page);
  await page.close();
  const again = kioskOn(await context.newPage(), server.origin);
  await again.open();
  await again.see('attract', 60_000);
  return again;
}

/** Shows every page and dialog of the web view once, with whatever data there is. */
export async function tourWebView(view: WebView, servicePath: string, look: Look): Promise<void> {
  const { page } = view;
  const pages = [
    ['week', ''],
    ['month against last year', '?period=2026-10&compare=last-year'],
    ['empty week', '?period=2020-W10'],
    ['service', servicePath],
    ['verbatims', 'verbatims?state=all'],
    ['verbatims not found', 'verbatims?state=all&search=introuvable'],
    ['integrity', 'integrite'],
    ['comparison', 'comparer'],
    ['moderation', 'moderation'],
    ['themes', 'themes'],
    ['tablets', 'tablettes'],
    ['what the tablets show', 'affichage'],
    ['account', 'compte'],
    ['accessibility', 'accessibilite'],
    ['privacy', 'donnees-personnelles'],
    ['nowhere', 'nulle-part'],
  ] as const;
  for (const [name, path] of pages) {
    await view.goTo(path);
    await look(name, page);
    if (name === 'service') {
      await page.getByText('Les mêmes chiffres en tableau').click();
      await look('service with its table', page);
    }
    if (name === 'tablets') await tourEnrolDialog(page, look);
    if (name === 'verbatims') await tourHideDialog(page, look);
  }
}

async function tourEnrolDialog(page: Page, look: Look): Promise<void> {
  await page.getByRole('button', { name: 'Ajouter une tablette' }).click();
  await page.getByRole('dialog').waitFor();
  await look('adding a tablet', page);
  await page.getByRole('button', { name: 'Obtenir un code' }).click();
  await page.getByTestId('enrolment-code').waitFor();
  await look('code of a tablet', page);
  await page.getByRole('button', { name: 'Terminé' }).click();
}

async function tourHideDialog(page: Page, look: Look): Promise<void> {
  const hide = page.getByRole('button', { name: 'Masquer…' }).first();
  if ((await hide.count()) === 0) return;
  await hide.click();
  await page.getByRole('dialog').waitFor();
  await page.getByRole('button', { name: 'Masquer le texte' }).click();
  await look('hiding a text', page);
  await page.getByRole('button', { name: 'Annuler' }).click();
}

/** Opens the tablet that a test needs beside a tour. */
export const aVisitedTablet = async (
  context: BrowserContext,
  server: TestServer,
  text: string,
): Promise<void> => {
  const kiosk = await openEnrolledKiosk(context, server);
  await kiosk.makeVisit({ code: 'very-satisfied', text });
};
