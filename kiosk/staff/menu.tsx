import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useHeadingFocus } from '../visit/use-heading-focus.ts';
import { STAFF_WORDS } from '../words/fr/staff-words.ts';
import { type Facts, gatherFacts } from './facts.ts';
import { FactsList } from './facts-list.tsx';
import { makeRescueFile, saveFile } from './rescue-file.ts';
import type { StaffPorts } from './staff-ports.ts';
import type { Trial } from './trial.tsx';

const words = STAFF_WORDS.actions;
const LOOK_EVERY_MS = 1_000;

interface Props {
  readonly ports: StaffPorts;
  readonly trial: Trial;
  readonly onChangePlace: () => void;
  readonly onLeave: () => void;
}

/** What the tablet is and holds, and what staff can do about it. */
export function Menu({ ports, trial, onChangePlace, onLeave }: Props): JSX.Element {
  const heading = useHeadingFocus('menu');
  const facts = useFacts(ports);
  const [said, setSaid] = useState<string | null>(null);
  const { engine, page } = ports;

  async function rescue(): Promise<void> {
    const [held, { memory }] = [await ports.outbox.everything(), engine];
    const file =
      held.ok && memory !== null ? await makeRescueFile(memory, held.value, ports.clock.now()) : null;
    if (file === null) return setSaid(words.notRescued);
    saveFile(page, file);
    setSaid(words.rescued(file.entries.length));
  }
  async function fillScreen(): Promise<void> {
    try {
      await page.documentElement.requestFullscreen({ navigationUI: 'hide' });
    } catch {
      setSaid(words.noFullScreen);
    }
  }

  return (
    <main class="staff-menu">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {STAFF_WORDS.title}
        </h1>
        <button type="button" class="button button-main" onClick={onLeave}>
          {STAFF_WORDS.leave}
        </button>
      </header>
      {facts !== null && <FactsList facts={facts} />}
      <p class="staff-said" role="status">
        {said}
      </p>
      <div class="staff-actions">
        <Action
          label={words.send}
          onPress={() => {
            engine.networkMayBeBack();
            setSaid(words.sending);
          }}
        />
        <Action
          label={engine.isTesting ? words.endTrial : words.trial}
          onPress={() => {
            if (engine.isTesting) trial.end();
            else trial.begin();
            onLeave();
          }}
        />
        <Action label={words.place} onPress={onChangePlace} />
        <Action label={words.rescue} onPress={() => void rescue()} />
        {facts?.isUpdateWaiting === true ? (
          <Action
            label={words.update}
            onPress={() => {
              setSaid(words.updating);
              ports.updates()?.apply();
            }}
          />
        ) : (
          <Action label={words.upToDate} onPress={null} />
        )}
        {page.fullscreenEnabled && page.fullscreenElement === null && (
          <Action label={words.fullScreen} onPress={() => void fillScreen()} />
        )}
      </div>
    </main>
  );
}

function Action({
  label,
  onPress,
}: {
  readonly label: string;
  readonly onPress: (() => void) | null;
}): JSX.Element {
  return (
    <button type="button" class="button" disabled={onPress === null} onClick={() => onPress?.()}>
      {label}
    </button>
  );
}

/** The figures, looked at anew each second for as long as they are shown. */
function useFacts(ports: StaffPorts): Facts | null {
  const [facts, setFacts] = useState<Facts | null>(null);
  useEffect(() => {
    let isShown = true;
    let callOff: (() => void) | null = null;
    const look = async (): Promise<void> => {
      const seen = await gatherFacts(ports);
      if (!isShown) return;
      setFacts(seen);
      callOff = ports.clock.after(LOOK_EVERY_MS, () => void look());
    };
    void look();
    return () => {
      isShown = false;
      callOff?.();
    };
  }, [ports]);
  return facts;
}
