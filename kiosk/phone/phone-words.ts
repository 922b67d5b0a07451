import type { Language } from '../../domain/survey.ts';

interface Told {
  readonly title: string;
  readonly help: string;
}

/** What only the telephone's page says. It is loaded by telephones alone, so every language is in it. */
export interface PhoneWords {
  readonly opening: string;
  readonly openingTroubled: string;
  readonly sending: Told;
  readonly sendingTroubled: string;
  /** Below the thanks. */
  readonly arrived: string;
  readonly mayClose: string;
  readonly refusals: Readonly<Record<Refusal, Told>>;
}

/** Why there is no visit, or no answer of it. */
export type Refusal = 'no-code' | 'used' | 'expired' | 'unknown' | 'revoked' | 'ended' | 'refused';

export const PHONE_WORDS: Readonly<Record<Language, PhoneWords>> = {
  fr: {
    opening: 'Ouverture du questionnaire…',
    openingTroubled: 'Le réseau ne répond pas. Cette page essaie encore\u00a0: laissez-la ouverte.',
    sending: { title: 'Envoi de votre avis…', help: 'Gardez cette page ouverte.' },
    sendingTroubled:
      'Le réseau ne répond pas. Votre avis n’est pas encore arrivé et rien n’est gardé sur ce téléphone\u00a0: laissez cette page ouverte, elle essaie encore.',
    arrived: 'Votre avis est bien arrivé, sans votre nom.',
    mayClose: 'Rien n’est gardé sur ce téléphone. Vous pouvez fermer cette page.',
    refusals: {
      'no-code': {
        title: 'Cette page s’ouvre avec un code',
        help: 'Visez le code affiché sur la tablette avec l’appareil photo. Rien n’est gardé sur ce téléphone\u00a0: une page rechargée demande un nouveau code.',
      },
      used: {
        title: 'Ce code a déjà servi',
        help: 'Scannez celui qui est affiché maintenant.',
      },
      expired: {
        title: 'Ce code est trop ancien',
        help: 'Scannez celui qui est affiché maintenant sur la tablette.',
      },
      unknown: {
        title: 'Ce code n’est pas reconnu',
        help: 'Scannez celui qui est affiché maintenant sur la tablette.',
      },
      revoked: {
        title: 'Cette tablette n’est plus en service',
        help: 'Vous pouvez donner votre avis à l’accueil.',
      },
      ended: {
        title: 'Votre avis n’a pas été reçu',
        help: 'Cette page est restée ouverte trop longtemps. Scannez le code affiché maintenant sur la tablette.',
      },
      refused: {
        title: 'Votre avis n’a pas été reçu',
        help: 'Le serveur ne l’a pas accepté. Veuillez le signaler à l’accueil.',
      },
    },
  },
  'fr-x-facile': {
    opening: 'La page s’ouvre…',
    openingTroubled: 'Le téléphone n’a pas de réseau. Attendez, laissez la page ouverte.',
    sending: { title: 'Votre avis part…', help: 'Laissez la page ouverte.' },
    sendingTroubled:
      'Le téléphone n’a pas de réseau. Votre avis n’est pas encore parti. Le téléphone ne garde rien. Laissez la page ouverte.',
    arrived: 'Nous avons bien reçu votre avis. Votre nom n’est pas écrit.',
    mayClose: 'Le téléphone ne garde rien. Vous pouvez fermer la page.',
    refusals: {
      'no-code': {
        title: 'Il faut un code',
        help: 'Montrez le carré de la tablette à l’appareil photo de votre téléphone.',
      },
      used: {
        title: 'Ce code a déjà servi',
        help: 'Regardez la tablette. Montrez le nouveau carré à votre téléphone.',
      },
      expired: {
        title: 'Ce code est trop vieux',
        help: 'Regardez la tablette. Montrez le nouveau carré à votre téléphone.',
      },
      unknown: {
        title: 'Ce code n’est pas bon',
        help: 'Regardez la tablette. Montrez le nouveau carré à votre téléphone.',
      },
      revoked: {
        title: 'Cette tablette ne marche plus',
        help: 'Vous pouvez donner votre avis à l’accueil.',
      },
      ended: {
        title: 'Nous n’avons pas reçu votre avis',
        help: 'La page est restée ouverte trop longtemps. Montrez le nouveau carré de la tablette à votre téléphone.',
      },
      refused: {
        title: 'Nous n’avons pas reçu votre avis',
        help: 'Il y a une panne. Dites-le à l’accueil.',
      },
    },
  },
  pt: {
    opening: 'A abrir o questionário…',
    openingTroubled: 'A rede não responde. Esta página continua a tentar: deixe-a aberta.',
    sending: { title: 'A enviar a sua opinião…', help: 'Mantenha esta página aberta.' },
    sendingTroubled:
      'A rede não responde. A sua opinião ainda não chegou e nada fica guardado neste telemóvel: deixe esta página aberta, ela continua a tentar.',
    arrived: 'A sua opinião chegou, sem o seu nome.',
    mayClose: 'Nada fica guardado neste telemóvel. Pode fechar esta página.',
    refusals: {
      'no-code': {
        title: 'Esta página abre-se com um código',
        help: 'Aponte a câmara para o código mostrado no tablet. Nada fica guardado neste telemóvel: uma página recarregada pede um novo código.',
      },
      used: { title: 'Este código já foi usado', help: 'Leia o que está a ser mostrado agora.' },
      expired: { title: 'Este código é demasiado antigo', help: 'Leia o que o tablet mostra agora.' },
      unknown: { title: 'Este código não é reconhecido', help: 'Leia o que o tablet mostra agora.' },
      revoked: {
        title: 'Este tablet já não está em serviço',
        help: 'Pode dar a sua opinião na receção.',
      },
      ended: {
        title: 'A sua opinião não foi recebida',
        help: 'Esta página esteve aberta demasiado tempo. Leia o código que o tablet mostra agora.',
      },
      refused: {
        title: 'A sua opinião não foi recebida',
        help: 'O servidor não a aceitou. Por favor, avise a receção.',
      },
    },
  },
  en: {
    opening: 'Opening the questionnaire…',
    openingTroubled: 'The network does not answer. This page keeps trying: leave it open.',
    sending: { title: 'Sending your opinion…', help: 'Keep this page open.' },
    sendingTroubled:
      'The network does not answer. Your opinion has not arrived yet, and nothing is kept on this phone: leave this page open, it keeps trying.',
    arrived: 'Your opinion has arrived, without your name.',
    mayClose: 'Nothing is kept on this phone. You may close this page.',
    refusals: {
      'no-code': {
        title: 'This page opens with a code',
        help: 'Point your camera at the code on the tablet. Nothing is kept on this phone: a page loaded again asks for a new code.',
      },
      used: { title: 'This code has been used already', help: 'Scan the one that is shown now.' },
      expired: { title: 'This code is too old', help: 'Scan the one that the tablet shows now.' },
      unknown: { title: 'This code is not recognised', help: 'Scan the one that the tablet shows now.' },
      revoked: {
        title: 'This tablet is no longer in service',
        help: 'You can give your opinion at the reception.',
      },
      ended: {
        title: 'Your opinion was not received',
        help: 'This page was open for too long. Scan the code that the tablet shows now.',
      },
      refused: {
        title: 'Your opinion was not received',
        help: 'The server did not accept it. Please tell the reception.',
      },
    },
  },
  es: {
    opening: 'Abriendo el cuestionario…',
    openingTroubled: 'La red no responde. Esta página sigue intentándolo: déjela abierta.',
    sending: { title: 'Enviando su opinión…', help: 'Mantenga esta página abierta.' },
    sendingTroubled:
      'La red no responde. Su opinión aún no ha llegado y nada se guarda en este teléfono: deje esta página abierta, sigue intentándolo.',
    arrived: 'Su opinión ha llegado, sin su nombre.',
    mayClose: 'Nada se guarda en este teléfono. Puede cerrar esta página.',
    refusals: {
      'no-code': {
        title: 'Esta página se abre con un código',
        help: 'Apunte la cámara al código de la tableta. Nada se guarda en este teléfono: una página recargada pide un código nuevo.',
      },
      used: { title: 'Este código ya se ha usado', help: 'Escanee el que se muestra ahora.' },
      expired: {
        title: 'Este código es demasiado antiguo',
        help: 'Escanee el que muestra ahora la tableta.',
      },
      unknown: { title: 'Este código no se reconoce', help: 'Escanee el que muestra ahora la tableta.' },
      revoked: {
        title: 'Esta tableta ya no está en servicio',
        help: 'Puede dar su opinión en la recepción.',
      },
      ended: {
        title: 'No se ha recibido su opinión',
        help: 'Esta página ha estado abierta demasiado tiempo. Escanee el código que muestra ahora la tableta.',
      },
      refused: {
        title: 'No se ha recibido su opinión',
        help: 'El servidor no la ha aceptado. Avise a la recepción, por favor.',
      },
    },
  },
  ar: {
    opening: 'جارٍ فتح الاستبيان…',
    openingTroubled: 'الشبكة لا تستجيب. تواصل هذه الصفحة المحاولة: اتركوها مفتوحة.',
    sending: { title: 'جارٍ إرسال رأيكم…', help: 'أبقوا هذه الصفحة مفتوحة.' },
    sendingTroubled:
      'الشبكة لا تستجيب. لم يصل رأيكم بعد ولا يُحفظ أي شيء على هذا الهاتف: اتركوا هذه الصفحة مفتوحة، فهي تواصل المحاولة.',
    arrived: 'وصل رأيكم دون اسمكم.',
    mayClose: 'لا يُحفظ أي شيء على هذا الهاتف. يمكنكم إغلاق هذه الصفحة.',
    refusals: {
      'no-code': {
        title: 'تُفتح هذه الصفحة برمز',
        help: 'وجّهوا الكاميرا نحو الرمز المعروض على الجهاز اللوحي. لا يُحفظ أي شيء على هذا الهاتف: إعادة تحميل الصفحة تتطلب رمزًا جديدًا.',
      },
      used: { title: 'سبق استعمال هذا الرمز', help: 'امسحوا الرمز المعروض الآن.' },
      expired: { title: 'هذا الرمز قديم جدًا', help: 'امسحوا الرمز المعروض الآن على الجهاز اللوحي.' },
      unknown: { title: 'لم يُتعرّف على هذا الرمز', help: 'امسحوا الرمز المعروض الآن على الجهاز اللوحي.' },
      revoked: {
        title: 'هذا الجهاز اللوحي لم يعد في الخدمة',
        help: 'يمكنكم إبداء رأيكم لدى الاستقبال.',
      },
      ended: {
        title: 'لم نتلقَّ رأيكم',
        help: 'ظلت هذه الصفحة مفتوحة وقتًا طويلًا. امسحوا الرمز المعروض الآن على الجهاز اللوحي.',
      },
      refused: { title: 'لم نتلقَّ رأيكم', help: 'لم يقبله الخادم. يُرجى إخبار الاستقبال.' },
    },
  },
  tr: {
    opening: 'Anket açılıyor…',
    openingTroubled: 'Ağ yanıt vermiyor. Bu sayfa denemeyi sürdürüyor: açık bırakın.',
    sending: { title: 'Görüşünüz gönderiliyor…', help: 'Bu sayfayı açık tutun.' },
    sendingTroubled:
      'Ağ yanıt vermiyor. Görüşünüz henüz ulaşmadı ve bu telefonda hiçbir şey saklanmıyor: bu sayfayı açık bırakın, denemeyi sürdürüyor.',
    arrived: 'Görüşünüz adınız olmadan ulaştı.',
    mayClose: 'Bu telefonda hiçbir şey saklanmıyor. Bu sayfayı kapatabilirsiniz.',
    refusals: {
      'no-code': {
        title: 'Bu sayfa bir kodla açılır',
        help: 'Kamerayı tabletteki koda doğrultun. Bu telefonda hiçbir şey saklanmaz: yeniden yüklenen sayfa yeni bir kod ister.',
      },
      used: { title: 'Bu kod daha önce kullanıldı', help: 'Şu anda gösterilen kodu okutun.' },
      expired: { title: 'Bu kod çok eski', help: 'Tabletin şu anda gösterdiği kodu okutun.' },
      unknown: { title: 'Bu kod tanınmadı', help: 'Tabletin şu anda gösterdiği kodu okutun.' },
      revoked: {
        title: 'Bu tablet artık hizmette değil',
        help: 'Görüşünüzü danışmada bildirebilirsiniz.',
      },
      ended: {
        title: 'Görüşünüz alınamadı',
        help: 'Bu sayfa çok uzun süre açık kaldı. Tabletin şu anda gösterdiği kodu okutun.',
      },
      refused: { title: 'Görüşünüz alınamadı', help: 'Sunucu kabul etmedi. Lütfen danışmaya bildirin.' },
    },
  },
  uk: {
    opening: 'Відкриваємо опитування…',
    openingTroubled: 'Мережа не відповідає. Ця сторінка пробує далі: залиште її відкритою.',
    sending: { title: 'Надсилаємо ваш відгук…', help: 'Не закривайте цю сторінку.' },
    sendingTroubled:
      'Мережа не відповідає. Ваш відгук ще не надійшов, і на цьому телефоні нічого не зберігається: залиште цю сторінку відкритою, вона пробує далі.',
    arrived: 'Ваш відгук надійшов, без вашого імені.',
    mayClose: 'На цьому телефоні нічого не зберігається. Можете закрити цю сторінку.',
    refusals: {
      'no-code': {
        title: 'Ця сторінка відкривається за кодом',
        help: 'Наведіть камеру на код на планшеті. На цьому телефоні нічого не зберігається: перезавантажена сторінка потребує нового коду.',
      },
      used: { title: 'Цей код уже використано', help: 'Скануйте той, що показано зараз.' },
      expired: { title: 'Цей код застарий', help: 'Скануйте той, що планшет показує зараз.' },
      unknown: { title: 'Цей код не розпізнано', help: 'Скануйте той, що планшет показує зараз.' },
      revoked: {
        title: 'Цей планшет більше не працює',
        help: 'Ви можете залишити відгук на рецепції.',
      },
      ended: {
        title: 'Ваш відгук не отримано',
        help: 'Ця сторінка була відкрита надто довго. Скануйте код, який планшет показує зараз.',
      },
      refused: {
        title: 'Ваш відгук не отримано',
        help: 'Сервер його не прийняв. Будь ласка, повідомте рецепцію.',
      },
    },
  },
  de: {
    opening: 'Der Fragebogen wird geöffnet…',
    openingTroubled: 'Das Netz antwortet nicht. Diese Seite versucht es weiter: Lassen Sie sie offen.',
    sending: { title: 'Ihre Meinung wird gesendet…', help: 'Lassen Sie diese Seite offen.' },
    sendingTroubled:
      'Das Netz antwortet nicht. Ihre Meinung ist noch nicht angekommen, und auf diesem Telefon wird nichts gespeichert: Lassen Sie diese Seite offen, sie versucht es weiter.',
    arrived: 'Ihre Meinung ist angekommen, ohne Ihren Namen.',
    mayClose: 'Auf diesem Telefon wird nichts gespeichert. Sie können diese Seite schließen.',
    refusals: {
      'no-code': {
        title: 'Diese Seite öffnet sich mit einem Code',
        help: 'Richten Sie die Kamera auf den Code des Tablets. Auf diesem Telefon wird nichts gespeichert: Eine neu geladene Seite braucht einen neuen Code.',
      },
      used: {
        title: 'Dieser Code wurde schon benutzt',
        help: 'Scannen Sie den, der jetzt angezeigt wird.',
      },
      expired: {
        title: 'Dieser Code ist zu alt',
        help: 'Scannen Sie den, den das Tablet jetzt anzeigt.',
      },
      unknown: {
        title: 'Dieser Code ist nicht bekannt',
        help: 'Scannen Sie den, den das Tablet jetzt anzeigt.',
      },
      revoked: {
        title: 'Dieses Tablet ist nicht mehr in Betrieb',
        help: 'Sie können Ihre Meinung am Empfang abgeben.',
      },
      ended: {
        title: 'Ihre Meinung ist nicht angekommen',
        help: 'Diese Seite war zu lange offen. Scannen Sie den Code, den das Tablet jetzt anzeigt.',
      },
      refused: {
        title: 'Ihre Meinung ist nicht angekommen',
        help: 'Der Server hat sie nicht angenommen. Bitte sagen Sie es am Empfang.',
      },
    },
  },
};
