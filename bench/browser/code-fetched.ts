import type { Page } from './page.ts';

/** Code a page is made of: a script or a style sheet, whole and decoded. */
export interface CodeFile {
  readonly url: string;
  readonly bytes: Buffer;
}

const CODE_MIME = /javascript|ecmascript|css/;

/**
 * Notes every script and style sheet that a page fetches from now on, whatever asks for it.
 *
 * @returns what was fetched so far, each file once
 */
export async function watchCode(page: Page): Promise<() => Promise<readonly CodeFile[]>> {
  const urlByRequest = new Map<string, string>();
  page.on(
    'Network.responseReceived',
    ({ requestId, response }: { requestId: string; response: { url: string; mimeType: string } }) => {
      if (CODE_MIME.test(response.mimeType)) urlByRequest.set(requestId, response.url);
    },
  );
  await page.send('Network.enable');
  return async () => {
    const files = new Map<string, CodeFile>();
    for (const [requestId, url] of urlByRequest) {
      const { body, base64Encoded } = await page.send<{ body: string; base64Encoded: boolean }>(
        'Network.getResponseBody',
        { requestId },
      );
      files.set(url, { url, bytes: Buffer.from(body, base64Encoded ? 'base64' : 'utf8') });
    }
    return [...files.values()];
  };
}

/** The addresses of the scripts, modules and style sheets that a page's HTML names, and the code written into it. */
export function codeInHtml(html: string, pageUrl: string): { urls: readonly string[]; inline: string } {
  const urls: string[] = [];
  let inline = '';
  for (const [, attributes = '', body = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    const source = attributeOf(attributes, 'src');
    if (source !== undefined) urls.push(new URL(source, pageUrl).href);
    else inline += body;
  }
  for (const [, body = ''] of html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/gi)) inline += body;
  for (const [, attributes = ''] of html.matchAll(/<link\b([^>]*)>/gi)) {
    const address = attributeOf(attributes, 'href');
    if (address !== undefined && /stylesheet|modulepreload/.test(attributeOf(attributes, 'rel') ?? ''))
      urls.push(new URL(address, pageUrl).href);
  }
  return { urls, inline };
}

function attributeOf(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
    attributes,
  );
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
