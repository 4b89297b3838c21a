/** The parts of Azurite 3.35.0 that are started in-process. An application, so it ships no types: keep its version pinned. */
declare module 'azurite/dist/src/table/TableConfiguration' {
  export default class TableConfiguration {
    readonly isMemoryPersistence: boolean;
    constructor(
      host: string,
      port: number,
      keepAliveTimeout: number,
      metadataDBPath: string,
      enableDebugLog: boolean,
      enableAccessLog: boolean,
      accessLogWriteStream: undefined,
      debugLogFilePath: undefined,
      loose: boolean,
      skipApiVersionCheck: boolean,
      cert: string,
      key: string,
      pwd: string,
      oauth: undefined,
      disableProductStyleUrl: boolean,
      isMemoryPersistence: boolean,
    );
  }
}

declare module 'azurite/dist/src/table/TableServer' {
  import { type Server } from 'node:http';
  import type TableConfiguration from 'azurite/dist/src/table/TableConfiguration';

  export default class TableServer {
    constructor(configuration: TableConfiguration);
    readonly httpServer: Server;
    readonly metadataStore: { saveDBState(): Promise<void> };
    start(): Promise<void>;
    /** Resolves when the data is saved; the sockets may close later. */
    close(): Promise<void>;
  }
}

declare module 'azurite/dist/src/common/utils/constants' {
  export const EMULATOR_ACCOUNT_NAME: string;
  export const EMULATOR_ACCOUNT_KEY: Buffer;
}
