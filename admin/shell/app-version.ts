import { version } from '../../package.json';

/** The version of the web view, as the package says. */
export const APP_VERSION: string = version;
