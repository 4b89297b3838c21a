import { DONE, type Run } from './effect';

/** Deletes a pass that is no longer needed. One that is gone already is as good. */
export const deletePass: Run<'delete-pass'> = async (deps, ticket, { generation }) => {
  const pass = ticket.generations.find(({ number }) => number === generation);
  if (!pass?.methodId || pass.endedAt) return DONE;
  const how = await deps.entra.passes.delete(ticket.subject.id, pass.methodId);
  return { kind: 'outcome', command: { kind: 'pass-ended', generation, how } };
};
