import type { CommandsManager } from '../host/host-types';

/** A step in the session's history: returns whether the host's history has to keep still. */
export interface SessionHistory {
  undo(): boolean;
  redo(): boolean;
}

const CONTEXT = 'CORNERSTONE';

/**
 * While the mode is on, the host's own Undo and Redo (its header, its hotkeys) go through the rounds first, and to the host's history when
 * no round is in work. Returns the function that gives the commands back.
 */
export function shareHistory(commands: CommandsManager, session: SessionHistory): () => void {
  const gives = (['undo', 'redo'] as const).flatMap(name => {
    const host = commands.getCommand(name, CONTEXT);
    // A host without history has nothing to share.
    if (host === undefined) return [];
    commands.registerCommand(CONTEXT, name, {
      ...host,
      commandFn: (options: object): unknown => (session[name]() ? undefined : host.commandFn(options)),
    });
    return [(): void => commands.registerCommand(CONTEXT, name, host)];
  });
  return () => gives.forEach(give => give());
}
