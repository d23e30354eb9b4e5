import type { NetworkDescription } from '../../core/network';
import type { PromptChannel } from '../../core/prompts';
import { SpaError } from '../../core/error';
import { isPlainPath } from './bundle-path';
import { integer, invalid, list, number, object, oneOf, property, text, type Json } from './fields';

/** A file as the manifest promises it. */
export interface GraphFile {
  /** Below the bundle's folder. */
  readonly file: string;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
  readonly bytes: number;
}

/** What `manifest.json` says, checked in full. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** DICOM modalities that it was trained for; empty if it does not say. */
  readonly modalities: readonly string[];
  readonly network: NetworkDescription;
  /** Divides the logits, so that the probabilities are as sure as they are right. */
  readonly temperature: number;
  /** By the stage's name: `encoder`, `prompt`, `head`. */
  readonly graphs: ReadonlyMap<string, GraphFile>;
}

const format = 'spa-bundle/1';
const engines = ['bayes', 'reference', 'sam'] as const;
const promptChannels: readonly PromptChannel[] = ['positive', 'negative', 'box', 'previous'];

const largestGraphBytes = 2 ** 30;
const largestNumber = 1e6;

/** Graphs that an engine needs; an engine that is not here is known to the format but not to this version. */
const stages: Readonly<Partial<Record<(typeof engines)[number], readonly string[]>>> = {
  bayes: ['encoder', 'prompt', 'head'],
};

/** Reads a parsed `manifest.json`. Throws `bundle-version` for another format and `bundle-invalid` for everything else. */
export function readManifest(json: unknown): Manifest {
  const manifest = object(json, 'its content');
  checkFormat(property(manifest, 'format'));
  const engine = oneOf(property(manifest, 'engine'), 'engine', engines);
  const needed = stages[engine];
  if (needed === undefined) {
    throw invalid(`manifest.json: its engine "${engine}" is not one that this version of SPA runs`);
  }
  return {
    name: text(property(manifest, 'name'), 'name'),
    version: text(property(manifest, 'version'), 'version', 60),
    license: text(property(manifest, 'license'), 'license'),
    modalities: optional(property(manifest, 'modalities'), [], value =>
      list(value, 'modalities', { least: 0, most: 64 }, (item, where) => text(item, where, 16)),
    ),
    network: readNetwork(manifest, engine),
    temperature: optional(calibration(manifest, 'temperature'), 1, value =>
      number(value, 'calibration.temperature', 0.01, 100),
    ),
    graphs: readGraphs(object(property(manifest, 'graphs'), 'graphs'), needed),
  };
}

function checkFormat(value: unknown): void {
  if (value === format) return;
  if (typeof value === 'string' && /^spa-bundle\/\S{1,20}$/.test(value)) {
    throw new SpaError('bundle-version', { format: value });
  }
  throw invalid(`manifest.json does not name the format ${format}`);
}

function optional<T>(value: unknown, otherwise: T, read: (value: unknown) => T): T {
  return value === undefined ? otherwise : read(value);
}

function calibration(manifest: Json, name: string): unknown {
  const value = property(manifest, 'calibration');
  return value === undefined ? undefined : property(object(value, 'calibration'), name);
}

function readNetwork(manifest: Json, engine: NetworkDescription['engine']): NetworkDescription {
  const input = object(property(manifest, 'input'), 'input');
  const prompt = object(property(manifest, 'prompt'), 'prompt');
  const fieldOfView = object(property(manifest, 'fieldOfView'), 'fieldOfView');
  const inputChannels = oneOf(property(input, 'channels'), 'input.channels', [1, 3] as const);
  const perChannel = { least: inputChannels, most: inputChannels };
  const channels = list(
    property(prompt, 'channels'),
    'prompt.channels',
    { least: 1, most: promptChannels.length },
    (item, where) => oneOf(item, where, promptChannels),
  );
  if (new Set(channels).size !== channels.length) {
    throw invalid('manifest.json: prompt.channels names one channel twice');
  }
  return {
    engine,
    inputSize: integer(property(input, 'size'), 'input.size', 16, 1024),
    inputChannels,
    mean: list(property(input, 'mean'), 'input.mean', perChannel, (item, where) =>
      number(item, where, -largestNumber, largestNumber),
    ),
    std: list(property(input, 'std'), 'input.std', perChannel, (item, where) =>
      number(item, where, 1e-6, largestNumber),
    ),
    promptChannels: channels,
    pointSigma: number(property(prompt, 'pointSigma'), 'prompt.pointSigma', 0.1, 100),
    latent: readLatent(object(property(manifest, 'latent'), 'latent')),
    structureFraction: number(
      property(fieldOfView, 'structureFraction'),
      'fieldOfView.structureFraction',
      0.01,
      1,
    ),
    threshold: optional(calibration(manifest, 'threshold'), 0.5, value =>
      number(value, 'calibration.threshold', 0.01, 0.99),
    ),
  };
}

function readLatent(latent: Json): NetworkDescription['latent'] {
  const dimension = integer(property(latent, 'dim'), 'latent.dim', 1, 256);
  const prior = object(property(latent, 'prior'), 'latent.prior');
  const weights = list(
    property(prior, 'weights'),
    'latent.prior.weights',
    { least: 1, most: 256 },
    (item, where) => number(item, where, 0, 1),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (Math.abs(total - 1) > 1e-3) {
    throw invalid(`manifest.json: latent.prior.weights must sum to 1, but sum to ${total}`);
  }
  const matrix = (name: 'means' | 'variances', least: number): readonly (readonly number[])[] =>
    list(
      property(prior, name),
      `latent.prior.${name}`,
      { least: weights.length, most: weights.length },
      (row, where) =>
        list(row, where, { least: dimension, most: dimension }, (item, at) => number(item, at, least, 1e3)),
    );
  return {
    dimension,
    samples: integer(property(latent, 'samples'), 'latent.samples', 2, 512),
    components: integer(property(latent, 'components'), 'latent.components', 1, 256),
    prior: { weights, means: matrix('means', -1e3), variances: matrix('variances', 1e-8) },
  };
}

function readGraphs(graphs: Json, needed: readonly string[]): ReadonlyMap<string, GraphFile> {
  return new Map(needed.map(stage => [stage, readGraph(property(graphs, stage), `graphs.${stage}`)]));
}

function readGraph(value: unknown, where: string): GraphFile {
  const graph = object(value, where);
  const file = text(property(graph, 'file'), `${where}.file`);
  if (!isPlainPath(file)) {
    throw invalid(`manifest.json: ${where}.file must be a plain path below the bundle, but is "${file}"`);
  }
  const sha256 = text(property(graph, 'sha256'), `${where}.sha256`).toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw invalid(`manifest.json: ${where}.sha256 must be 64 hexadecimal digits`);
  }
  return {
    file,
    sha256,
    bytes: integer(property(graph, 'bytes'), `${where}.bytes`, 1, largestGraphBytes),
  };
}
