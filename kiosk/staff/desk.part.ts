import { closedAt } from './closed.ts';
import { watchCorner } from './corner.ts';
import type { StaffPorts } from './staff-ports.ts';
import type { StaffMenu } from './staff.part.tsx';

export interface DeskPorts extends StaffPorts {
  readonly loadMenu: () => Promise<typeof import('./staff.part.tsx')>;
  readonly loadQuiet: () => Promise<typeof import('./quiet.part.tsx')>;
}

const LOOK_EVERY_MS = 15_000;
/** After closing time the screen stays bright for whoever is still there. */
const UNTOUCHED_MS = 120_000;

/** What runs beside the visits for the desk: the way to its menu, and the quiet screen while the reception is closed. */
export function attend(ports: DeskPorts): () => void {
  const stopCorner = attendCorner(ports);
  const stopHours = attendHours(ports);
  return () => {
    stopCorner();
    stopHours();
  };
}

/** Where nobody is in the middle of an answer. */
function isFree({ view }: DeskPorts['engine']): boolean {
  return view.kind === 'outOfOrder' || (view.kind === 'serving' && view.visit.kind === 'attracting');
}

function attendCorner(ports: DeskPorts): () => void {
  const { engine, page, clock } = ports;
  let menu: StaffMenu | null = null;

  async function open(): Promise<void> {
    try {
      menu ??= (await ports.loadMenu()).createStaffMenu(ports);
      if (isFree(engine)) menu.open();
    } catch {
      engine.noteError('staff-menu-not-loaded');
    }
  }

  const stop = watchCorner(page, clock, () => void open());
  return () => {
    stop();
    menu?.close();
  };
}

function attendHours(ports: DeskPorts): () => void {
  const { engine, page, clock } = ports;
  let touchedAt = clock.elapsed();
  let takeOff: (() => void) | null = null;
  let isLoading = false;
  let callOff = clock.after(LOOK_EVERY_MS, onTime);

  function wake(): void {
    touchedAt = clock.elapsed();
    takeOff?.();
    takeOff = null;
  }

  function onTime(): void {
    callOff = clock.after(LOOK_EVERY_MS, onTime);
    look();
  }

  function look(): void {
    const { view, contact } = engine;
    const isHome = view.kind === 'serving' && view.visit.kind === 'attracting';
    // A tablet's calendar may be wrong; the server's word puts it right.
    const closed = isHome ? closedAt(view.assignment, clock.now() + (contact?.clockOffsetMs ?? 0)) : null;
    if (closed === null) {
      takeOff?.();
      takeOff = null;
      return;
    }
    const isUntouched = clock.elapsed() - touchedAt >= UNTOUCHED_MS;
    if (
      !isHome ||
      takeOff !== null ||
      isLoading ||
      !isUntouched ||
      page.querySelector('[data-staff]') !== null
    )
      return;
    isLoading = true;
    ports
      .loadQuiet()
      .then(({ showQuiet }) => {
        if (clock.elapsed() - touchedAt >= UNTOUCHED_MS)
          takeOff = showQuiet(page, view.assignment, closed, wake);
      })
      .catch(() => engine.noteError('quiet-screen-not-loaded'))
      .finally(() => {
        isLoading = false;
      });
  }

  const watching = new AbortController();
  const { signal } = watching;
  page.addEventListener(
    'pointerdown',
    () => {
      touchedAt = clock.elapsed();
    },
    { signal, capture: true, passive: true },
  );
  page.addEventListener('keydown', wake, { signal, capture: true, passive: true });
  return () => {
    watching.abort();
    callOff();
    takeOff?.();
  };
}
