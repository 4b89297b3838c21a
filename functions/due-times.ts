import { app } from '@azure/functions';
import { sweepTime } from '../bot/service';
import { product } from './compose';

/** Lets time pass for tickets: reminders, the next circle of approvers, expiry, ended passes, lapsed jobs. */
app.timer('due-times', {
  schedule: '0 * * * * *',
  handler: async () => {
    const { deps } = await product();
    await sweepTime(deps);
  },
});
