import { useState } from 'preact/hooks';
import { type NewSecondFactor, newSecondFactorSchema, recoveryCodesSchema } from '../../protocol/people.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { Notice } from '../components/notice.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { CodeForm } from './code-form.tsx';
import { QrCode } from './qr-code.tsx';

type Step =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'setting-up'; readonly factor: NewSecondFactor }
  | { readonly kind: 'set'; readonly recoveryCodes: readonly string[] }
  | { readonly kind: 'removing' };

/** The authenticator that is asked for beside the password: setting it up, its recovery codes, taking it away. */
export function SecondFactorSection() {
  const { api, renew } = useShell();
  const session = useSession();
  const [step, setStep] = useState<Step>({ kind: 'nothing' });
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.people.secondFactor;
  const { hasSecondFactor } = session.person;
  const note = (isSet: boolean) =>
    renew({ ...session, person: { ...session.person, hasSecondFactor: isSet } });

  const begin = async () => {
    const result = await api.send('POST', '/api/v1/account/second-factor', {}, newSecondFactorSchema);
    setFailure(result.ok ? null : failureText(result.error));
    if (result.ok) setStep({ kind: 'setting-up', factor: result.value });
  };
  const confirm = async (code: string) => {
    const result = await api.send('PUT', '/api/v1/account/second-factor', { code }, recoveryCodesSchema);
    setFailure(result.ok ? null : failureText(result.error));
    if (!result.ok) return;
    setStep({ kind: 'set', recoveryCodes: result.value.recoveryCodes });
    note(true);
  };
  const remove = async (code?: string) => {
    const asked = code === undefined ? {} : { code };
    const result = await api.sendOnly('POST', '/api/v1/account/second-factor/removal', asked);
    setFailure(result.ok ? null : failureText(result.error));
    if (!result.ok) return;
    setStep({ kind: 'nothing' });
    note(false);
  };

  return (
    <section class="card account stack">
      <h2>{text.heading}</h2>
      <p class="soft">{hasSecondFactor ? text.isSet : text.isUnset}</p>
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      {step.kind === 'setting-up' && (
        <>
          <ol class="steps">
            <li>{text.scan}</li>
            <li>{text.typeCode}</li>
          </ol>
          <div class="second-factor-setup">
            <QrCode text={step.factor.uri} />
            <div>
              <p class="field-hint">{text.byHand}</p>
              <p class="second-factor-secret">{grouped(step.factor.secret)}</p>
              <CopyButton label={text.copySecret} text={step.factor.secret} />
            </div>
          </div>
          <CodeForm submit={text.confirm} onCode={confirm} onCancel={() => setStep({ kind: 'nothing' })} />
        </>
      )}
      {step.kind === 'set' && (
        <Notice tone="done" title={text.recoveryHeading}>
          <p>{text.recoveryLead}</p>
          <ul class="recovery-codes">
            {step.recoveryCodes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <CopyButton label={text.copyCodes} text={step.recoveryCodes.join('\n')} />
        </Notice>
      )}
      {step.kind === 'removing' && !session.isFromMachine && (
        <CodeForm submit={text.remove} onCode={remove} onCancel={() => setStep({ kind: 'nothing' })} />
      )}
      {step.kind === 'removing' && session.isFromMachine && (
        <>
          <p>{text.removeFromMachine}</p>
          <div class="form-actions">
            <button type="button" class="button button-main" onClick={() => void remove()}>
              {text.remove}
            </button>
            <button type="button" class="button" onClick={() => setStep({ kind: 'nothing' })}>
              {words.shell.cancel}
            </button>
          </div>
        </>
      )}
      {(step.kind === 'nothing' || (step.kind === 'set' && !session.mustSetSecondFactor)) && (
        <p>
          {hasSecondFactor ? (
            <button type="button" class="button" onClick={() => setStep({ kind: 'removing' })}>
              {text.remove}
            </button>
          ) : (
            <button type="button" class="button" onClick={() => void begin()}>
              {text.begin}
            </button>
          )}
        </p>
      )}
    </section>
  );
}

/** By four, as it is read aloud and typed. */
function grouped(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
