import { meaning, type Colours, type Rgb } from '../../core/image/colours';
import type { Services } from '../host/host-types';

/**
 * Customization by which a deployment changes what the colours are, on the slice and in the panel: any of `recommended`, `candidate` (its outline,
 * and what it adds) and `removes`, each `[r, g, b]`, 0..255.
 */
export const COLOURS_CUSTOMIZATION = 'spa.colours';

interface ColoursByDeployment {
  readonly recommended: Rgb;
  readonly candidate: Rgb;
  readonly removes: Rgb;
}

export const customaryColours: ColoursByDeployment = {
  recommended: meaning.recommended,
  candidate: meaning.adds,
  removes: meaning.removes,
};

/** The deployment's colours; ours where it names none, or none that is one. */
export function deployedColours(services: Pick<Services, 'customizationService'>): Colours {
  const wanted = services.customizationService.getCustomization(COLOURS_CUSTOMIZATION) as
    Partial<ColoursByDeployment> | undefined;
  return {
    recommended: colourOr(wanted?.recommended, meaning.recommended),
    adds: colourOr(wanted?.candidate, meaning.adds),
    removes: colourOr(wanted?.removes, meaning.removes),
  };
}

function colourOr(wanted: unknown, otherwise: Rgb): Rgb {
  if (!Array.isArray(wanted) || wanted.length < 3) return otherwise;
  const [r, g, b] = wanted as readonly unknown[];
  const isLevel = (value: unknown): value is number =>
    typeof value === 'number' && value >= 0 && value <= 255;
  return isLevel(r) && isLevel(g) && isLevel(b) ? [r, g, b] : otherwise;
}
