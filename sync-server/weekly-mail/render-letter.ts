import type { VNode } from 'preact';
import { element, htmlPage } from '../html-page.ts';
import type { LetterContent, LetterService, Link } from './letter.ts';

/** Mail programs know neither our sheet nor variables: the few styles stand where they are used. */
const STYLES = {
  body: 'margin:0;padding:24px 12px;background:#f4f5f2;color:#1d2327;font:16px/1.5 Arial,Helvetica,sans-serif',
  sheet: 'max-width:600px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px',
  heading: 'margin:0;font-size:26px;line-height:1.2',
  soft: 'margin:4px 0 20px;color:#4c565c',
  warning:
    'margin:0 0 20px;padding:10px 14px;background:#fff3d6;border-left:4px solid #8a5a00;font-weight:bold',
  finding: 'margin:0 0 20px;font-size:20px;line-height:1.35;font-weight:bold',
  toDo: 'margin:0 0 24px;padding:14px 16px;background:#e6f1ee;border-left:4px solid #0b5d51',
  service: 'margin:0;padding:16px 0;border-top:1px solid #d5dad7',
  name: 'margin:0 0 4px;font-size:18px;line-height:1.3',
  line: 'margin:0;color:#4c565c;font-size:15px',
  figure: 'margin:0 0 4px',
  link: 'color:#0b5d51;font-weight:bold',
  foot: 'margin:12px 0 0;color:#4c565c;font-size:13px',
} as const;

/** The letter as a page, for mail programs and for the preview. */
export async function letterHtml(letter: LetterContent): Promise<string> {
  return htmlPage(
    { language: 'fr', title: letter.subject },
    element('body', { style: STYLES.body }, element('main', { style: STYLES.sheet }, ...partsOf(letter))),
  );
}

function partsOf({ heading, days, warning, finding, toDo, services, notes, footer }: LetterContent): VNode[] {
  return [
    element('h1', { style: STYLES.heading }, heading),
    paragraph('soft', days),
    ...(warning === null ? [] : [paragraph('warning', warning)]),
    paragraph('finding', finding),
    element(
      'p',
      { style: STYLES.toDo },
      element('strong', null, `${toDo.label}\u00a0: `),
      toDo.text,
      ' ',
      linkOf(toDo.link),
    ),
    ...services.map(serviceOf),
    element('hr', { style: 'border:0;border-top:1px solid #d5dad7;margin:0' }),
    ...notes.map((note) => paragraph('foot', note)),
    element('p', { style: STYLES.foot }, footer.why, ' ', linkOf(footer.unsubscribe)),
  ];
}

function serviceOf({ name, figure, lines, link }: LetterService): VNode {
  return element('section', { style: STYLES.service }, [
    element('h2', { style: STYLES.name }, name),
    paragraph('figure', figure),
    ...lines.map((line) => paragraph('line', line)),
    element('p', { style: STYLES.line }, linkOf(link)),
  ]);
}

function paragraph(style: keyof typeof STYLES, text: string): VNode {
  return element('p', { style: STYLES[style] }, text);
}

function linkOf({ text, url }: Link): VNode {
  return element('a', { href: url, style: STYLES.link }, text);
}

/** The same letter for whoever reads text alone. */
export function letterText(letter: LetterContent): string {
  const { heading, days, warning, finding, toDo, services, notes, footer } = letter;
  const link = ({ text, url }: Link) => `${text}\u00a0: ${url}`;
  return `${[
    `${heading}, ${days}`,
    ...(warning === null ? [] : [warning]),
    finding,
    `${toDo.label}\u00a0: ${toDo.text}\n${link(toDo.link)}`,
    ...services.map(({ name, figure, lines, link: detail }) =>
      [name, figure, ...lines.map((line) => `– ${line}`), link(detail)].join('\n'),
    ),
    notes.join('\n'),
    `${footer.why}\n${link(footer.unsubscribe)}`,
  ].join('\n\n')}\n`;
}
