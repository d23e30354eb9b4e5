import type {
  LatentDescription,
  MapNetworkDescription,
  NetworkDescription,
  PointNetworkDescription,
} from '../../core/network/network';
import type { PromptChannel } from '../../core/prompts/prompts';
import {
  boolean,
  integer,
  invalid,
  list,
  number,
  object,
  oneOf,
  optional,
  property,
  type Json,
} from './fields';

export type EngineName = NetworkDescription['engine'];

const promptChannels: readonly PromptChannel[] = ['positive', 'negative', 'box', 'previous'];
const largestNumber = 1e6;
/** Masks of the engine `sam`: whole, part, subpart. */
const samMasks = 3;

/** What the manifest says of the network. Throws `bundle-invalid`. */
export function readNetwork(manifest: Json, engine: EngineName): NetworkDescription {
  return engine === 'bayes' ? readMapNetwork(manifest) : readPointNetwork(manifest, engine);
}

/** One field of the section `calibration`, which may be missing. */
export function calibration(manifest: Json, name: string): unknown {
  const value = property(manifest, 'calibration');
  return value === undefined ? undefined : property(object(value, 'calibration'), name);
}

function readMapNetwork(manifest: Json): MapNetworkDescription {
  const prompt = object(property(manifest, 'prompt'), 'prompt');
  const fieldOfView = object(property(manifest, 'fieldOfView'), 'fieldOfView');
  optional(property(fieldOfView, 'kind'), 'crop', value => oneOf(value, 'fieldOfView.kind', ['crop']));
  const channels = list(
    property(prompt, 'channels'),
    'prompt.channels',
    { least: 1, most: promptChannels.length },
    (item, where) => oneOf(item, where, promptChannels),
  );
  if (new Set(channels).size !== channels.length) {
    throw invalid('manifest.json: prompt.channels names one channel twice');
  }
  const input = readInput(manifest);
  const outputSize = optional(readOutput(manifest, 'size'), input.inputSize, value =>
    integer(value, 'output.size', input.inputSize, input.inputSize),
  );
  return {
    engine: 'bayes',
    ...input,
    outputSize,
    promptChannels: channels,
    pointSigma: number(property(prompt, 'pointSigma'), 'prompt.pointSigma', 0.1, 100),
    latent: readLatent(object(property(manifest, 'latent'), 'latent'), 'each dimension'),
    structureFraction: number(
      property(fieldOfView, 'structureFraction'),
      'fieldOfView.structureFraction',
      0.01,
      1,
    ),
    mirrored: optional(property(fieldOfView, 'mirrored'), false, value =>
      boolean(value, 'fieldOfView.mirrored'),
    ),
    threshold: optional(calibration(manifest, 'threshold'), 0.5, value =>
      number(value, 'calibration.threshold', 0.01, 0.99),
    ),
  };
}

function readPointNetwork(manifest: Json, engine: 'reference' | 'sam'): PointNetworkDescription {
  const fieldOfView = object(property(manifest, 'fieldOfView'), 'fieldOfView');
  oneOf(property(fieldOfView, 'kind'), 'fieldOfView.kind', ['slice']);
  const input = object(property(manifest, 'input'), 'input');
  const isReference = engine === 'reference';
  return {
    engine,
    ...readInput(manifest),
    outputSize: integer(readOutput(manifest, 'size'), 'output.size', 4, 2048),
    enlarge: optional(readOutput(manifest, 'enlarge'), isReference ? 'nearest' : 'bilinear', value =>
      oneOf(value, 'output.enlarge', ['nearest', 'bilinear']),
    ),
    pointOrder: oneOf(property(input, 'pointOrder'), 'input.pointOrder', ['xy', 'yx']),
    latent: isReference
      ? readLatent(object(property(manifest, 'latent'), 'latent'), 'all dimensions')
      : {
          dimension: 0,
          samples: samMasks,
          components: 1,
          prior: { weights: [1], means: [[]], variances: [[]] },
        },
    logitThreshold: optional(calibration(manifest, 'logitThreshold'), isReference ? 0.5 : 0, value =>
      number(value, 'calibration.logitThreshold', -20, 20),
    ),
  };
}

function readInput(manifest: Json) {
  const input = object(property(manifest, 'input'), 'input');
  const inputChannels = oneOf(property(input, 'channels'), 'input.channels', [1, 3] as const);
  const perChannel = { least: inputChannels, most: inputChannels };
  return {
    inputSize: integer(property(input, 'size'), 'input.size', 16, 2048),
    inputChannels,
    mean: list(property(input, 'mean'), 'input.mean', perChannel, (item, where) =>
      number(item, where, -largestNumber, largestNumber),
    ),
    std: list(property(input, 'std'), 'input.std', perChannel, (item, where) =>
      number(item, where, 1e-6, largestNumber),
    ),
  };
}

function readOutput(manifest: Json, name: string): unknown {
  const value = property(manifest, 'output');
  return value === undefined ? undefined : property(object(value, 'output'), name);
}

/** `numberFor`: whether a component has a mean and a variance for each dimension or one for all of them. */
function readLatent(latent: Json, numberFor: 'each dimension' | 'all dimensions'): LatentDescription {
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
  const columns = numberFor === 'each dimension' ? dimension : 1;
  const matrix = (name: 'means' | 'variances', least: number): readonly (readonly number[])[] =>
    list(
      property(prior, name),
      `latent.prior.${name}`,
      { least: weights.length, most: weights.length },
      (row, where) =>
        list(row, where, { least: columns, most: columns }, (item, at) => number(item, at, least, 1e3)),
    );
  return {
    dimension,
    samples: integer(property(latent, 'samples'), 'latent.samples', 2, 512),
    components: integer(property(latent, 'components'), 'latent.components', 1, 256),
    ...readTemperature(property(latent, 'adaptationTemperature')),
    prior: { weights, means: matrix('means', -1e3), variances: matrix('variances', 1e-8) },
  };
}

function readTemperature(value: unknown): Pick<LatentDescription, 'adaptationTemperature'> {
  if (value === undefined) return {};
  return { adaptationTemperature: number(value, 'latent.adaptationTemperature', 0.01, largestNumber) };
}
