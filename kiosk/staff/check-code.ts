import type { StaffCodeProof } from '../../protocol/staff-code.ts';

/** Whether these digits are the staff's code, without network. Rejects where the page may not use cryptography. */
export async function isStaffCode(
  code: string,
  { iterations, salt, hash }: StaffCodeProof,
): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const made = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations },
    key,
    256,
  );
  return btoa(String.fromCharCode(...new Uint8Array(made))) === hash;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
