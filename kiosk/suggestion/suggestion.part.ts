import './keyboard.css';
import './suggestion.css';

export { guard } from './guard.ts';
export { mountKeyboard } from './keyboard.ts';
