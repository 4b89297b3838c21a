/**
 * Serves tasks, one after the other, to whoever has started this process: the other end of {@link runInLanes}.
 * @param perform `tell` is for what takes its time: how far it has come
 */
export function serveLane(perform: (task: never, tell: (progress: string) => void) => Promise<unknown>): void {
  process.on('message', (task) => {
    perform(task as never, (progress) => void process.send?.({ progress })).then(
      (result) => process.send?.({ result }),
      (error: unknown) =>
        process.send?.({ broken: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
