import * as v from 'valibot';
import { useState } from 'preact/hooks';
import {
  type ThemeList,
  themeListSchema,
  type ThemePreview,
  themePreviewSchema,
} from '../../protocol/themes.ts';
import { Notice } from '../components/notice.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { formatAgo } from '../words/format.ts';
import { words } from '../words/words.ts';
import { draftOf, newThemeId, type ThemeDraft, themesOf } from './theme-draft.ts';
import { ThemeFields } from './theme-fields.tsx';

/** The list of words of an organisation: what a change would do is told before it is made, and nothing that was typed is lost. */
export function ThemeEditor(props: { list: ThemeList; onSaved: (list: ThemeList) => void }) {
  const { list, onSaved } = props;
  const { api, now } = useShell();
  const { timeZone } = useSession();
  const [drafts, setDrafts] = useState(() => draftOf(list.themes));
  const [preview, setPreview] = useState<ThemePreview['themes'] | null>(null);
  const [conflict, setConflict] = useState<ThemeList | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const text = words.themes.editor;
  const path = `/api/v1/themes/${encodeURIComponent(list.organisationId)}`;

  const change = (next: readonly ThemeDraft[]) => {
    setDrafts(next);
    setPreview(null);
    setSaid(null);
  };
  const look = async () => {
    setIsSending(true);
    const result = await api.send(
      'POST',
      `${path}/preview`,
      { themes: themesOf(drafts) },
      themePreviewSchema,
    );
    setIsSending(false);
    setFailure(result.ok ? null : failureText(result.error));
    setPreview(result.ok ? result.value.themes : null);
  };
  const save = async (version: number) => {
    setIsSending(true);
    const result = await api.send('PUT', path, { version, themes: themesOf(drafts) }, themeListSchema);
    setIsSending(false);
    if (result.ok) {
      setConflict(null);
      setFailure(null);
      setPreview(null);
      setSaid(
        result.value.pendingTexts === 0
          ? text.saved
          : `${text.saved} ${text.pending(result.value.pendingTexts)}`,
      );
      return onSaved(result.value);
    }
    const current =
      result.error.kind === 'problem' ? v.safeParse(themeListSchema, result.error.problem.current) : null;
    if (current?.success === true) setConflict(current.output);
    else setFailure(failureText(result.error));
  };

  return (
    <section class="stack" aria-labelledby="theme-list">
      <h2 id="theme-list">{text.heading}</h2>
      <p class="soft">{text.explain}</p>
      <p class="soft small">
        {list.changed === null
          ? text.neverChanged
          : text.changed(list.changed.by, formatAgo(list.changed.at, now(), timeZone))}
      </p>
      {!list.mayChange && <p>{text.readOnly}</p>}
      <ul class="theme-list">
        {drafts.map((draft) => (
          <ThemeFields
            key={draft.themeId}
            draft={draft}
            isReadOnly={!list.mayChange}
            preview={preview?.find(({ themeId }) => themeId === draft.themeId) ?? null}
            onChange={(changed) =>
              change(drafts.map((one) => (one.themeId === draft.themeId ? changed : one)))
            }
            onRemove={() => change(drafts.filter(({ themeId }) => themeId !== draft.themeId))}
          />
        ))}
      </ul>
      {conflict !== null && (
        <Notice tone="fault">
          <p>{text.conflict(conflict.changed?.by ?? text.somebody)}</p>
          <div class="theme-actions">
            <button
              type="button"
              class="button"
              onClick={() => {
                change(draftOf(conflict.themes));
                onSaved(conflict);
                setConflict(null);
              }}
            >
              {text.takeTheirs}
            </button>
            <button type="button" class="button" onClick={() => void save(conflict.version)}>
              {text.overwrite}
            </button>
          </div>
        </Notice>
      )}
      {failure !== null && (
        <Notice tone="fault">
          <p>{failure}</p>
        </Notice>
      )}
      {said !== null && (
        <Notice tone="done">
          <p>{said}</p>
        </Notice>
      )}
      {list.mayChange && (
        <div class="theme-actions">
          <button
            type="button"
            class="button button-quiet"
            onClick={() =>
              change([...drafts, { themeId: newThemeId(drafts), name: text.newName, words: '' }])
            }
          >
            {text.add}
          </button>
          <button type="button" class="button" disabled={isSending} onClick={() => void look()}>
            {text.preview}
          </button>
          <button
            type="button"
            class="button button-main"
            disabled={isSending}
            onClick={() => void save(list.version)}
          >
            {text.save}
          </button>
        </div>
      )}
    </section>
  );
}
