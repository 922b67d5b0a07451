/** The cache in which the page leaves its first screen for the service worker. */
export const FIRST_SCREENS = 'parvis-first-screens';
