import { render } from 'preact';
import { App } from './app.tsx';
import { anAssignment, createStagedKiosk } from './visit/staged-kiosk.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app to render into.');
render(<App kiosk={createStagedKiosk(anAssignment())} />, root);
