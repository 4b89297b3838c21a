import { Fault } from '../../protocol/fault';
import { type Act, type Job } from '../../protocol/job';
import { type StartReply, type StartReplyOf } from '../../protocol/messages';
import { keyOf } from '../../platform/registrars';
import { type ActEnd, type JobContext } from './act';

/** Does what a started job asks for, on the key that is there. What its act needs is loaded only then. */
export async function perform(job: Job, start: StartReply, context: JobContext): Promise<ActEnd> {
  switch (job.act) {
    case 'register': {
      const { register } = await import('./register');
      return register({ ...context, job, start: startOf(start, job.act) });
    }
    case 'inspect': {
      const { inspectKey } = await import('./inspect');
      return inspectKey({ ...context, key: keyOf(context.opened), job, start: startOf(start, job.act) });
    }
    case 'set-pin': {
      const { setKeyPin } = await import('./set-pin');
      return setKeyPin({ ...context, key: keyOf(context.opened), job, start: startOf(start, job.act) });
    }
    case 'reset': {
      const { resetForJob } = await import('./reset');
      return resetForJob({ ...context, key: keyOf(context.opened), job, start: startOf(start, job.act) });
    }
    case 'remove-passkey': {
      const { removePasskey } = await import('./remove-passkey');
      return removePasskey({ ...context, key: keyOf(context.opened), job, start: startOf(start, job.act) });
    }
    case 'fingerprints': {
      const { enrolFingerprints } = await import('./fingerprints');
      return enrolFingerprints({ ...context, key: keyOf(context.opened), job, start: startOf(start, job.act) });
    }
    case 'config': {
      const { configureKey } = await import('./config');
      return configureKey({ ...context, key: keyOf(context.opened), job, start: startOf(start, job.act) });
    }
    case 'approve': {
      const { approve } = await import('./approve');
      return approve({ ...context, key: keyOf(context.opened), job, start: startOf(start, job.act) });
    }
  }
}

function startOf<A extends Act>(reply: StartReply, act: A): StartReplyOf<A> {
  if (isOf(reply, act)) return reply;
  throw new Fault({
    code: 'job-not-trusted',
    say: 'The service began another kind of job than it has signed.',
    todo: 'Nothing was done. Please tell your security team.',
    facts: { signed: act, begun: reply.act },
  });
}

function isOf<A extends Act>(reply: StartReply, act: A): reply is StartReplyOf<A> {
  return reply.act === act;
}
