import type { NetworkDescription } from '../../core/network/network';
import { knownImage, type KnownAnswer } from '../known-answer';
import { integer, list, number, object, oneOf, property } from './fields';

/** Logits beyond this are no doubt of a network's. */
const largestLogit = 1e4;
const mostLogits = 256;

/** Section `check` of a manifest. Throws `bundle-invalid`. */
export function readKnownAnswer(
  value: unknown,
  { inputSize, outputSize, latent }: NetworkDescription,
): KnownAnswer {
  const check = object(value, 'check');
  const point = object(property(check, 'point'), 'check.point');
  const coordinate = (name: 'x' | 'y'): number =>
    number(property(point, name), `check.point.${name}`, 0, inputSize - 1);
  const { dimension } = latent;
  return {
    image: oneOf(property(check, 'image'), 'check.image', [knownImage]),
    point: { x: coordinate('x'), y: coordinate('y') },
    latent: list(
      property(check, 'latent'),
      'check.latent',
      { least: dimension, most: dimension },
      (item, where) => number(item, where, -100, 100),
    ),
    logits: list(property(check, 'logits'), 'check.logits', { least: 1, most: mostLogits }, (item, where) => {
      const logit = object(item, where);
      return {
        row: integer(property(logit, 'row'), `${where}.row`, 0, outputSize - 1),
        column: integer(property(logit, 'column'), `${where}.column`, 0, outputSize - 1),
        value: number(property(logit, 'value'), `${where}.value`, -largestLogit, largestLogit),
      };
    }),
  };
}
