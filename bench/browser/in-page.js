// Runs in both measured pages before any script of theirs, and tells what it saw through the binding `benchReport`.

const now = performance.now.bind(performance);
let skippedMs = 0;

/** Lets the page believe that so long has passed. What is measured here goes by the clock as it is. */
globalThis.skipTime = (ms) => {
  skippedMs += ms;
  performance.now = () => now() + skippedMs;
};

/**
 * Reports once, in milliseconds since the navigation began, the moment a face can be touched: it is there, a finger on
 * its middle would hit it, a click (or the change a click makes) is listened to on it, in it or around it, and the frame
 * that shows it has been painted.
 */
globalThis.reportFirstFace = (selector) => {
  const listening = new WeakSet();
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function listen(type, ...rest) {
    if ((type === 'click' || type === 'change') && this instanceof Element) listening.add(this);
    return addEventListener.call(this, type, ...rest);
  };

  const isTouchable = (face) => {
    const { x, y, width, height } = face.getBoundingClientRect();
    const hit = width * height > 0 ? document.elementFromPoint(x + width / 2, y + height / 2) : null;
    if (hit === null || !face.contains(hit)) return false;
    for (let node = hit; node !== null; node = node.parentElement) if (listening.has(node)) return true;
    return [...face.querySelectorAll('input')].some((input) => listening.has(input));
  };

  const look = () => {
    const face = document.querySelector(selector);
    if (face === null || !isTouchable(face)) requestAnimationFrame(look);
    else requestAnimationFrame(() => globalThis.benchReport(JSON.stringify({ readyMs: now() })));
  };
  requestAnimationFrame(look);
};

const shown = () =>
  [
    document.querySelector('[data-screen]')?.dataset.screen,
    document.querySelector('[data-item]')?.dataset.item,
  ].join('/');

/**
 * Reports, for each lifted finger that leads to another screen or question, the milliseconds from the moment the
 * browser got the lift to the first frame after the one that shows it (so: it has been painted).
 */
globalThis.reportNextPaints = () => {
  let lift = null;
  addEventListener(
    'pointerup',
    (event) => {
      lift = { atMs: event.timeStamp, from: shown() };
    },
    { capture: true, passive: true },
  );
  new MutationObserver(() => {
    const to = shown();
    if (lift === null || to === lift.from) return;
    const { atMs, from } = lift;
    lift = null;
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        globalThis.benchReport(JSON.stringify({ paintMs: now() - atMs, from, to })),
      ),
    );
  }).observe(document, { subtree: true, childList: true, attributes: true });
};
