/** Exit statuses of the administrator's commands, for scripts. */
export const EXIT = {
  /** Done; of `audit verify`: nothing is wrong. */
  done: 0,
  /** Something is wrong with the records. */
  wrong: 1,
  /** The command line or the settings are wrong. */
  usage: 2,
  /** It could not be done or not be told: storage or keys cannot be reached, no confirmation. */
  failed: 3,
} as const;
