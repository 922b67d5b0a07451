import { Menu } from '../components/menu.tsx';
import { addressOf } from '../shell/api.ts';
import { PAGES } from '../shell/url-state.ts';
import { words } from '../words/words.ts';
import './export-menu.css';

/** Downloads what is on screen: the links carry the very parameters the screen was asked with. */
export function ExportMenu(props: {
  kind: 'overview' | 'service' | 'verbatims';
  query: Readonly<Record<string, string | null>>;
}) {
  const text = words.exports;
  const address = (format: 'csv' | 'xlsx' | 'ods') =>
    addressOf(`/api/v1/exports/${props.kind}.${format}`, props.query);
  return (
    <Menu label={text.open}>
      <a href={address('csv')} download="">
        <strong>{text.csv}</strong> <span class="export-hint">{text.csvHint}</span>
      </a>
      <a href={address('xlsx')} download="">
        <strong>{text.xlsx}</strong> <span class="export-hint">{text.xlsxHint}</span>
      </a>
      <a href={address('ods')} download="">
        <strong>{text.ods}</strong> <span class="export-hint">{text.odsHint}</span>
      </a>
      <a href={addressOf(PAGES.exports, { period: props.query['period'] })}>
        <strong>{text.responses}</strong> <span class="export-hint">{text.responsesHint}</span>
      </a>
      <button type="button" onClick={() => window.print()}>
        <strong>{text.print}</strong> <span class="export-hint">{text.printHint}</span>
      </button>
    </Menu>
  );
}
