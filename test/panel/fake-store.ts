import { jest } from '@jest/globals';
import { meaning } from '../../extension/src/core/image/colours';
import { upright } from '../../extension/src/core/image/orientation';

import type {
  CardModel,
  PanelIntents,
  PanelModel,
  PanelStore,
  Thumbnail,
} from '../../extension/src/panel/panel-model';

export function thumbnail(grey = 0): Thumbnail {
  return { size: 2, rgba: new Uint8ClampedArray(16).fill(grey) };
}

export function card(area: number, areaDifferencePercent: number | null): CardModel {
  return {
    thumbnail: thumbnail(),
    statistics: { unit: 'mm', area, longestDiameter: 9.1, perpendicularDiameter: 7.2 },
    areaDifferencePercent,
  };
}

export const idle: PanelModel = {
  state: 'idle',
  guidance: 'click-structure',
  progress: null,
  problem: null,
  warning: null,
  bundle: {
    name: 'default',
    version: '1.0',
    license: 'CC BY 4.0',
    engine: 'bayes',
    modalities: ['CT', 'MR'],
    backend: 'wasm-threads',
    threads: 2,
    passedOver: null,
  },
  bundles: [{ label: 'default 1.0', inWork: true }],
  opening: null,
  tool: 'positive',
  round: 0,
  recommended: null,
  candidates: [],
  previewed: null,
  canUndo: false,
  canClear: false,
  canRedo: false,
  canAccept: false,
  canFollow: { previous: false, next: false },
  canChoose: false,
  fieldOfView: { side: 48.2, unit: 'mm', automatic: true },
  preference: { answers: 0, kept: false, tendency: null, margin: null },
  layers: { recommended: true, candidates: true, uncertainty: false, opacity: 0.5 },
  colours: meaning,
  orientation: upright,
  target: null,
  extent: null,
  canExport: false,
  canStore: true,
  storing: false,
};

export const proposing: PanelModel = {
  ...idle,
  state: 'proposing',
  guidance: 'answer',
  round: 1,
  recommended: { ...card(49.04, null), certainShare: 0.71 },
  candidates: [card(8.4, -83), card(35.1, -28), card(75.6, 54), card(157.3, 222)],
  canUndo: true,
  canClear: true,
  canRedo: true,
  canAccept: true,
  canFollow: { previous: true, next: true },
  canChoose: true,
  preference: {
    answers: 6,
    kept: false,
    margin: null,
    tendency: {
      generosity: { mean: 0.64, low: 0.55, high: 0.78 },
      smoothness: { mean: 0.44, low: 0.2, high: 0.7 },
    },
  },
  target: { segmentation: 'Segmentation 1', segment: 'Segment 1', isHidden: false },
  canExport: true,
};

type Mocked = { readonly [K in keyof PanelIntents]: jest.Mock<PanelIntents[K]> };

export interface FakeStore extends PanelStore {
  readonly intents: Mocked;
  readonly listeners: ReadonlySet<() => void>;
  show(model: PanelModel): void;
}

/** A store that records intents and shows what it is told. */
export function fakeStore(initial: PanelModel): FakeStore {
  let model = initial;
  const listeners = new Set<() => void>();
  return {
    listeners,
    getSnapshot: () => model,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(next) {
      model = next;
      for (const listener of listeners) listener();
    },
    intents: {
      accept: jest.fn(),
      follow: jest.fn(),
      cancel: jest.fn(),
      choose: jest.fn(),
      preview: jest.fn(),
      undo: jest.fn(),
      redo: jest.fn(),
      clear: jest.fn(),
      forget: jest.fn(),
      retry: jest.fn(),
      dismissProblem: jest.fn(),
      setTool: jest.fn(),
      setLayer: jest.fn(),
      setOpacity: jest.fn(),
      scaleFieldOfView: jest.fn(),
      exportSegmentation: jest.fn(),
      storeSegmentation: jest.fn(),
      switchBundle: jest.fn(),
      cancelSwitch: jest.fn(),
    },
  };
}

/** jsdom has no canvas: answers null as a browser without graphics memory does, or with the given context. */
export function canvasGives(context: unknown): void {
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as null);
}
