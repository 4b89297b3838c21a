import { type Command, Option } from 'commander';

export interface ServiceOptions {
  data?: string;
  json?: true;
  ca?: string;
  jsonLines?: true;
  allowRemote?: true;
}

/** The options of every command that has to do with the service. */
export function addServiceOptions(command: Command): Command {
  return command
    .addOption(dataOption())
    .option('--ca <file>', 'trust the certificates in this PEM file too')
    .option('--json-lines', 'print each event as a line of JSON on standard output, for programs')
    .option('--allow-remote', 'run in an SSH session, for tests at your own desk');
}

export function dataOption(): Option {
  return new Option('--data <dir>', "the agent's data directory (KEYVOUCH_AGENT_DATA)");
}
