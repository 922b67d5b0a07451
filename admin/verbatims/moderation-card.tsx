import { useEffect, useRef } from 'preact/hooks';
import { type Mask, maskedText } from '../../domain/masking.ts';
import type { Verbatim } from '../../protocol/verbatims.ts';
import { words } from '../words/words.ts';
import { MaskTools } from './mask-tools.tsx';
import { MaskedParts } from './masked-parts.tsx';
import { VerbatimHead } from './verbatim-head.tsx';
import { VerbatimTrace } from './verbatim-trace.tsx';

/** The text that is being decided about. It takes the focus when another takes its place, so that it is read out. */
export function ModerationCard(props: {
  verbatim: Verbatim;
  position: string;
  areKeysOn: boolean;
  onMasks: (masks: readonly Mask[]) => void;
}) {
  const { verbatim, position } = props;
  const { original } = verbatim;
  const ref = useRef<HTMLElement>(null);
  const shown = useRef(verbatim.responseId);
  useEffect(() => {
    if (shown.current !== verbatim.responseId) ref.current?.focus();
    shown.current = verbatim.responseId;
  }, [verbatim.responseId]);
  return (
    <article ref={ref} class="verbatim moderated" tabIndex={-1} aria-label={position}>
      <VerbatimHead verbatim={verbatim} />
      <blockquote class="verbatim-text" lang={verbatim.language} dir="auto">
        {original === null ? verbatim.text : <MaskedParts {...original} />}
      </blockquote>
      {original !== null && original.masks.length > 0 && (
        <div class="masked-preview">
          <h2>{words.moderation.preview}</h2>
          <blockquote class="verbatim-text" lang={verbatim.language} dir="auto">
            {maskedText(original.text, original.masks)}
          </blockquote>
        </div>
      )}
      <div class="verbatim-traces">
        <VerbatimTrace verbatim={verbatim} />
      </div>
      {original !== null && (
        <MaskTools
          key={verbatim.responseId}
          original={original}
          areKeysOn={props.areKeysOn}
          onMasks={props.onMasks}
        />
      )}
    </article>
  );
}
