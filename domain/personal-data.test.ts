import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PersonalDataKind,
  findPersonalData,
  personalDataFlag,
  personalDataKindsIn,
} from './personal-data.ts';

const FOUND: readonly (readonly [PersonalDataKind, string, string])[] = [
  ['telephone', 'Rappelez-moi au 06 12 34 56 78 svp', '06 12 34 56 78'],
  ['telephone', 'tél. 06.12.34.56.78', '06.12.34.56.78'],
  ['telephone', 'tél 0612345678.', '0612345678'],
  ['telephone', 'au 05-57-55-33-33, merci', '05-57-55-33-33'],
  ['telephone', 'au 06\u00a012\u00a034\u00a056\u00a078', '06\u00a012\u00a034\u00a056\u00a078'],
  ['telephone', 'au +33 6 12 34 56 78', '+33 6 12 34 56 78'],
  ['telephone', 'au +33 (0)6 12 34 56 78', '+33 (0)6 12 34 56 78'],
  ['telephone', 'au 0033612345678', '0033612345678'],
  ['telephone', 'ligue +351 912 345 678', '+351 912 345 678'],
  ['telephone', 'Тел. +380 44 123 45 67', '+380 44 123 45 67'],
  ['telephone', 'هاتفي ٠٦ ١٢ ٣٤ ٥٦ ٧٨', '٠٦ ١٢ ٣٤ ٥٦ ٧٨'],
  ['email', 'écrivez à jean.dupont@orange.fr.', 'jean.dupont@orange.fr'],
  ['email', 'a+b@mairie-libourne.example.org', 'a+b@mairie-libourne.example.org'],
  ['email', 'jean.dupont (arobase) orange point fr', 'jean.dupont (arobase) orange point fr'],
  ['email', 'jean arobase orange.fr', 'jean arobase orange.fr'],
  ['social-security', 'mon numéro 2 69 05 49 588 157 80', '2 69 05 49 588 157 80'],
  ['social-security', 'mon numéro 269054958815780', '269054958815780'],
  ['social-security', 'né en Corse : 1 85 05 2A 004 003 79', '1 85 05 2A 004 003 79'],
  ['iban', 'IBAN FR14 2004 1010 0505 0001 3M02 606 merci', 'FR14 2004 1010 0505 0001 3M02 606'],
  ['iban', 'DE89370400440532013000', 'DE89370400440532013000'],
  ['iban', 'es91 2100 0418 4502 0005 1332', 'es91 2100 0418 4502 0005 1332'],
  ['plate', 'La voiture AA-123-AA gêne', 'AA-123-AA'],
  ['plate', 'la voiture ab-345-cd gêne', 'ab-345-cd'],
  ['plate', 'La voiture AB 345 CD gêne', 'AB 345 CD'],
  ['plate', 'immatriculée FG456HJ', 'FG456HJ'],
  ['plate', 'la 123 ABC 33 est mal garée', '123 ABC 33'],
  ['plate', 'la 4567 VS 33', '4567 VS 33'],
  ['name', 'M. Dupont a été parfait', 'M. Dupont'],
  ['name', 'Monsieur Jean Dupont a été parfait', 'Monsieur Jean Dupont'],
  ['name', 'la mme Martin du guichet', 'mme Martin'],
  ['name', 'Mme D. est aimable', 'Mme D'],
  ['name', 'Mlle Le Goff', 'Mlle Le Goff'],
  ['name', 'Madame de la Tour', 'Madame de la Tour'],
  ['name', 'MADAME DURAND EST TRES AIMABLE', 'MADAME DURAND'],
  ['name', 'le Dr Martin et Me Petit', 'Dr Martin'],
  ['name', 'Thanks to Mrs Smith', 'Mrs Smith'],
  ['name', 'Ms. Jones was kind', 'Ms. Jones'],
  ['name', 'La Sra. García', 'Sra. García'],
  ['name', 'A Senhora Silva ajudou', 'Senhora Silva'],
  ['name', 'Frau Müller war nett', 'Frau Müller'],
  ['name', 'Дякую пані Олені', 'пані Олені'],
  ['name', 'شكرا للسيدة فاطمة', 'للسيدة فاطمة'],
  ['name', 'Ayşe Hanım çok yardımcı oldu', 'Ayşe Hanım'],
  ['name', 'Bay Yılmaz', 'Bay Yılmaz'],
];

const INNOCENT = [
  'Ouvert de 10 h 30 à 12 h 15 et de 14 h à 17 h',
  'Le 01/02/2026 à 10 h 30, puis le 01/02/2026 10:30',
  'depuis le 05.10.2026 12 personnes',
  'entre le 01 02 2026 et le 03 04 2026',
  'Article L. 2121-29 du CGCT, article 1240, CERFA 12345*01',
  '33500 Libourne',
  'Loyer de 1 250,50 € par mois, 12 000 habitants, 3 x 20 €',
  'La dame du guichet, Mme, était aimable',
  'Merci Madame. Très bon accueil',
  'Bonjour Madame, Monsieur',
  'Madame Monsieur bonjour',
  'Madame le Maire et Monsieur le Préfet',
  'Monsieur le Président',
  'la rue du Docteur Moyse est en travaux',
  'place de Monsieur Jean',
  'plus de 100 ne sont pas venus',
  'PLUS DE 100 NE SONT PAS VENUS',
  'dossier du 25 MAI 26, salle 12 AB',
  'MADAME EST TRES AIMABLE',
  'le 25 DEC 25 et le 10 H 30',
  'à 200 m. Il faut un siège',
  'numéro de dossier 2026-11-00452',
  'référence 123456789012345',
  'FR76 vous avez attendu longtemps à la caisse numéro 12',
  'le signe arobase du clavier ne marche pas',
  'Je mets 10/10, 20 sur 20, 5 étoiles, 100 %',
  'Frau am Empfang war nett',
  'The lady, Miss, was kind',
  'السيدة التي استقبلتني لطيفة',
  'السيدة استقبلتني بلطف',
  'Resepsiyondaki hanım çok nazikti',
  'пані на рецепції була люб’язна',
  'Señora muy amable',
  'Wi-Fi 802 11 33, bus 301 302',
];

describe('the guard against personal data', () => {
  it.each(FOUND)('finds a %s in « %s »', (kind, text, passage) => {
    const findings = findPersonalData(text);
    expect(findings.map((one) => [one.kind, text.slice(one.start, one.end)])).toContainEqual([kind, passage]);
  });

  it.each(INNOCENT)('leaves « %s » alone', (text) => {
    expect(findPersonalData(text).map((one) => [one.kind, text.slice(one.start, one.end)])).toEqual([]);
  });

  it('refuses a social-security number and an IBAN whose check digits are wrong', () => {
    expect(findPersonalData('2 69 05 49 588 157 81')).toEqual([]);
    expect(findPersonalData('FR15 2004 1010 0505 0001 3M02 606')).toEqual([]);
  });

  it('names each passage once, in the order of the text', () => {
    const text = 'M. Petit, 06 12 34 56 78, petit@orange.fr, AA-123-AA';
    expect(findPersonalData(text).map(({ kind }) => kind)).toEqual(['name', 'telephone', 'email', 'plate']);
  });

  it('finds a French number wherever it stands, however it is spaced', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', ' ', '.', '-', '\u00a0'),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 4, maxLength: 4 }),
        fc.constantFrom('', 'Appelez le ', 'tél\u202f: ', '('),
        fc.constantFrom('', ' merci', ')', '.', ', svp'),
        (sign, first, pairs, before, after) => {
          const number = [`0${first}`, ...pairs.map((pair) => String(pair).padStart(2, '0'))].join(sign);
          const [finding] = findPersonalData(`${before}${number}${after}`);
          expect(finding).toEqual({
            kind: 'telephone',
            start: before.length,
            end: before.length + number.length,
          });
        },
      ),
    );
  });

  it('finds no personal data in dates, hours and prices, whatever they are', () => {
    const two = (value: number): string => String(value).padStart(2, '0');
    const date = fc
      .tuple(
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('/', '.', '-', ' '),
      )
      .map(([day, month, sign]) => [two(day), two(month), '2026'].join(sign));
    const hour = fc
      .tuple(
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.constantFrom(' h ', 'h', ':', 'H'),
      )
      .map(([hours, minutes, sign]) => `${two(hours)}${sign}${two(minutes)}`);
    const price = fc.integer({ min: 0, max: 99_999 }).map((cents) => `${(cents / 100).toFixed(2)} €`);
    fc.assert(
      fc.property(fc.array(fc.oneof(date, hour, price), { minLength: 1, maxLength: 6 }), (parts) => {
        expect(findPersonalData(parts.join(', '))).toEqual([]);
      }),
    );
  });

  it('keeps every finding within the text and apart from the others, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9 .+@A-Fa-f/-]{0,60}$/)),
        (text) => {
          let behind = 0;
          for (const { start, end } of findPersonalData(text)) {
            expect(start).toBeGreaterThanOrEqual(behind);
            expect(end).toBeGreaterThan(start);
            behind = end;
          }
          expect(behind).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  it('does not hang on the longest text that could be built against it', () => {
    for (const text of [
      '0'.repeat(500),
      '1 '.repeat(250),
      'a.'.repeat(250),
      'M. '.repeat(166),
      `+1${'('.repeat(498)}`,
    ]) {
      const before = performance.now();
      findPersonalData(text);
      expect(performance.now() - before).toBeLessThan(500);
    }
  });

  it('marks a response by kind, and reads the marks again', () => {
    expect(personalDataFlag('telephone')).toBe('personal-data-telephone');
    expect(personalDataKindsIn(['test-mode', 'personal-data-name', 'personal-data-iban'])).toEqual([
      'iban',
      'name',
    ]);
    expect(personalDataKindsIn(['test-mode'])).toEqual([]);
  });
});
