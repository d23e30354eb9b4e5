import type { Preference } from '../../core/preference/preference';
import { recallPreference } from '../../core/preference/recall';
import type { LoadedBundle } from '../../inference/engine';
import type { Services } from '../host/host-types';
import type { ViewerConfiguration } from '../host/viewer-configuration';
import { loggedInUser } from '../host/user';

/** Customization by which a deployment says for whom the browser keeps what was learnt. */
export const REMEMBER_CUSTOMIZATION = 'spa.remember';

/**
 * For whom what was learnt outlives the page: for whoever is logged in to the viewer, for whoever uses this browser (a workstation of one
 * reader), or for nobody.
 */
export type Remembered = 'user' | 'browser' | 'nobody';

/** The customization `spa.remember`, else `spa.remember` of the viewer's `app-config.js`, else whoever is logged in. */
export function rememberedReaders(
  services: Pick<Services, 'customizationService'>,
  configuration: ViewerConfiguration | undefined,
): Remembered {
  const wanted = [
    services.customizationService.getCustomization(REMEMBER_CUSTOMIZATION),
    configuration?.spa?.remember,
  ];
  const known = wanted.find(value => value === 'user' || value === 'browser' || value === 'nobody');
  return (known as Remembered | undefined) ?? 'user';
}

/** With the version of what is kept under it. */
const KEY = 'spa-ohif.preference.1';

/**
 * What was learnt of a reader, kept in the browser from one page to the next: a viewer that a PACS opens for every study would begin anew with
 * each. There are numbers of a style in it, nothing of an image or a patient.
 */
export class ReaderMemory {
  /** Who read when something was recalled last: under no other name it is kept. */
  private met: string | null = null;

  constructor(
    private readonly services: Pick<Services, 'customizationService' | 'userAuthenticationService'>,
    private readonly configuration: () => ViewerConfiguration | undefined,
    /** Throws where the browser keeps nothing for this page. */
    private readonly storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  ) {}

  /** Whether anything is kept of whoever reads now. */
  remembers(): boolean {
    return this.reader() !== null;
  }

  /** Null where nothing was kept that fits the bundle. */
  recall(bundle: LoadedBundle, prior: Preference): Preference | null {
    this.met = this.reader();
    const key = this.keyFor(bundle);
    if (key === null) return null;
    try {
      return recallPreference(JSON.parse(this.storage().getItem(key) ?? 'null'), prior);
    } catch {
      // Not readable, or not JSON: a reader who has not been met.
      return null;
    }
  }

  /** Returns whether it is kept. What was forgotten, or never learnt, leaves nothing behind. */
  keep(bundle: LoadedBundle, preference: Preference): boolean {
    const key = this.keyFor(bundle);
    if (key === null || this.reader() !== this.met || preference.engine === 'sam') return false;
    try {
      if (preference.answers === 0) this.storage().removeItem(key);
      else this.storage().setItem(key, JSON.stringify(preference));
      return true;
    } catch {
      // Refused, or full: the panel says that it is not kept.
      return false;
    }
  }

  /**
   * Calls back when another page of the same browser has kept, or forgotten, what was learnt of this reader with the bundle. Returns the
   * function that ends it.
   */
  onKeptElsewhere(bundle: () => LoadedBundle | null, kept: () => void): () => void {
    const listen = ({ key }: StorageEvent): void => {
      const present = bundle();
      // Null where all was cleared.
      if (present !== null && (key === null || key === this.keyFor(present))) kept();
    };
    window.addEventListener('storage', listen);
    return () => window.removeEventListener('storage', listen);
  }

  private keyFor(bundle: LoadedBundle): string | null {
    const reader = this.reader();
    return reader === null ? null : [KEY, reader, bundle.fingerprint].join(' ');
  }

  private reader(): string | null {
    switch (rememberedReaders(this.services, this.configuration())) {
      case 'user':
        return loggedInUser(this.services);
      case 'browser':
        return 'browser';
      case 'nobody':
        return null;
    }
  }
}
