import { app } from '@azure/functions';
import { sweepOutbox } from '../bot/service';
import { product } from './compose';

/** Works off what a process left behind when it died, and what was put off to a later moment. */
app.timer('outbox-sweep', {
  schedule: '*/15 * * * * *',
  handler: async () => {
    const { deps } = await product();
    await sweepOutbox(deps);
  },
});
