import { useId } from 'preact/hooks';
import type { ThemePreview } from '../../protocol/themes.ts';
import { words } from '../words/words.ts';
import type { ThemeDraft } from './theme-draft.ts';

/** A theme's name and words, and how many texts they would classify once that was asked. */
export function ThemeFields(props: {
  draft: ThemeDraft;
  isReadOnly: boolean;
  preview: ThemePreview['themes'][number] | null;
  onChange: (draft: ThemeDraft) => void;
  onRemove: () => void;
}) {
  const { draft, isReadOnly, preview, onChange } = props;
  const id = useId();
  const text = words.themes.editor;
  return (
    <li class="theme-fields">
      <div class="theme-name">
        <label class="visually-hidden" for={`${id}-name`}>
          {text.name}
        </label>
        <input
          id={`${id}-name`}
          value={draft.name}
          maxLength={60}
          readOnly={isReadOnly}
          onInput={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        />
        {!isReadOnly && (
          <button
            type="button"
            class="button button-quiet button-small"
            aria-label={text.removeTheme(draft.name)}
            onClick={props.onRemove}
          >
            <span aria-hidden="true">×</span>
          </button>
        )}
      </div>
      <label class="visually-hidden" for={`${id}-words`}>
        {text.words(draft.name)}
      </label>
      <textarea
        id={`${id}-words`}
        rows={3}
        value={draft.words}
        readOnly={isReadOnly}
        spellcheck={false}
        onInput={(event) => onChange({ ...draft, words: event.currentTarget.value })}
      />
      {preview !== null && (
        <p class="theme-preview" role="status">
          {text.wouldBe(preview.texts, preview.textsNow)}
        </p>
      )}
    </li>
  );
}
