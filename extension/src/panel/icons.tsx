import type { ReactNode } from 'react';

/** Line icons on a grid of 16, in the colour of the text; the words beside them or the label of the button say what they mean. */
const icon = (paths: ReactNode): ReactNode => (
  <svg className="spa-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    {paths}
  </svg>
);

export const icons = {
  plus: icon(<path d="M8 3.5v9M3.5 8h9" />),
  minus: icon(<path d="M3.5 8h9" />),
  line: icon(<path d="M3 12.5c2.5-7 4.2 2.5 6-2S12 4 13 3.5" />),
  box: icon(<rect x="3" y="3.5" width="10" height="9" rx="1" strokeDasharray="2.5 1.6" />),
  undo: icon(<path d="M5.5 3 2.5 6l3 3M3 6h6a4 4 0 0 1 0 8H6.5" />),
  redo: icon(<path d="m10.5 3 3 3-3 3M13 6H7a4 4 0 0 0 0 8h2.5" />),
  up: icon(<path d="M8 13V3.5M4.2 7.2 8 3.4l3.8 3.8" />),
  down: icon(<path d="M8 3v9.5M4.2 8.8 8 12.6l3.8-3.8" />),
  close: icon(<path d="m4 4 8 8M12 4l-8 8" />),
  check: icon(<path d="m3 8.5 3.3 3.3L13 4.7" />),
  retry: icon(<path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.2v3h-3" />),
  warning: icon(<path d="M8 2.5 14.2 13H1.8L8 2.5ZM8 6.5v3M8 11.1v.1" />),
  download: icon(<path d="M8 2.5v7.2M5 7l3 3 3-3M2.8 13.2h10.4" />),
  upload: icon(<path d="M8 9.7V2.5M5 5.2l3-3 3 3M2.8 13.2h10.4" />),
  target: icon(<path d="M2.5 8h9M8 4.5 11.5 8 8 11.5" />),
} as const;
