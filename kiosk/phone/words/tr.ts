import type { PhoneWords } from './words.ts';

export const TURKISH: PhoneWords = {
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
};
