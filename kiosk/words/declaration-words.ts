import type { Language } from '../../domain/survey.ts';

/** What the tablet says of its own accessibility, in one language. `{address}` is where the whole declaration stands. */
export interface DeclarationWords {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly close: string;
}

/** As the law asks: what is not shown by an audit is not claimed. */
export const DECLARATION_WORDS: Readonly<Record<Language, DeclarationWords>> = {
  fr: {
    title: 'Accessibilité\u00a0: non conforme',
    paragraphs: [
      'Cette tablette n’est pas en conformité avec le référentiel général d’amélioration de l’accessibilité (RGAA 4.1.2), parce qu’aucun audit n’a encore été fait.',
      'Elle s’utilise au doigt, au clavier, avec un contacteur ou un lecteur d’écran, en neuf langues, dont le français facile.',
      'Vous pouvez aussi demander de l’aide, ou une feuille de papier, à l’accueil. La déclaration complète se lit à l’accueil et à l’adresse {address}',
      'Sans réponse de notre part, vous pouvez saisir le Défenseur des droits\u00a0: defenseurdesdroits.fr, téléphone 09\u00a069\u00a039\u00a000\u00a000.',
    ],
    close: 'Fermer',
  },
  'fr-x-facile': {
    title: 'Accessibilité\u00a0: non conforme',
    paragraphs: [
      'La loi demande que tout le monde puisse utiliser cette tablette. Les règles s’appellent RGAA 4.1.2. Personne n’a encore vérifié si la tablette suit ces règles\u00a0: aucun audit n’a été fait.',
      'Vous pouvez toucher l’écran. Vous pouvez aussi utiliser un clavier, un contacteur ou un lecteur d’écran.',
      'Vous pouvez demander de l’aide à l’accueil. Vous pouvez aussi demander une feuille de papier. Le texte complet est à l’accueil et sur le site {address}',
      'Si personne ne vous répond, vous pouvez appeler le Défenseur des droits\u00a0: 09\u00a069\u00a039\u00a000\u00a000.',
    ],
    close: 'Fermer',
  },
  pt: {
    title: 'Acessibilidade: não conforme',
    paragraphs: [
      'Este tablet não está em conformidade com as regras francesas de acessibilidade (RGAA 4.1.2), porque ainda não foi feita nenhuma auditoria.',
      'Pode ser usado com o dedo, o teclado, um manípulo ou um leitor de ecrã, em nove línguas.',
      'Também pode pedir ajuda, ou uma folha de papel, na receção. A declaração completa está na receção e no endereço {address}',
      'Se não obtiver resposta, pode dirigir-se ao Défenseur des droits: defenseurdesdroits.fr, telefone 09\u00a069\u00a039\u00a000\u00a000.',
    ],
    close: 'Fechar',
  },
  en: {
    title: 'Accessibility: not compliant',
    paragraphs: [
      'This tablet does not comply with the French accessibility rules (RGAA 4.1.2), because no audit has been carried out yet.',
      'It can be used by touch, with a keyboard, a switch or a screen reader, in nine languages.',
      'You can also ask for help, or for a sheet of paper, at reception. The full statement can be read at reception and at {address}',
      'If you get no answer, you can turn to the Défenseur des droits: defenseurdesdroits.fr, telephone 09\u00a069\u00a039\u00a000\u00a000.',
    ],
    close: 'Close',
  },
  es: {
    title: 'Accesibilidad: no conforme',
    paragraphs: [
      'Esta tableta no cumple las normas francesas de accesibilidad (RGAA 4.1.2), porque todavía no se ha hecho ninguna auditoría.',
      'Se puede usar con el dedo, con el teclado, con un pulsador o con un lector de pantalla, en nueve idiomas.',
      'También puede pedir ayuda, o una hoja de papel, en recepción. La declaración completa está en recepción y en la dirección {address}',
      'Si no recibe respuesta, puede acudir al Défenseur des droits: defenseurdesdroits.fr, teléfono 09\u00a069\u00a039\u00a000\u00a000.',
    ],
    close: 'Cerrar',
  },
  ar: {
    title: 'إمكانية الوصول: غير مطابقة',
    paragraphs: [
      'هذا الجهاز اللوحي غير مطابق للقواعد الفرنسية لإمكانية الوصول (RGAA 4.1.2)، لأنه لم يُجرَ أي تدقيق بعد.',
      'يمكن استعماله باللمس أو بلوحة المفاتيح أو بمفتاح تحكم أو بقارئ شاشة، بتسع لغات.',
      'يمكنكم أيضًا طلب المساعدة، أو ورقة، من الاستقبال. التصريح الكامل متوفر في الاستقبال وعلى العنوان {address}',
      'إذا لم تحصلوا على جواب، يمكنكم اللجوء إلى Défenseur des droits (المدافع عن الحقوق): defenseurdesdroits.fr، الهاتف \u206609\u00a069\u00a039\u00a000\u00a000\u2069.',
    ],
    close: 'إغلاق',
  },
  tr: {
    title: 'Erişilebilirlik: uyumlu değil',
    paragraphs: [
      'Bu tablet, henüz hiçbir denetim yapılmadığı için Fransız erişilebilirlik kurallarına (RGAA 4.1.2) uyumlu değildir.',
      'Parmakla, klavyeyle, bir anahtarla veya ekran okuyucuyla, dokuz dilde kullanılabilir.',
      'Danışmadan yardım veya bir kâğıt da isteyebilirsiniz. Bildirimin tamamı danışmada ve şu adrestedir: {address}',
      'Yanıt alamazsanız Défenseur des droits’ya (hak savunucusu) başvurabilirsiniz: defenseurdesdroits.fr, telefon 09\u00a069\u00a039\u00a000\u00a000.',
    ],
    close: 'Kapat',
  },
  uk: {
    title: 'Доступність: не відповідає вимогам',
    paragraphs: [
      'Цей планшет не відповідає французьким правилам доступності (RGAA 4.1.2), оскільки перевірки ще не було.',
      'Ним можна користуватися пальцем, з клавіатури, за допомогою перемикача або програми читання з екрана, дев’ятьма мовами.',
      'Ви також можете попросити допомоги або аркуш паперу на рецепції. Повну декларацію можна прочитати на рецепції та за адресою {address}',
      'Якщо ви не отримали відповіді, зверніться до Défenseur des droits (захисника прав): defenseurdesdroits.fr, телефон 09\u00a069\u00a039\u00a000\u00a000.',
    ],
    close: 'Закрити',
  },
  de: {
    title: 'Barrierefreiheit: nicht konform',
    paragraphs: [
      'Dieses Tablet entspricht nicht den französischen Regeln zur Barrierefreiheit (RGAA 4.1.2), weil noch keine Prüfung stattgefunden hat.',
      'Es lässt sich mit dem Finger, mit der Tastatur, mit einem Taster oder mit einem Vorleseprogramm bedienen, in neun Sprachen.',
      'Sie können am Empfang auch um Hilfe oder um ein Blatt Papier bitten. Die vollständige Erklärung liegt am Empfang und steht unter {address}',
      'Wenn Sie keine Antwort erhalten, können Sie sich an den Défenseur des droits wenden: defenseurdesdroits.fr, Telefon 09\u00a069\u00a039\u00a000\u00a000.',
    ],
    close: 'Schließen',
  },
};
