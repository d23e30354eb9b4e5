import type { Services } from './host-types';

/**
 * Who is logged in to the viewer, by the claims `iss`, where it is told, and `sub` of OpenID Connect, which together name one person for good;
 * null where nobody is, and where the viewer leaves that to others or cannot tell.
 */
export function loggedInUser(services: Pick<Services, 'userAuthenticationService'>): string | null {
  const { iss, sub } = claims(services);
  return typeof sub === 'string' && sub !== '' ? `${typeof iss === 'string' ? iss : ''} ${sub}` : null;
}

function claims({ userAuthenticationService }: Pick<Services, 'userAuthenticationService'>): {
  readonly iss?: unknown;
  readonly sub?: unknown;
} {
  try {
    return userAuthenticationService?.getUser()?.profile ?? {};
  } catch (error) {
    // A deployment's own service: the work does not depend on it.
    console.warn('SPA: the viewer could not tell who is logged in; what is learnt is not kept.', error);
    return {};
  }
}
