import './large.css';
import './contrast.css';
import './low.css';

/** How the comforts look, fetched when the first is switched on: a style sheet and nothing to run. */
export const MODES = ['large', 'contrast', 'low'] as const;
