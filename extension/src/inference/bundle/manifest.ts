import type { NetworkDescription } from '../../core/network/network';
import { SpaError } from '../../core/error';
import { isPlainPath } from './bundle-path';
import type { KnownAnswer } from '../known-answer';
import { integer, invalid, list, number, object, oneOf, optional, property, text, type Json } from './fields';
import { readKnownAnswer } from './read-known-answer';
import { calibration, readNetwork, type EngineName } from './read-network';

/** A file as the manifest promises it. */
export interface BundleFile {
  /** Below the bundle's folder. */
  readonly file: string;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface GraphFile extends BundleFile {
  /** Weights that the graph keeps in files beside it (ONNX external data); in the same folder. */
  readonly data: readonly BundleFile[];
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
  /** By which a runtime is tried out; null where the bundle has none. */
  readonly check: KnownAnswer | null;
  /** How the weights are stored; computing widens them to fp32. */
  readonly weights: 'fp32' | 'fp16' | 'int8';
  /** By the stage's name: `encoder`, `prompt`, `weights`, `head`. */
  readonly graphs: ReadonlyMap<string, GraphFile>;
}

const format = 'spa-bundle/1';

/** An ONNX file is one protocol buffer, of which none can be longer. */
const largestGraphBytes = 2 ** 31 - 1;
const largestDataBytes = 2 ** 34;
const mostDataFiles = 64;

/** Graphs that an engine needs. */
const stages: Readonly<Record<EngineName, readonly string[]>> = {
  bayes: ['encoder', 'prompt', 'head'],
  reference: ['encoder', 'prompt', 'weights', 'head'],
  sam: ['encoder', 'head'],
};

/** Reads a parsed `manifest.json`. Throws `bundle-version` for another format and `bundle-invalid` for everything else. */
export function readManifest(json: unknown): Manifest {
  const manifest = object(json, 'its content');
  checkFormat(property(manifest, 'format'));
  const engine = oneOf(property(manifest, 'engine'), 'engine', Object.keys(stages) as EngineName[]);
  const network = readNetwork(manifest, engine);
  return {
    name: text(property(manifest, 'name'), 'name'),
    version: text(property(manifest, 'version'), 'version', 60),
    license: text(property(manifest, 'license'), 'license'),
    modalities: optional(property(manifest, 'modalities'), [], value =>
      list(value, 'modalities', { least: 0, most: 64 }, (item, where) => text(item, where, 16)),
    ),
    network,
    temperature: optional(calibration(manifest, 'temperature'), 1, value =>
      number(value, 'calibration.temperature', 0.01, 100),
    ),
    check: optional(property(manifest, 'check'), null, value => readKnownAnswer(value, network)),
    weights: optional(property(manifest, 'weights'), 'fp32', value =>
      oneOf(value, 'weights', ['fp32', 'fp16', 'int8']),
    ),
    graphs: readGraphs(object(property(manifest, 'graphs'), 'graphs'), stages[engine]),
  };
}

function checkFormat(value: unknown): void {
  if (value === format) return;
  if (typeof value === 'string' && /^spa-bundle\/\S{1,20}$/.test(value)) {
    throw new SpaError('bundle-version', { format: value });
  }
  throw invalid(`manifest.json does not name the format ${format}`);
}

function readGraphs(graphs: Json, needed: readonly string[]): ReadonlyMap<string, GraphFile> {
  return new Map(needed.map(stage => [stage, readGraph(property(graphs, stage), `graphs.${stage}`)]));
}

function readGraph(value: unknown, where: string): GraphFile {
  const graph = readFile(value, where, largestGraphBytes);
  const data = optional(property(object(value, where), 'data'), [], files =>
    list(files, `${where}.data`, { least: 0, most: mostDataFiles }, (item, at) =>
      readFile(item, at, largestDataBytes),
    ),
  );
  for (const { file } of data) {
    if (folderOf(file) !== folderOf(graph.file)) {
      throw invalid(`manifest.json: ${where}.data must lie in the folder of the graph, but names "${file}"`);
    }
  }
  return { ...graph, data };
}

function readFile(value: unknown, where: string, mostBytes: number): BundleFile {
  const described = object(value, where);
  const file = text(property(described, 'file'), `${where}.file`);
  if (!isPlainPath(file)) {
    throw invalid(`manifest.json: ${where}.file must be a plain path below the bundle, but is "${file}"`);
  }
  const sha256 = text(property(described, 'sha256'), `${where}.sha256`).toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw invalid(`manifest.json: ${where}.sha256 must be 64 hexadecimal digits`);
  }
  return { file, sha256, bytes: integer(property(described, 'bytes'), `${where}.bytes`, 1, mostBytes) };
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}
