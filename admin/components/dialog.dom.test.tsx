import { render } from 'preact';
import { afterEach, expect, it } from 'vitest';
import { Dialog } from './dialog.tsx';

const host = document.createElement('div');
afterEach(() => {
  render(null, host);
  host.remove();
});

it('is open as soon as it is on the page, before anything is painted', () => {
  document.body.append(host);
  render(
    <Dialog heading="Inviter une personne">
      <input name="name" />
    </Dialog>,
    host,
  );
  expect(host.querySelector('dialog')?.open).toBe(true);
});
