import { describe, expect, it } from 'vitest';
import { checkReply } from './load.ts';

const push = { batchId: 'b', responseIds: ['1', '2'], body: Buffer.alloc(0) };
const reply = (verdicts: readonly unknown[], batchId = 'b') => JSON.stringify({ batchId, verdicts });
const accepted = (responseId: string) => ({ responseId, verdict: 'accepted' });

describe('checkReply', () => {
  it('takes a reply that accepts each entry', () => {
    expect(() => checkReply(push, 201, reply([accepted('1'), accepted('2')]))).not.toThrow();
  });

  it('refuses whatever acknowledges less', () => {
    expect(() => checkReply(push, 200, reply([accepted('1'), accepted('2')]))).toThrow('200');
    expect(() => checkReply(push, 201, reply([accepted('1'), accepted('2')], 'other'))).toThrow('batchId');
    expect(() => checkReply(push, 201, reply([accepted('1')]))).toThrow('Not every');
    expect(() => checkReply(push, 201, reply([accepted('2'), accepted('1')]))).toThrow('Not every');
    expect(() =>
      checkReply(push, 201, reply([accepted('1'), { responseId: '2', verdict: 'quarantined' }])),
    ).toThrow('quarantined');
    expect(() => checkReply(push, 201, '{}')).toThrow('batchId');
    expect(() => checkReply(push, 201, '{"batchId":"b"}')).toThrow('Not every');
  });
});
