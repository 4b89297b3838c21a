import { Fault } from '../../protocol/fault';
import { type Session } from '../session';

/** What needs a yes. */
export interface Agreement {
  /** What will happen, as a question of yes or no. */
  question: string;
  /** What `--confirm` must repeat: the id or name of the very thing, so that no script says yes to another one. */
  proofs: readonly string[];
  /** From `--confirm`. */
  given: string | undefined;
}

/**
 * Gets a yes: from the person at the terminal, or from `--confirm` where it names exactly what is meant.
 *
 * @throws Fault `declined`, `confirm-wrong`, and `confirm-needed` where nobody can be asked
 */
export async function agree(session: Session, { question, proofs, given }: Agreement): Promise<void> {
  if (given !== undefined) {
    if (!proofs.includes(given)) throw confirmWrong(proofs[0]);
    return;
  }
  if (!session.interactive) throw confirmNeeded(question, proofs[0]);
  if (!(await session.prompts.confirm(question, session.signal))) throw declined();
}

/** The person said no: nothing was done. */
export function declined(): Fault {
  return new Fault({
    code: 'declined',
    say: 'Nothing was changed.',
    todo: 'Start again if it should be.',
    retry: true,
  });
}

/** Nobody is there to say yes. */
export function confirmNeeded(question: string, proof: string | undefined): Fault {
  return new Fault({
    code: 'confirm-needed',
    say: `This needs a yes, and nobody can be asked here: ${question}`,
    todo: `Run it in a terminal, or add --confirm ${JSON.stringify(proof ?? '')}.`,
  });
}

function confirmWrong(proof: string | undefined): Fault {
  return new Fault({
    code: 'confirm-wrong',
    say: 'What --confirm says is not what this would act on, so nothing was done.',
    todo: `Look again; it must be ${JSON.stringify(proof ?? '')}.`,
  });
}
