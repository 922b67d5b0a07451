import type { BrowserContext, ConsoleMessage } from 'playwright-core';

/** What a page was refused by its content security policy, or complained of. */
export interface PolicyWatch {
  /** One line for each violation and each error in the console so far. */
  readonly complaints: readonly string[];
}

/**
 * Listens in every page a context opens from now on, for violations of the policy and for errors.
 *
 * @param isExpected tells the errors a test provokes on purpose, such as a server that is down
 */
export async function watchPolicy(
  context: BrowserContext,
  isExpected: (line: string) => boolean = () => false,
): Promise<PolicyWatch> {
  const complaints: string[] = [];
  const complain = (line: string) => {
    if (!isExpected(line)) complaints.push(line);
  };
  await context.exposeBinding('reportViolation', (_source, line: string) => complain(line));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const line = `${location.pathname}: ${event.effectiveDirective} refused ${event.blockedURI} (${event.sample})`;
      (window as unknown as { reportViolation(line: string): void }).reportViolation(line);
    });
  });
  context.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') complain(`${message.page()?.url() ?? ''}: ${message.text()}`);
  });
  context.on('weberror', (error) => complain(`${error.page()?.url() ?? ''}: ${error.error().message}`));
  return { complaints };
}
