import { hostname, userInfo } from 'node:os';
import { type Writable } from 'node:stream';
import { Command, Option } from 'commander';
import { anchor } from './audit/anchor';
import { erase, type EraseFlags } from './audit/erase';
import { exportAudit, type ExportFlags } from './audit/export';
import { verify, type VerifyFlags } from './audit/verify';
import { type Admin } from './open';
import { readSettingsFile } from './settings-file';
import { type Terminal } from './terminal';

export interface ProgramParts {
  open: (env: Readonly<Record<string, string | undefined>>) => Promise<Admin>;
  terminal: Terminal;
  stdout: Writable;
  env: Readonly<Record<string, string | undefined>>;
  /** Told of each command's exit status. */
  exit: (status: number) => void;
}

const HELP = `
Settings are read from the environment (KEYVOUCH_…), as the app reads them, or from --settings FILE:
  the sandbox   npm run admin -- --settings .sandbox/settings.json audit verify      (while "npm start" runs)
  Azure         az functionapp config appsettings list -g GROUP -n APP > app.json
                npm run admin -- --settings app.json audit verify                    (as whoever did "az login")

Exit status: 0 done, nothing wrong; 1 something is wrong with the records; 2 usage; 3 it could not be done.`;

/** `npm run admin`: the administrator's command line. */
export function adminProgram(parts: ProgramParts): Command {
  const { terminal, stdout, exit } = parts;
  const program = new Command('admin').description("Keyvouch's command line for administrators.").exitOverride();
  program
    .option('--settings <file>', 'JSON file with the settings, instead of the environment')
    .addHelpText('after', HELP);
  const open = () => {
    const { settings } = program.opts<{ settings?: string }>();
    return parts.open(settings === undefined ? parts.env : readSettingsFile(settings));
  };

  const audit = program.command('audit').description('the records of what happened').exitOverride();
  audit
    .command('verify')
    .description('read all records and anchors, and say what is wrong with them')
    .option('--json', 'for a program')
    .option('--ticket <id>', 'only this ticket: its id, or the one people know (KV-7Q2M-9D)')
    .option('--noted <number:hash>', 'an anchor that was noted outside the storage, to be found again')
    .action(async (flags: VerifyFlags) => exit(await verify(await open(), flags, terminal)));
  audit
    .command('export')
    .description('write all records, with the ids that join them to those of Entra')
    .addOption(new Option('--format <format>', 'form').choices(['jsonl', 'csv']).default('jsonl'))
    .option('--from <when>', 'from this day or moment on')
    .option('--to <when>', 'before this day or moment')
    .option('--out <file>', 'to a file for its owner alone, instead of to the terminal')
    .option('--with-personal', 'with names and what people wrote')
    .action(async (flags: ExportFlags) => exit(await exportAudit(await open(), flags, terminal, stdout)));
  audit
    .command('erase')
    .description('erase what is personal in closed tickets; the records can still be verified')
    .option('--person <id>', 'in tickets that name this person (Entra object id)')
    .option('--older-than <days>', 'in tickets closed so long ago: 400d')
    .option('--confirm <word>', 'what would be asked for: the id, or the days')
    .option('--actor <name>', 'who is recorded as the one who did it', actorHere())
    .action(async (flags: EraseFlags) => exit(await erase(await open(), flags, terminal, new Date())));
  audit
    .command('anchor')
    .description('anchor now what has changed (the app does so every 5 minutes)')
    .option('--all', 'every ticket that no anchor covers: once, where tickets are older than anchors')
    .action(async (flags: { all?: true }) => exit(await anchor(await open(), flags, terminal)));
  return program;
}

function actorHere(): string {
  return `${userInfo().username}@${hostname()}`;
}
