const CACHE = 'bare';

addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(['./', 'bare.css', 'bare.js'])));
});

addEventListener('fetch', (event) => {
  event.respondWith(caches.match(event.request).then((reply) => reply ?? fetch(event.request)));
});
