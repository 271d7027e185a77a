import { Command } from 'commander';

/** What the help of a command and its page in docs/command.md say beside its options. */
export interface Manual {
  /** Commands that can be pasted, one a line. */
  readonly examples: readonly string[];
  /** The document that --json prints. */
  readonly prints?: string;
  /** Paragraphs: what the options don't say. */
  readonly notes?: readonly string[];
}

/** A command that carries its manual; the help, the reference and the completion are made of the same definitions. */
export class DocumentedCommand extends Command {
  page: Manual = { examples: [] };
  /** It can be run as it is, also where commands stand under it. */
  runs = false;

  override createCommand(name?: string): DocumentedCommand {
    return new DocumentedCommand(name);
  }

  override action(run: Parameters<Command['action']>[0]): this {
    this.runs = true;
    return super.action(run);
  }

  manual(page: Manual): this {
    this.page = page;
    return this.addHelpText('after', helpText(page));
  }
}

function helpText({ examples, prints, notes = [] }: Manual): string {
  const blocks = [
    ...notes,
    ...(prints ? [`With --json it prints:\n  ${prints}`] : []),
    `${examples.length === 1 ? 'Example' : 'Examples'}:\n${examples.map((line) => `  $ ${line}`).join('\n')}`,
  ];
  return `\n${blocks.join('\n\n')}`;
}
