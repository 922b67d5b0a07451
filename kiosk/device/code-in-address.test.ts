import { expect, it } from 'vitest';
import { takeCodeFromAddress } from './code-in-address.ts';

function open(address: string) {
  const { hash, pathname, search } = new URL(address, 'https://kiosk.example');
  const replaced: string[] = [];
  const history = {
    replaceState: (_state: unknown, _title: string, next: string) => void replaced.push(next),
  };
  const code = takeCodeFromAddress({ hash, pathname, search } as Location, history as unknown as History);
  return { code, replaced };
}

it('takes the secret of an enrolment link out of the address', () => {
  expect(open('/kiosk/#code=s3cret-%2B')).toEqual({ code: 's3cret-+', replaced: ['/kiosk/'] });
});

it.each(['/kiosk/', '/kiosk/#', '/kiosk/#other=1', '/kiosk/#code='])('leaves %s alone', (address) => {
  expect(open(address)).toEqual({ code: null, replaced: [] });
});
