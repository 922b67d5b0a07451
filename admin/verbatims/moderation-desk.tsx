import { useState } from 'preact/hooks';
import type { ModerationConflict, Verbatim, VerbatimChange, VerbatimPage } from '../../protocol/verbatims.ts';
import { Notice } from '../components/notice.tsx';
import { words } from '../words/words.ts';
import { isToModerate, withVerbatim } from './apply-change.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { decisionText } from './conflict-text.ts';
import { HideDialog } from './hide-dialog.tsx';
import { KeyedButton } from './keyed-button.tsx';
import { ModerationCard } from './moderation-card.tsx';
import { ModerationEnd } from './moderation-end.tsx';
import { areKeysOn, type KeyedDeed, setKeys, useKeys } from './moderation-keys.ts';
import { useChange, withConflict } from './use-change.ts';

type Decision = Extract<VerbatimChange, { readonly version: number }>;

interface Conflict {
  readonly current: ModerationConflict;
  readonly wanted: Decision;
}

/** One text after the other, each decided with one key or one touch. What was decided stays in the round, so that it can be gone back to. */
export function ModerationDesk(props: {
  page: VerbatimPage;
  replace: (change: (page: VerbatimPage) => VerbatimPage) => void;
  reload: () => void;
}) {
  const { page, replace } = props;
  const ask = useChange();
  const [index, setIndex] = useState(0);
  const [keysOn, setKeysOn] = useState(areKeysOn);
  const [isHiding, setIsHiding] = useState(false);
  const [last, setLast] = useState<Verbatim | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const text = words.moderation;
  const count = page.verbatims.length;
  const verbatim = page.verbatims[index];

  const goTo = (wanted: number) => {
    setConflict(null);
    setFailure(null);
    setIndex(Math.min(count, Math.max(0, wanted)));
  };

  /** Tells what kept it from being done; null when it is done. */
  const decide = async (about: Verbatim, wanted: Decision): Promise<string | null> => {
    const changed = await ask(about, wanted);
    if (changed.kind === 'failed') {
      setFailure(changed.text);
      return changed.text;
    }
    if (changed.kind === 'conflict') {
      replace((current) => withVerbatim(current, withConflict(about, changed.current)));
      setConflict({ current: changed.current, wanted });
      return `${text.conflict.title}. ${text.conflict.theirs} ${decisionText(changed.current)}.`;
    }
    replace((current) => withVerbatim(current, changed.verbatim));
    setConflict(null);
    setFailure(null);
    setSaid(text.said[wanted.change]);
    if (wanted.change === 'release' || wanted.change === 'hide') {
      setLast(changed.verbatim);
      setIndex((at) => Math.min(count, at + 1));
    }
    return null;
  };

  const undo = async () => {
    if (last === null) return;
    const about = page.verbatims.find(({ responseId }) => responseId === last.responseId) ?? last;
    if ((await decide(about, { change: 'reopen', version: about.version })) !== null) return;
    setLast(null);
    goTo(page.verbatims.findIndex(({ responseId }) => responseId === about.responseId));
  };

  const onDeed = (deed: KeyedDeed) => {
    if (deed === 'next') return goTo(index + 1);
    if (deed === 'previous') return goTo(index - 1);
    if (deed === 'undo') return void undo();
    if (verbatim === undefined) return;
    if (deed === 'hide') return setIsHiding(true);
    if (deed === 'release') return void decide(verbatim, { change: 'release', version: verbatim.version });
    const { original, version } = verbatim;
    if (original !== null && original.proposals.length > 0)
      void decide(verbatim, { change: 'mask', version, masks: [...original.masks, ...original.proposals] });
  };
  useKeys(keysOn && !isHiding, onDeed);
  const button = { areKeysOn: keysOn, onDeed };

  return (
    <div class="moderation">
      <p class="visually-hidden" role="status">
        {said}
      </p>
      <div class="moderation-head">
        <p class="soft">{text.waiting(page.toModerateCount)}</p>
        <label class="keys-choice no-print" title={text.keys.isOnHelp}>
          <input
            type="checkbox"
            checked={keysOn}
            onChange={(event) => {
              setKeysOn(event.currentTarget.checked);
              setKeys(event.currentTarget.checked);
            }}
          />
          {text.keys.isOn}
        </label>
      </div>
      {failure !== null && (
        <Notice tone="fault">
          <p>{failure}</p>
        </Notice>
      )}
      {conflict !== null && verbatim !== undefined && !isHiding && (
        <ConflictNotice
          {...conflict}
          onKeep={() => goTo(index + 1)}
          onApply={() => void decide(verbatim, { ...conflict.wanted, version: verbatim.version })}
        />
      )}
      {verbatim === undefined ? (
        <ModerationEnd page={page} onReload={props.reload} />
      ) : (
        <ModerationCard
          verbatim={verbatim}
          position={text.position(index + 1, count)}
          areKeysOn={keysOn}
          onMasks={(masks) =>
            void decide(verbatim, { change: 'mask', version: verbatim.version, masks: [...masks] })
          }
        />
      )}
      <div class="moderation-bar no-print" role="group" aria-label={text.heading}>
        <div class="moderation-moves">
          <KeyedButton {...button} deed="previous" class="button-quiet" isDisabled={index === 0}>
            {text.previous}
          </KeyedButton>
          <span class="soft small">{verbatim !== undefined && text.position(index + 1, count)}</span>
          <KeyedButton {...button} deed="next" class="button-quiet" isDisabled={verbatim === undefined}>
            {text.next}
          </KeyedButton>
        </div>
        {last !== null && (
          <KeyedButton {...button} deed="undo" class="button-quiet">
            {text.undo}
          </KeyedButton>
        )}
        {verbatim !== undefined && (
          <>
            {!isToModerate(verbatim) && (
              <button
                type="button"
                class="button button-quiet"
                onClick={() => void decide(verbatim, { change: 'reopen', version: verbatim.version })}
              >
                {text.reopen}
              </button>
            )}
            <KeyedButton {...button} deed="hide">
              {text.hide}
            </KeyedButton>
            <KeyedButton
              {...button}
              deed="release"
              class="button-main"
              isDisabled={verbatim.released !== null}
            >
              {text.release}
            </KeyedButton>
          </>
        )}
      </div>
      {isHiding && verbatim !== undefined && (
        <HideDialog
          onClose={() => setIsHiding(false)}
          onHide={async (why) => {
            const fault = await decide(verbatim, { change: 'hide', version: verbatim.version, ...why });
            if (fault === null) setIsHiding(false);
            return fault;
          }}
        />
      )}
    </div>
  );
}
