import { useState } from 'preact/hooks';
import { CHANNELS, type Channel } from '../../domain/answers.ts';
import { periodToText } from '../../domain/periods.ts';
import { Page } from '../components/page.tsx';
import { addressOf } from '../shell/api.ts';
import { PeriodPicker } from '../shell/period-picker.tsx';
import { useSession } from '../shell/session.tsx';
import { useExplicitPeriod, useView } from '../shell/view.ts';
import { words } from '../words/words.ts';
import { ExportProgressBlock } from './export-progress.tsx';
import { useDownload } from './use-download.ts';
import './exports-page.css';

const FORMATS = ['csv', 'xlsx', 'ods', 'codes-csv', 'json', 'parquet'] as const;
type Format = (typeof FORMATS)[number];
const PATHS: Readonly<Record<Format, string>> = {
  csv: 'responses.csv',
  xlsx: 'responses.xlsx',
  ods: 'responses.ods',
  'codes-csv': 'responses-codes.csv',
  json: 'responses.json',
  parquet: 'responses.parquet',
};

/** Responses one by one: which, in what, how far it is, and the way to stop it. */
export function ExportsPage() {
  const handle = useView();
  useExplicitPeriod(handle);
  const { services } = useSession();
  const keyOf = ({ organisationId, serviceId }: (typeof services)[number]) =>
    `${organisationId}/${serviceId}`;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(services.map(keyOf)));
  const [channels, setChannels] = useState<ReadonlySet<Channel>>(() => new Set(CHANNELS));
  const [format, setFormat] = useState<Format>('csv');
  const download = useDownload();
  const text = words.exports.page;
  const isNothing = chosen.size === 0 || channels.size === 0;
  const start = () =>
    download.start((exportId) =>
      addressOf(`/api/v1/exports/${PATHS[format]}`, {
        period: periodToText(handle.period),
        services: chosen.size === services.length ? null : [...chosen].join(','),
        channels: channels.size === CHANNELS.length ? null : [...channels].join(','),
        exportId,
      }),
    );
  const evidenceAddress = (ending: 'pdf' | 'ods') =>
    addressOf(`/api/v1/exports/evidence.${ending}`, { period: periodToText(handle.period) });
  return (
    <Page title={text.title} heading={text.title} lead={text.lead}>
      <PeriodPicker handle={handle} hasComparison={false} />
      <form
        class="export-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isNothing) void start();
        }}
      >
        <Choices
          legend={text.services}
          choices={services.map((service) => ({
            key: keyOf(service),
            label: service.serviceName,
            hint: service.siteName,
          }))}
          chosen={chosen}
          onChosen={setChosen}
        />
        <Choices
          legend={text.channels}
          choices={CHANNELS.map((channel) => ({ key: channel, label: text.channelNames[channel] }))}
          chosen={channels}
          onChosen={setChannels}
        />
        <fieldset class="export-choices">
          <legend>{text.format}</legend>
          {FORMATS.map((one) => (
            <label key={one} class="export-choice">
              <input
                type="radio"
                name="format"
                value={one}
                checked={one === format}
                onChange={() => setFormat(one)}
              />
              <span>
                {text.formats[one].name} <span class="export-hint">{text.formats[one].hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="export-actions">
          <button
            type="submit"
            class="button button-main"
            disabled={isNothing || download.state.kind === 'running'}
          >
            {text.start}
          </button>
          <a class="button button-quiet" href="/api/v1/exports/codebook.csv" download="">
            {text.codebook}
          </a>
        </div>
        {isNothing && <p class="soft">{text.nothingChosen}</p>}
        <ExportProgressBlock state={download.state} onCancel={download.cancel} />
      </form>
      <p class="soft">{text.note}</p>
      <section class="export-evidence">
        <h2>{text.evidence}</h2>
        <p>{text.evidenceLead}</p>
        <div class="export-actions">
          <a class="button" href={evidenceAddress('pdf')} download="">
            {text.evidencePdf}
          </a>
          <a class="button" href={evidenceAddress('ods')} download="">
            {text.evidenceOds}
          </a>
        </div>
      </section>
    </Page>
  );
}

function Choices<Key extends string>(props: {
  legend: string;
  choices: readonly { readonly key: Key; readonly label: string; readonly hint?: string }[];
  chosen: ReadonlySet<Key>;
  onChosen: (chosen: ReadonlySet<Key>) => void;
}) {
  const { chosen, onChosen } = props;
  const turn = (key: Key, isOn: boolean) => {
    const next = new Set(chosen);
    if (isOn) next.add(key);
    else next.delete(key);
    onChosen(next);
  };
  return (
    <fieldset class="export-choices">
      <legend>{props.legend}</legend>
      {props.choices.map(({ key, label, hint }) => (
        <label key={key} class="export-choice">
          <input
            type="checkbox"
            value={key}
            checked={chosen.has(key)}
            onChange={(event) => turn(key, event.currentTarget.checked)}
          />
          <span>
            {label} {hint !== undefined && <span class="export-hint">{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
