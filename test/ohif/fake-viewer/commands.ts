import type { CommandDefinition, CommandsManager } from '../../../extension/src/ohif/host/host-types';

/** The commands that are registered, by their names. */
export class FakeCommands extends Map<string, CommandDefinition> implements CommandsManager {
  /** Names of those that were run, also where none was registered. */
  readonly ran: string[] = [];

  run(name: string): void {
    this.ran.push(name);
    this.get(name)?.commandFn({});
  }

  getCommand(name: string): CommandDefinition | undefined {
    return this.get(name);
  }

  registerCommand(_context: string, name: string, definition: CommandDefinition): void {
    this.set(name, definition);
  }
}
