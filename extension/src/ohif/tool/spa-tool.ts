import type { ToolMode } from '../../core/session/session-state';
import type { Prompt } from '../../core/prompts/prompts';
import type { Point } from '../../core/image/slice';
import type {
  CornerstoneTools,
  PointerEventDetail,
  SvgDrawing,
  ToolClass,
  Viewport,
} from '../host/cornerstone-types';
import { followPress, isTouch, positionOf, type ClientPosition } from './follow-press';
import { canvasAt, pixelAt } from '../slice/pixel-position';
import { drawPrompts } from './prompt-drawing';

export const SPA_TOOL = 'SpaSegmentation';

/** A mouse that moved less than this many CSS pixels has clicked, not dragged. */
const CLICK_REACH = 4;
/** The same for a finger, which rolls while it taps. */
const TAP_REACH = 10;

/** Browsers follow a touch with the mouse events that it would have been; within this time of it, in ms, a press is such an echo. */
const TOUCH_ECHO = 800;

/** What the tool needs to know and to tell; it keeps nothing but what is being drawn. */
export interface ToolClient {
  /** What a click without modifier means. */
  mode(): ToolMode;
  /** The user asks for `prompt` on the image that the viewport shows now. */
  place(viewportId: string, prompt: Prompt): void;
  /** The prompts to mark in this viewport on the image that it shows now. */
  prompts(viewportId: string): readonly Prompt[];
}

/** A tool of this class as the host hands it out. */
export interface SpaToolInstance {
  /** Acts on a press that the host is still holding back, and not again when it comes. */
  pressNow(viewportId: string, press: MouseEvent): void;
}

export function isSpaTool(tool: object | undefined): tool is SpaToolInstance {
  return tool !== undefined && 'pressNow' in tool;
}

/** From press to release: the way of the pointer in slice pixel coordinates, and the prompt that it draws. */
interface Drag {
  readonly viewportId: string;
  readonly kind: Prompt['kind'];
  readonly positive: boolean;
  readonly path: [Point, ...Point[]];
}

/**
 * The pointer tool, as a class of the host's own tool library. A click places a point; with Shift, Ctrl or Alt the point says "not part
 * of it". In box mode a drag draws a box, in line mode a line, which a modifier makes say "not part of it" as well; a click there is a
 * point. Escape takes back what is being drawn. A finger does as the mouse does, but what it means is known only when it is lifted: two
 * are the host's, to zoom with.
 */
export function createSpaTool(
  tools: CornerstoneTools,
  viewportOf: (viewportId: string) => Viewport | null,
  client: ToolClient,
): ToolClass {
  return class SpaTool extends tools.BaseTool {
    static override toolName = SPA_TOOL;
    private drag: Drag | null = null;
    private stopDragging: (() => void) | null = null;
    private lastTouch = -Infinity;
    private readonly pressed = new WeakSet<Event>();

    constructor(
      toolProps: object = {},
      defaultToolProps: object = { supportedInteractionTypes: ['Mouse', 'Touch'] },
    ) {
      super(toolProps, defaultToolProps);
    }

    /** Called by the host for a press that is bound to this tool; true keeps other tools from it. */
    preMouseDownCallback = ({ detail }: CustomEvent<PointerEventDetail>): boolean =>
      this.pressed.has(detail.event) || this.isEcho(detail.event) || this.pressBy(detail);

    preTouchStartCallback = ({ detail }: CustomEvent<PointerEventDetail>): boolean => {
      this.lastTouch = detail.event.timeStamp;
      return this.pressBy(detail);
    };

    pressNow = (viewportId: string, press: MouseEvent): void => {
      if (this.isEcho(press)) return;
      const viewport = viewportOf(viewportId);
      this.pressed.add(press);
      this.press(viewportId, press, viewport === null ? null : pixelUnder(viewport, press));
    };

    /** Called by the host whenever it draws its SVG layer: after every change of the camera and of the image. */
    renderAnnotation = (enabledElement: { readonly viewport: Viewport }, svg: SvgDrawing): boolean => {
      const { viewport } = enabledElement;
      const { drag } = this;
      const drawn =
        drag !== null && drag.kind !== 'point' && drag.viewportId === viewport.id ? [promptOf(drag)] : [];
      const prompts = [...client.prompts(viewport.id), ...drawn];
      drawPrompts(svg, prompts, point => canvasAt(viewport, point));
      return prompts.length > 0;
    };

    /** Called by the host when another tool takes over. */
    onSetToolPassive = (): void => this.endDrag();

    onSetToolDisabled = (): void => this.endDrag();

    private isEcho(event: Event): boolean {
      return event.timeStamp - this.lastTouch < TOUCH_ECHO;
    }

    private pressBy({ viewportId, event, currentPoints }: PointerEventDetail): boolean {
      const viewport = viewportOf(viewportId);
      this.press(viewportId, event, viewport === null ? null : pixelAt(viewport, currentPoints.world));
      return true;
    }

    private press(viewportId: string, event: MouseEvent | TouchEvent, at: Point | null): void {
      this.endDrag();
      const viewport = viewportOf(viewportId);
      // A viewport without coordinates of its own still hears of the click, so that the user is told why nothing happens.
      const point = at ?? { x: NaN, y: NaN };
      const { shiftKey, ctrlKey, altKey } = event;
      const inverted = shiftKey || ctrlKey || altKey;
      const mode = client.mode();
      const positive = mode !== 'negative' && !inverted;
      const drags = mode === 'line' || (mode === 'box' && !inverted);
      if ((drags || isTouch(event)) && viewport !== null && at !== null) {
        const kind = !drags ? 'point' : mode === 'box' ? 'box' : 'scribble';
        this.startDrag(viewport, { viewportId, kind, positive, path: [at] }, event);
      } else {
        client.place(viewportId, { kind: 'point', at: point, positive });
      }
    }

    private startDrag(viewport: Viewport, begun: Drag, press: MouseEvent | TouchEvent): void {
      this.drag = begun;
      const from = positionOf(press);
      const redraw = (): void => tools.utilities.triggerAnnotationRenderForViewportIds([viewport.id]);
      const moved = (to: ClientPosition): void => {
        if (this.drag === null) return;
        const at = pixelUnder(viewport, to);
        if (at === null) return;
        goOn(this.drag, at);
        redraw();
      };
      const released = (at: ClientPosition, time: number): void => {
        if (isTouch(press)) this.lastTouch = time;
        moved(at);
        this.endDrag();
        redraw();
        const isNear = isWithin(isTouch(press) ? TAP_REACH : CLICK_REACH, from, at);
        const prompt = drawnBy(begun, isNear);
        if (prompt !== null) client.place(viewport.id, prompt);
      };
      const calledOff = (): void => {
        this.endDrag();
        redraw();
      };
      this.stopDragging = followPress(press, { moved, released, calledOff });
    }

    private endDrag(): void {
      this.stopDragging?.();
      this.stopDragging = null;
      this.drag = null;
    }
  };
}

function promptOf({ kind, positive, path }: Drag): Prompt {
  if (kind === 'point') return { kind, at: path[0], positive };
  return kind === 'box'
    ? { kind, from: path[0], to: path.at(-1) ?? path[0] }
    : { kind, points: [...path], positive };
}

/** What a drag that is over asks for, `isNear` where it began or not; null: nothing. */
function drawnBy(drag: Drag, isNear: boolean): Prompt | null {
  const { kind, positive, path } = drag;
  const clicked = path.length === 1 || (isNear && path.length === 2);
  if (kind === 'point') return isNear ? promptOf(drag) : null;
  return clicked ? { kind: 'point', at: path[0], positive } : promptOf(drag);
}

function isWithin(reach: number, from: ClientPosition | null, to: ClientPosition): boolean {
  return from !== null && Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY) < reach;
}

/** A box keeps the corner opposite to the first, a line a point for every slice pixel of its way: more it cannot say. */
function goOn({ kind, path }: Drag, at: Point): void {
  const last = path.at(-1) ?? path[0];
  if (kind === 'box') path.splice(1, 1, at);
  else if (kind === 'scribble' && Math.hypot(at.x - last.x, at.y - last.y) >= 1) path.push(at);
}

function pixelUnder(viewport: Viewport, { clientX, clientY }: ClientPosition): Point | null {
  const bounds = viewport.element.getBoundingClientRect();
  const world = viewport.canvasToWorld([clientX - bounds.left, clientY - bounds.top]);
  return pixelAt(viewport, world);
}
