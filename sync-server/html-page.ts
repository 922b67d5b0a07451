import { type ComponentChildren, h, type VNode } from 'preact';
import { renderToStringAsync } from 'preact-render-to-string';

/** An element of a page that the server writes whole: what stands in it is text, never markup. */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string>> | null,
  ...children: ComponentChildren[]
): VNode {
  return h(tag, attributes, ...children);
}

/** A page of its own that needs no script. */
export async function htmlPage(
  {
    language,
    title,
    head = [],
  }: { readonly language: string; readonly title: string; readonly head?: readonly VNode[] },
  body: VNode,
): Promise<string> {
  const page = element(
    'html',
    { lang: language },
    element(
      'head',
      null,
      element('meta', { charset: 'utf-8' }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('title', null, title),
      ...head,
    ),
    body,
  );
  return `<!doctype html>\n${await renderToStringAsync(page)}\n`;
}
