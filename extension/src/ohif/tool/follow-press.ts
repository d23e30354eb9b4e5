/** A place in the browser's window, in CSS pixels. */
export interface ClientPosition {
  readonly clientX: number;
  readonly clientY: number;
}

export interface PressFollower {
  moved(to: ClientPosition): void;
  /** `time` on the clock of events. */
  released(at: ClientPosition, time: number): void;
  /** It was another gesture after all: a second finger came, the browser took the touch for one of its own, or Escape was pressed. */
  calledOff(): void;
}

export function isTouch(press: MouseEvent | TouchEvent): press is TouchEvent {
  // Browsers without touch screens have no class `TouchEvent`.
  return 'touches' in press;
}

/** Where a press began: of a touch, its first finger; null for a touch of none. */
export function positionOf(press: MouseEvent | TouchEvent): ClientPosition | null {
  return isTouch(press) ? (press.touches[0] ?? null) : press;
}

/** Tells how a press of the mouse or of one finger goes on until it ends. Returns the function that stops listening. */
export function followPress(press: MouseEvent | TouchEvent, follower: PressFollower): () => void {
  const ends = [
    isTouch(press) ? followTouch(follower) : followMouse(follower),
    listenToEscape(() => follower.calledOff()),
  ];
  return () => ends.forEach(end => end());
}

/** Before all that listen on the document: it is about what is being drawn, not about the proposal behind it. */
function listenToEscape(pressed: () => void): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed();
  };
  window.addEventListener('keydown', listener, { capture: true });
  return () => window.removeEventListener('keydown', listener, { capture: true });
}

function followMouse({ moved, released }: PressFollower): () => void {
  return listen({ mousemove: moved, mouseup: event => released(event, event.timeStamp) });
}

function followTouch({ moved, released, calledOff }: PressFollower): () => void {
  return listen({
    // The touch that is followed may still be on its way to the document.
    touchstart: event => {
      if (event.touches.length > 1) calledOff();
    },
    touchcancel: calledOff,
    touchmove: event => {
      const [finger, ...others] = event.touches;
      if (finger === undefined || others.length > 0) return calledOff();
      // Else the page may scroll along, and take the touch away.
      if (event.cancelable) event.preventDefault();
      moved(finger);
    },
    touchend: event => {
      const [finger] = event.changedTouches;
      if (finger === undefined) calledOff();
      else released(finger, event.timeStamp);
    },
  });
}

type Listeners = { readonly [Type in keyof DocumentEventMap]?: (event: DocumentEventMap[Type]) => void };

function listen(listeners: Listeners): () => void {
  const entries = Object.entries(listeners) as [string, EventListener][];
  for (const [type, listener] of entries) document.addEventListener(type, listener, { passive: false });
  return () => {
    for (const [type, listener] of entries) document.removeEventListener(type, listener);
  };
}
