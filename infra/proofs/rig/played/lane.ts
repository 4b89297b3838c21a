/** Serves tasks, one after the other, to whoever has started this process: the other end of {@link runInLanes}. */
export function serveLane(perform: (task: never) => Promise<unknown>): void {
  process.on('message', (task) => {
    perform(task as never).then(
      (result) => process.send?.({ result }),
      (error: unknown) =>
        process.send?.({ broken: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
