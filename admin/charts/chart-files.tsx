import { useState } from 'preact/hooks';
import { saveFile } from '../components/save-file.ts';
import { words } from '../words/words.ts';
import type { ChartFile } from './chart-file.ts';
import './charts.css';

/** The two buttons under a chart: its picture and its data. What makes them is fetched when somebody asks. */
export function ChartFiles({ file }: { file: ChartFile }) {
  const [hasFailed, setHasFailed] = useState(false);
  const text = words.chartFiles;
  const savePicture = async () => {
    try {
      const { chartPng } = await import('./chart-png.ts');
      saveFile({ content: await chartPng(file), fileName: `${file.fileName}.png` });
      setHasFailed(false);
    } catch {
      setHasFailed(true);
    }
  };
  const saveData = async () => {
    const { chartCsv } = await import('./chart-csv.ts');
    const content = new Blob([chartCsv(file)], { type: 'text/csv;charset=utf-8' });
    saveFile({ content, fileName: `${file.fileName}.csv` });
  };
  return (
    <div class="chart-files no-print" role="group" aria-label={text.label}>
      <button
        type="button"
        class="button button-small"
        aria-label={text.of(text.png, file.title)}
        onClick={() => void savePicture()}
      >
        {text.png}
      </button>
      <button
        type="button"
        class="button button-small"
        aria-label={text.of(text.csv, file.title)}
        onClick={() => void saveData()}
      >
        {text.csv}
      </button>
      {hasFailed && <p role="alert">{text.failed}</p>}
    </div>
  );
}
