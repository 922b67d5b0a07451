import { describe, expect, it } from 'vitest';
import { codeInHtml } from './code-fetched.ts';

describe('codeInHtml', () => {
  it('finds what a built page names, by whatever way it is written', () => {
    const html = `<!doctype html><html><head>
      <link rel="stylesheet" crossorigin href="/kiosk/assets/a.css"><link href=b.js rel='modulepreload'>
      <link rel="manifest" href="/kiosk/manifest.webmanifest"><link rel="icon" href="/icons/icon.svg">
      <style>p { color: red }</style>
      <script type="module" crossorigin src="/kiosk/assets/c.js"></script><script>go()</script>`;
    expect(codeInHtml(html, 'http://localhost/kiosk/')).toEqual({
      urls: [
        'http://localhost/kiosk/assets/c.js',
        'http://localhost/kiosk/assets/a.css',
        'http://localhost/kiosk/b.js',
      ],
      inline: 'go()p { color: red }',
    });
  });

  it('does not take another attribute for the address', () => {
    expect(codeInHtml('<script data-src="no.js">x</script>', 'http://localhost/').urls).toEqual([]);
  });
});
