import type { Services } from './host-types';

/**
 * Who is logged in to the viewer, by the claims `iss` and `sub` of OpenID Connect, which together name one person for good; null where
 * nobody is, or where the viewer leaves that to others.
 */
export function loggedInUser({
  userAuthenticationService,
}: Pick<Services, 'userAuthenticationService'>): string | null {
  const user = userAuthenticationService?.getUser();
  const { iss, sub } = user?.profile ?? {};
  return typeof sub === 'string' && sub !== '' ? `${typeof iss === 'string' ? iss : ''} ${sub}` : null;
}
