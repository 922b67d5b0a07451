import type { Words } from './words.ts';

export const WORDS: Words = {
  title: 'Görüşünüz',
  invitation: 'Görüşünüz, sizi daha iyi karşılamamıza yardımcı olur. Bir yüze dokunun.',
  languages: 'Diller',
  close: 'Kapat',
  comfort: 'Kolaylık',
  comforts: { large: 'Büyük yazı', contrast: 'Karşıtlık', low: 'Aşağıda', spoken: 'Dinle' },
  noVoice: 'Dinle: ses yok',
  demonstration: 'Tanıtım',
  accessibility: 'Erişilebilirlik: uyumlu değil. Bildirimi danışmada bulabilirsiniz.',
  published: {
    one: '{period}: memnun olanların oranı {share} ({count} yanıt).',
    other: '{period}: memnun olanların oranı {share} ({count} yanıt).',
  },
  said: 'Siz söylediniz:',
  done: 'Biz yaptık:',

  progress: 'Toplam {total} sorudan {step}. soru',
  lastStep: 'Son adım, isteğe bağlı',
  back: 'Yanıtı değiştir',
  finish: 'Bitir',
  confirm: 'Onayla',
  severalChoices: 'Birden fazla yanıt seçebilirsiniz.',
  levels: {
    'very-satisfied': 'Çok memnunum',
    'fairly-satisfied': 'Memnunum',
    neither: 'Ne memnunum ne değilim',
    'fairly-dissatisfied': 'Memnun değilim',
    'very-dissatisfied': 'Hiç memnun değilim',
    yes: 'Evet',
    no: 'Hayır',
    'not-applicable': 'Benimle ilgili değil',
  },
  agreement: {
    'very-satisfied': 'Evet, tamamen',
    'fairly-satisfied': 'Daha çok evet',
    'fairly-dissatisfied': 'Daha çok hayır',
    'very-dissatisfied': 'Hayır, hiç',
  },

  suggestionHelp: 'Ad, adres veya sağlık bilgisi yazmayın. Kimsenin adını vermeyin.',
  themes: 'Bir ya da birkaç konuya dokunun veya yazın.',
  charactersLeft: { one: '{count} karakter kaldı.', other: '{count} karakter kaldı.' },
  send: 'Gönder',
  finishWithoutSuggestion: 'Öneri yazmadan bitir',

  thanks: 'Teşekkür ederiz!',
  kept: 'Görüşünüz bu tablete kaydedildi. Adınız olmadan gönderilecek.',
  returning: 'Bu ekran birkaç saniye içinde başa döner.',
  returnNow: 'Başa dön',

  idleQuestion: 'Devam etmek istiyor musunuz?',
  idleHelp: 'Yanıt vermezseniz bu ekran {seconds} saniye içinde başa döner ve gönderilmeyenleri siler.',
  secondsLeft: { one: '{count} saniye', other: '{count} saniye' },
  carryOn: 'Evet, devam et',
  stop: 'Hayır, bitir',

  outOfOrderTitle: 'Hizmet dışı',
  outOfOrderHelp: 'Bu tablet şu anda görüşünüzü kaydedemiyor.',
  outOfOrderWhom: 'Lütfen danışmaya bildirin.',
};
