import type { VoiRange } from '../host/cornerstone-types';
import type { Host } from '../host/host';

/** What the controller must hear of the viewports. */
export interface ViewportListener {
  /** The viewport is about to show another image. */
  imageLeaving(viewportId: string): unknown;
  imageShown(viewportId: string): unknown;
  /** It has got other images to show, or is new and has got its first. */
  imagesSet?(viewportId: string): unknown;
  /** Drawn again, for whatever reason: the viewport may have another size. */
  imageRendered(viewportId: string): unknown;
  viewportGone(viewportId: string): unknown;
  /** With which window the viewport is said to show its images. */
  windowTold?(viewportId: string, window: VoiRange): unknown;
  /** A button of the mouse goes down over the viewport. */
  pressed?(viewportId: string, press: MouseEvent): unknown;
}

type Stop = () => void;

/** Subscribes to every viewport there is and will be. Returns the function that ends all of it. */
export function watchViewports(host: Host, listener: ViewportListener): Stop {
  const stops = new Map<EventTarget, Stop>();
  const { cornerstone } = host;
  const { Events } = cornerstone.Enums;
  const on = (target: EventTarget, name: string | undefined, handle: (event: CustomEvent) => void): Stop => {
    if (name === undefined) return () => undefined;
    const wrapped = (event: Event): void => handle(event as CustomEvent);
    target.addEventListener(name, wrapped);
    return () => target.removeEventListener(name, wrapped);
  };

  const onPress = (target: EventTarget, handle: (press: MouseEvent) => void): Stop => {
    const wrapped = (event: Event): void => {
      if (event instanceof MouseEvent) handle(event);
    };
    target.addEventListener('mousedown', wrapped);
    return () => target.removeEventListener('mousedown', wrapped);
  };

  const attach = (element: EventTarget, viewportId: string): void => {
    if (stops.has(element)) return;
    const ends = [
      on(element, Events['PRE_STACK_NEW_IMAGE'], () => listener.imageLeaving(viewportId)),
      on(element, Events['STACK_NEW_IMAGE'], () => listener.imageShown(viewportId)),
      on(element, Events['VIEWPORT_NEW_IMAGE_SET'], () => {
        listener.imageShown(viewportId);
        listener.imagesSet?.(viewportId);
      }),
      on(element, Events['IMAGE_RENDERED'], () => listener.imageRendered(viewportId)),
      on(element, Events['VOI_MODIFIED'], ({ detail }) =>
        listener.windowTold?.(viewportId, (detail as { range: VoiRange }).range),
      ),
      onPress(element, press => listener.pressed?.(viewportId, press)),
    ];
    stops.set(element, () => ends.forEach(end => end()));
  };
  const enabled = on(cornerstone.eventTarget, Events['ELEMENT_ENABLED'], ({ detail }) => {
    attach(detail.element as EventTarget, detail.viewportId as string);
  });
  const disabled = on(cornerstone.eventTarget, Events['ELEMENT_DISABLED'], ({ detail }) => {
    stops.get(detail.element as EventTarget)?.();
    stops.delete(detail.element as EventTarget);
    listener.viewportGone(detail.viewportId as string);
  });
  for (const { viewport } of cornerstone.getEnabledElements()) attach(viewport.element, viewport.id);

  return () => {
    enabled();
    disabled();
    for (const stop of stops.values()) stop();
    stops.clear();
  };
}

/** Viewports come, go or are laid out anew. */
export function watchLayout({ services: { viewportGridService } }: Host, changed: () => void): Stop {
  const event = viewportGridService.EVENTS['LAYOUT_CHANGED'];
  const subscription = event === undefined ? null : viewportGridService.subscribe(event, changed);
  return () => subscription?.unsubscribe();
}

/** Something was drawn in a segmentation, or taken out of it. */
export function watchLabels(host: Host, changed: (segmentationId: string) => void): Stop {
  const { segmentationService } = host.services;
  const event = segmentationService.EVENTS['SEGMENTATION_DATA_MODIFIED'];
  const subscription =
    event === undefined
      ? null
      : segmentationService.subscribe(event, told =>
          changed((told as { readonly segmentationId: string }).segmentationId),
        );
  return () => subscription?.unsubscribe();
}

/** Everything else that can change what the panel says of the host: the active viewport, the grid, the tools, the segmentations. */
export function watchServices(host: Host, changed: () => void): Stop {
  const { viewportGridService, segmentationService } = host.services;
  const subscriptions = [
    ...['ACTIVE_VIEWPORT_ID_CHANGED', 'GRID_STATE_CHANGED'].map(name => [viewportGridService, name] as const),
    ...[
      'SEGMENTATION_MODIFIED',
      'SEGMENTATION_DATA_MODIFIED',
      'SEGMENTATION_REMOVED',
      'SEGMENTATION_REPRESENTATION_MODIFIED',
      'SEGMENTATION_REPRESENTATION_REMOVED',
    ].map(name => [segmentationService, name] as const),
  ].flatMap(([service, name]) => {
    const event = service.EVENTS[name];
    return event === undefined ? [] : [service.subscribe(event, changed)];
  });
  const { eventTarget } = host.cornerstone;
  const toolEvents = ['TOOL_ACTIVATED', 'TOOL_MODE_CHANGED'].flatMap(
    name => host.tools.Enums.Events[name] ?? [],
  );
  for (const name of toolEvents) eventTarget.addEventListener(name, changed);
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe();
    for (const name of toolEvents) eventTarget.removeEventListener(name, changed);
  };
}
