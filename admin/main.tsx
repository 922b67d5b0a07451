// The sheets of all pages come first, so that each component's own may differ from them.
import './shell/tokens.css';
import './shell/base.css';
import { render } from 'preact';
import { App } from './shell/app.tsx';
import { linkTokenOf } from './shell/sign-in-link.ts';
import { PAGES } from './shell/url-state.ts';
import './shell/print.css';

const linkToken = linkTokenOf(location.hash);
// The secret leaves the address before anything else: no history entry, no screenshot, no shared address holds it.
if (linkToken !== null) history.replaceState(null, '', PAGES.overview);

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app to render into.');
render(<App fetchReply={fetch.bind(window)} now={Date.now} linkToken={linkToken} />, root);
