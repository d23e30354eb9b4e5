import type { Rgb } from '../../core/image/colours';
import type { Services } from '../host/host-types';
import { defaultColours, type OverlayColours } from './appearance';

/** Customization by which a deployment changes the overlays' colours: `{recommended: [r, g, b], candidate: [r, g, b]}`, 0..255. */
export const COLOURS_CUSTOMIZATION = 'spa.colours';

/** The deployment's colours; ours where it names none, or none that is one. */
export function deployedColours(services: Pick<Services, 'customizationService'>): OverlayColours {
  const wanted = services.customizationService.getCustomization(COLOURS_CUSTOMIZATION) as
    Partial<OverlayColours> | undefined;
  return {
    recommended: colourOr(wanted?.recommended, defaultColours.recommended),
    candidate: colourOr(wanted?.candidate, defaultColours.candidate),
  };
}

function colourOr(wanted: unknown, otherwise: Rgb): Rgb {
  if (!Array.isArray(wanted) || wanted.length < 3) return otherwise;
  const [r, g, b] = wanted as readonly unknown[];
  const isLevel = (value: unknown): value is number =>
    typeof value === 'number' && value >= 0 && value <= 255;
  return isLevel(r) && isLevel(g) && isLevel(b) ? [r, g, b] : otherwise;
}
